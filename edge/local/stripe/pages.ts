import { completeAccount } from "./accounts.ts";
import { answerAuthentication } from "./intents.ts";
import type { World } from "./world.ts";

/** A page's answer: HTML, or the way on. */
export interface PageAnswer {
  status: number;
  html?: string;
  location?: string;
}

/**
 * The pages that a person sees at Stripe: the bank's question whether it is them, and what a host
 * tells of themselves before money can come.
 */
export function servePage(
  world: World,
  method: string,
  path: string,
  query: URLSearchParams,
  form: URLSearchParams,
): PageAnswer | undefined {
  const bank = /^\/bank\/(pi_[A-Za-z0-9]+)$/.exec(path)?.[1];
  if (bank !== undefined) return bankPage(world, method, bank, query, form);
  const token = /^\/onboarding\/([A-Za-z0-9_-]+)$/.exec(path)?.[1];
  if (token !== undefined) return onboardingPage(world, method, token);
  return undefined;
}

function bankPage(
  world: World,
  method: string,
  id: string,
  query: URLSearchParams,
  form: URLSearchParams,
): PageAnswer {
  const intent = world.store.get("payment_intents", id);
  const token = query.get("token") ?? "";
  if (!intent || token !== intent.client_secret.slice(-24)) return notFound();
  if (method === "POST") {
    const isApproved = form.get("answer") === "approve";
    answerAuthentication(world, intent, isApproved);
    if (intent._returnUrl === undefined) {
      return { status: 200, html: page("Done", "<p>You can close this page.</p>") };
    }
    const back = new URL(intent._returnUrl);
    back.searchParams.set("payment_intent", intent.id);
    back.searchParams.set("payment_intent_client_secret", intent.client_secret);
    const isPaid = intent.status === "succeeded" || intent.status === "requires_capture";
    back.searchParams.set("redirect_status", isPaid ? "succeeded" : "failed");
    return { status: 303, location: back.href };
  }
  if (intent.status !== "requires_action") {
    return { status: 200, html: page("Your bank", "<p>There is nothing left to approve.</p>") };
  }
  const amount = `${intent.amount} ${intent.currency.toUpperCase()} (smallest units)`;
  return {
    status: 200,
    html: page(
      "Your bank (test)",
      `<p>Is this payment of ${escapeHtml(amount)} yours?</p><form method="post">
<button name="answer" value="approve">Approve</button>
<button name="answer" value="fail">Refuse</button></form>`,
    ),
  };
}

function onboardingPage(world: World, method: string, token: string): PageAnswer {
  const link = world.store.get("account_links", token);
  const account = link && world.store.get("accounts", link._account);
  if (!link || !account) return notFound();
  // A link is good for one visit of a few minutes, as at Stripe.
  if (link._isUsed || link.expires_at < world.seconds()) {
    return { status: 303, location: link._refreshUrl };
  }
  if (method === "POST") {
    link._isUsed = true;
    world.store.put("account_links", link);
    completeAccount(world, account);
    return { status: 303, location: link._returnUrl };
  }
  return {
    status: 200,
    html: page(
      "Payouts (test)",
      `<p>Here a host tells Stripe who they are and where their money goes.</p>
<form method="post"><button name="answer" value="done">Use test data</button></form>`,
    ),
  };
}

function notFound(): PageAnswer {
  return { status: 404, html: page("Nothing here", "<p>There is nothing here.</p>") };
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>
<style>body{font:18px/1.5 system-ui;max-width:32rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;padding:.6em 1.2em;margin-right:1em}</style>
<main><h1>${escapeHtml(title)}</h1>${body}</main></html>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
