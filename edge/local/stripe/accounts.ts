import { randomBytes } from "node:crypto";
import type { Params } from "./form.ts";
import type { Account, AccountLink } from "./objects.ts";
import { noSuch } from "./stripe-refusal.ts";
import type { World } from "./world.ts";

/** POST /v1/accounts */
export function createAccount(world: World, params: Params): Account {
  const type = params.oneOf("type", ["express", "standard", "custom"]) ?? "express";
  const country = params.text("country") ?? "US";
  const email = params.text("email") ?? null;
  const metadata = params.metadata();
  params.ignore("capabilities", "controller", "business_type", "business_profile", "settings");
  params.done();
  return world.store.put("accounts", {
    ...world.born("acct"),
    object: "account",
    type,
    country,
    email,
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: false,
    capabilities: { transfers: "inactive" },
    metadata,
    requirements: {
      currently_due: ["external_account", "tos_acceptance.date"],
      disabled_reason: "requirements.past_due",
    },
  });
}

/** POST /v1/account_links */
export function createAccountLink(world: World, params: Params): AccountLink {
  const account = findAccount(world, params.needText("account"), "account");
  const refreshUrl = params.needText("refresh_url");
  const returnUrl = params.needText("return_url");
  params.needText("type");
  params.ignore("collect", "collection_options");
  params.done();
  const token = randomBytes(18).toString("base64url");
  return world.store.put("account_links", {
    ...world.born("al"),
    object: "account_link",
    id: token,
    expires_at: world.seconds() + 300,
    url: `${world.baseUrl}/onboarding/${token}`,
    _account: account.id,
    _returnUrl: returnUrl,
    _refreshUrl: refreshUrl,
    _isUsed: false,
  });
}

/** The host has said all that Stripe asks, on the onboarding page. */
export function completeAccount(world: World, account: Account): Account {
  account.charges_enabled = true;
  account.payouts_enabled = true;
  account.details_submitted = true;
  account.capabilities = { transfers: "active" };
  account.requirements = { currently_due: [], disabled_reason: null };
  world.store.put("accounts", account);
  world.emit("account.updated", account);
  return account;
}

export function findAccount(world: World, id: string, param = "id"): Account {
  const account = world.store.get("accounts", id);
  if (!account) throw noSuch("account", id, param);
  return account;
}
