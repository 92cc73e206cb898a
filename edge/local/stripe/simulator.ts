import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { closeServer, listen } from "../listen.ts";
import { readBody } from "../read-body.ts";
import { completeAccount, findAccount } from "./accounts.ts";
import { answerApi, type ApiAnswer, type ApiKeys } from "./api.ts";
import { control } from "./control.ts";
import { closeDispute, openDispute } from "./disputes.ts";
import { type Delivery, type Fault, Faults } from "./faults.ts";
import { answerAuthentication, chargeOf, findIntent, settleDebit } from "./intents.ts";
import { newId, StripeStore } from "./store.ts";
import { servePage } from "./pages.ts";
import { type Deliver, Webhooks } from "./webhooks.ts";
import { API_VERSION, World } from "./world.ts";

export interface StripeOptions {
  /** The journal is `stripe/journal.jsonl` of this folder; absent: memory alone. */
  dataDir?: string;
  keys: ApiKeys;
  webhookSecret: string;
  /** Where events go: an address, or a function. */
  webhooks: string | Deliver;
  /** How long a bank debit is `processing`; absent: until `settle` is called. */
  settleMs?: number;
  /** What is kept of each charge, in its smallest units; nothing where absent. */
  feeOf?: (amount: number) => number;
  now?: () => number;
  random?: () => number;
  port?: number;
}

/** Stripe, as far as Dokkerr asks it, and the strings that a test pulls. */
export interface Stripe {
  /** `http://127.0.0.1:PORT`, what the environment calls STRIPE_API_URL. */
  readonly url: string;
  readonly store: StripeStore;
  /** Calls of the API so far, as `POST /v1/refunds`. */
  readonly calls: readonly string[];
  /** Replaces the faults in force. */
  setFaults(faults: readonly Fault[]): void;
  setDelivery(delivery: Delivery): void;
  readonly webhooks: Webhooks;
  /** The bank answers a debit that is `processing`. */
  settle(intentId: string): Promise<void>;
  /** The holder answers the bank's question. */
  authenticate(intentId: string, isApproved: boolean): Promise<void>;
  dispute(intentId: string): Promise<string>;
  closeDispute(disputeId: string, status: "won" | "lost"): Promise<void>;
  /** Idempotency keys are kept for a day or so; this is the day after. */
  forgetKeys(): void;
  /** A host's account is complete. */
  completeAccount(accountId: string): Promise<void>;
  stop(): Promise<void>;
}

const MAX_BODY_BYTES = 1_000_000;

/**
 * A simulator of Stripe's HTTP API for the embedded stack and for tests: payment intents, refunds,
 * transfers, connected accounts, disputes, lists, signed webhooks. State survives a restart.
 *
 * A browser confirms a card here as Stripe.js does there: `POST /v1/payment_intents/{id}/confirm`,
 * form-encoded, with `key` (publishable), `client_secret`, `payment_method_data[type]=card`,
 * `payment_method_data[card][number|exp_month|exp_year|cvc]` and `return_url`. It answers the
 * intent, or 402 `{error: {type: "card_error", code, message}}`; where `status` is
 * `requires_action`, the page at `next_action.redirect_to_url.url` asks and leads back to
 * `return_url` with `payment_intent`, `payment_intent_client_secret` and `redirect_status`.
 *
 * `POST /_control` with the secret key as bearer token and JSON of control.ts tells it to misbehave.
 */
