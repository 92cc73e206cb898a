import { createAccount, createAccountLink, findAccount } from "./accounts.ts";
import { Params, parseForm } from "./form.ts";
import { cancelIntent, captureIntent, confirmIntent, createIntent, findIntent } from "./intents.ts";
import { listObjects } from "./lists.ts";
import { type Intent, type TableName, toPublic } from "./objects.ts";
import { createRefund } from "./refunds.ts";
import { invalidRequest, noSuch, StripeRefusal } from "./stripe-refusal.ts";
import { balanceOf, createTransfer, reverseTransfer } from "./transfers.ts";
import type { World } from "./world.ts";

export interface ApiRequest {
  method: string;
  path: string;
  /** Form-encoded: the query of a GET, the body of a POST. */
  params: string;
  key: string;
  idempotencyKey: string | undefined;
}

export interface ApiAnswer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

export interface ApiKeys {
  secretKey: string;
  publishableKey: string;
}

type Verb = (world: World, id: string, params: Params) => object;

const LISTED: Readonly<Record<string, TableName>> = {
  payment_intents: "payment_intents",
  charges: "charges",
  refunds: "refunds",
  transfers: "transfers",
  disputes: "disputes",
  accounts: "accounts",
  balance_transactions: "balance_transactions",
  events: "events",
};

/** `POST /v1/payment_intents/{id}/capture` is `POST payment_intents id capture`. */
const VERBS: Readonly<Record<string, Verb>> = {
  "POST payment_intents": (world, _, params) => createIntent(world, params),
  "POST payment_intents id confirm": confirmIntent,
  "POST payment_intents id capture": captureIntent,
  "POST payment_intents id cancel": cancelIntent,
  "POST refunds": (world, _, params) => createRefund(world, params),
  "POST transfers": (world, _, params) => createTransfer(world, params),
  "POST transfers id reversals": reverseTransfer,
  "POST accounts": (world, _, params) => createAccount(world, params),
  "POST account_links": (world, _, params) => createAccountLink(world, params),
};

/** What a browser may do that knows the publishable key and an intent's own secret. */
const CLIENT_VERBS = new Set(["GET payment_intents id", "POST payment_intents id confirm"]);

/** Answers one request of the API; a key that was used gets the answer that it got. */
export function answerApi(world: World, request: ApiRequest, keys: ApiKeys): ApiAnswer {
  const { method, path, params, idempotencyKey } = request;
  try {
    authorize(world, request, keys);
    if (method !== "POST" || idempotencyKey === undefined) return succeed(route(world, request));
    const sorted = sortParams(params);
    const kept = world.store.get("answers", idempotencyKey);
    if (kept) {
      if (kept.method === method && kept.path === path && kept.params === sorted) {
        return {
          status: kept.status,
          body: kept.body,
          headers: { "idempotent-replayed": "true" },
        };
      }
      throw new StripeRefusal(400, {
        type: "idempotency_error",
        message: "Keys for idempotent requests can only be used with the same parameters they " +
          `were first used with. Try using a key other than '${idempotencyKey}' if you meant to ` +
          "execute a different request.",
      });
    }
    const answer = attempt(world, request);
    // A refusal that changed nothing is not kept: the same key may be tried again.
    if (answer.status === 200 || answer.status === 402) {
      world.store.put("answers", {
        ...world.born("key"),
        id: idempotencyKey,
        object: "_answer",
        method,
        path,
        params: sorted,
        ...answer,
      });
    }
    return answer;
  } catch (error) {
    return fail(error);
  }
}

function attempt(world: World, request: ApiRequest): ApiAnswer {
  try {
    return succeed(route(world, request));
  } catch (error) {
    return fail(error);
  }
}

function succeed(object: object): ApiAnswer {
  return { status: 200, body: JSON.stringify(toPublic(object)) };
}

function fail(error: unknown): ApiAnswer {
  if (!(error instanceof StripeRefusal)) throw error;
  return { status: error.status, body: JSON.stringify({ error: error.body }) };
}

function authorize(world: World, request: ApiRequest, keys: ApiKeys): void {
  if (request.key === keys.secretKey) return;
  if (request.key !== keys.publishableKey) {
    throw invalidRequest(
      request.key === "" ? "You did not provide an API key." : "Invalid API Key provided.",
      {},
      401,
    );
  }
  const [name, id] = nameOf(request.method, request.path);
  const secret = new URLSearchParams(request.params).get("client_secret");
  if (!CLIENT_VERBS.has(name)) {
    throw invalidRequest("This API call cannot be made with a publishable API key.", {
      code: "secret_key_required",
    }, 401);
  }
  const intent = world.store.get("payment_intents", id);
  if (!intent || intent.client_secret !== secret) throw noSuch("payment_intent", id, "intent");
}

function route(world: World, { method, path, params }: ApiRequest): object {
  const given = new Params(parseForm(params));
  const [name, id] = nameOf(method, path);
  const verb = VERBS[name];
  if (verb) return verb(world, id, given);
  const [, , table = ""] = path.split("/");
  const listed = LISTED[table];
  if (name === "GET balance") return balance(world);
  if (listed && name === `GET ${table}`) return listObjects(world, listed, path, given);
  if (name === "GET payment_intents id") return expandIntent(world, findIntent(world, id), params);
  if (name === "GET accounts id") return findAccount(world, id);
  if (listed && name === `GET ${table} id`) {
    const found = world.store.get(listed, id);
    if (found) return found;
    throw noSuch(table.slice(0, -1), id);
  }
  throw invalidRequest(
    `Unrecognized request URL (${method}: ${path}). The simulator does not do that.`,
    {},
    404,
  );
}

/** `expand[]=latest_charge.balance_transaction`, which says what Stripe keeps. */
function expandIntent(world: World, intent: Intent, params: string): object {
  const isWanted = [...new URLSearchParams(params)].some(([name, value]) =>
    name.startsWith("expand") && value === "latest_charge.balance_transaction"
  );
  const charge = world.store.get("charges", intent.latest_charge ?? "");
  if (!isWanted || !charge) return intent;
  const moved = world.store.get("balance_transactions", charge.balance_transaction ?? "");
  return {
    ...intent,
    latest_charge: { ...toPublic(charge), balance_transaction: moved ? toPublic(moved) : null },
  };
}

function nameOf(method: string, path: string): [name: string, id: string] {
  const [, , table = "", id = "", verb = ""] = path.split("/");
  return [[method, table, id === "" ? "" : "id", verb].filter(Boolean).join(" "), id];
}

function balance(world: World): object {
  const currencies = new Set(
    world.store.list("balance_transactions").map((one) => one.currency),
  );
  const available = [...currencies].map((currency) => ({
    currency,
    amount: balanceOf(world, currency),
  }));
  return { object: "balance", available, pending: [], livemode: false };
}

function sortParams(params: string): string {
  return [...new URLSearchParams(params)]
    .map(([name, value]) => `${name}=${value}`)
    .toSorted()
    .join("&");
}