export async function startStripe(options: StripeOptions): Promise<Stripe> {
  const { now = Date.now, random = Math.random, keys } = options;
  const path = options.dataDir && join(options.dataDir, "stripe", "journal.jsonl");
  const store = await StripeStore.open(path);
  const faults = new Faults(random);
  const calls: string[] = [];
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const inFlight = new Set<string>();
  const deliver = typeof options.webhooks === "string"
    ? postTo(options.webhooks)
    : options.webhooks;
  const webhooks = new Webhooks({
    store,
    secret: options.webhookSecret,
    deliver,
    now,
    random,
  });
  let url = "";

  /** Runs a change, makes it durable, and only then tells anybody. */
  async function change<T>(work: (world: World) => T, idempotencyKey?: string): Promise<T> {
    const events: Parameters<Webhooks["enqueue"]>[0][] = [];
    const world = new World({
      store,
      now,
      baseUrl: url,
      settleMs: options.settleMs,
      feeOf: options.feeOf ?? (() => 0),
      request: { id: newId("req"), idempotency_key: idempotencyKey ?? null },
      onEvent: (event) => void events.push(event),
    });
    const result = work(world);
    await store.commit();
    for (const event of events) webhooks.enqueue(event);
    armTimers();
    return result;
  }

  function armTimers(): void {
    for (const intent of store.list("payment_intents")) {
      if (intent._settlesAtMs === undefined || armed.has(intent.id)) continue;
      armed.add(intent.id);
      const timer = setTimeout(() => {
        timers.delete(timer);
        armed.delete(intent.id);
        void change((world) => settleDebit(world, intent));
      }, Math.max(0, intent._settlesAtMs - now()));
      timers.add(timer);
    }
  }
  const armed = new Set<string>();

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? "GET";
    const { pathname, searchParams, search } = new URL(request.url ?? "/", "http://stripe");
    if (request.headers.origin !== undefined) allowOrigin(response, request.headers.origin);
    if (method === "OPTIONS") return void response.writeHead(204).end();
    const body = (await readBody(request, MAX_BODY_BYTES)).toString();
    if (pathname === "/_control" && method === "POST") {
      // A page that is open on this machine must not reach it.
      const isKnown = keyOf(request.headers.authorization, "") === keys.secretKey;
      if (!isKnown) return void response.writeHead(401).end();
      return send(response, { status: 200, body: JSON.stringify(await control(stripe, body)) });
    }
    if (!pathname.startsWith("/v1/")) {
      const form = new URLSearchParams(body);
      const page = await change((world) => servePage(world, method, pathname, searchParams, form));
      if (page?.location !== undefined) response.setHeader("location", page.location);
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.writeHead(page?.status ?? 404).end(page?.html ?? "Nothing here");
      return;
    }
    calls.push(`${method} ${pathname}`);
    const params = method === "GET" ? search.slice(1) : body;
    await serveApi(request, response, method, pathname, params);
  }

  async function serveApi(
    request: IncomingMessage,
    response: ServerResponse,
    method: string,
    path: string,
    params: string,
  ): Promise<void> {
    const fault = faults.take(method, path);
    if (fault?.kind === "cut") return void response.destroy();
    if (fault?.kind === "refuse") return send(response, failure(fault.status ?? 500));
    const idempotencyKey = request.headers["idempotency-key"] as string | undefined;
    if (idempotencyKey !== undefined && inFlight.has(idempotencyKey)) {
      return send(response, keyInUse());
    }
    if (idempotencyKey !== undefined) inFlight.add(idempotencyKey);
    try {
      if (fault?.kind === "delay") await pause(fault.ms ?? 100, timers);
      const key = keyOf(request.headers.authorization, params);
      const answer = await change(
        (world) => answerApi(world, { method, path, params, key, idempotencyKey }, keys),
        idempotencyKey,
      );
      if (fault?.kind === "lose-and-cut") return void response.destroy();
      send(response, fault?.kind === "lose" ? failure(fault.status ?? 500) : answer);
    } finally {
      if (idempotencyKey !== undefined) inFlight.delete(idempotencyKey);
    }
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      send(response, failure(500, `The simulator failed: ${message}`));
    });
  });
  const port = await listen(server, options.port ?? 0);
  url = `http://127.0.0.1:${port}`;
  webhooks.resume();
  armTimers();
  const stripe: Stripe = {
    url,
    store,
    calls,
    webhooks,
    setFaults: (list) => faults.set(list),
    setDelivery: (delivery) => webhooks.set(delivery),
    settle: (id) => change((world) => settleDebit(world, findIntent(world, id))),
    authenticate: (id, isApproved) =>
      change((world) => answerAuthentication(world, findIntent(world, id), isApproved)),
    dispute: (id) =>
      change((world) =>
        openDispute(world, chargeOf(world, findIntent(world, id)), "fraudulent").id
      ),
    closeDispute: (id, status) =>
      change((world) => {
        const dispute = store.get("disputes", id);
        if (dispute) closeDispute(world, dispute, status);
      }),
    forgetKeys: () => store.clear("answers"),
    completeAccount: (id) => change((world) => void completeAccount(world, findAccount(world, id))),
    async stop() {
      for (const timer of timers) clearTimeout(timer);
      await webhooks.stop();
      await closeServer(server);
      await store.commit();
    },
  };
  return stripe;
}

/** Brings events over HTTP. */
function postTo(url: string): Deliver {
  return async (body, headers) => {
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers,
      signal: AbortSignal.timeout(10_000),
    });
    await answer.body?.cancel();
    return answer.status;
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: ApiAnswer): void {
  if (response.headersSent) return;
  response.writeHead(status, {
    "content-type": "application/json",
    "request-id": newId("req"),
    "stripe-version": API_VERSION,
    // What the SDK would do again at once, Dokkerr does again in its own time.
    ...(status >= 500 ? { "stripe-should-retry": "false" } : {}),
    ...headers,
  });
  response.end(body);
}

function failure(status: number, message = "An unknown error occurred"): ApiAnswer {
  const type = status === 429 ? "invalid_request_error" : "api_error";
  const code = status === 429 ? { code: "rate_limit" } : {};
  return { status, body: JSON.stringify({ error: { type, message, ...code } }) };
}

function keyInUse(): ApiAnswer {
  const message = "There is currently another in-progress request using this Idempotent Key.";
  return {
    status: 409,
    body: JSON.stringify({
      error: { type: "idempotency_error", code: "idempotency_key_in_use", message },
    }),
  };
}

/** The API key: a bearer token, or what a browser sends as `key`. */
function keyOf(authorization: string | undefined, params: string): string {
  const bearer = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
  return bearer ?? new URLSearchParams(params).get("key") ?? "";
}

function allowOrigin(response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-allow-methods", "GET, POST");
  response.setHeader("access-control-allow-headers", "authorization, content-type, stripe-version");
  response.setHeader("access-control-max-age", "3600");
  response.setHeader("vary", "origin");
}

function pause(ms: number, timers: Set<ReturnType<typeof setTimeout>>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      resolve();
    }, ms);
    timers.add(timer);
  });
}
