import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { startStripe, type Stripe as Simulator } from "./simulator.ts";

const keys = { secretKey: "sk_test_simulated", publishableKey: "pk_test_simulated" };
const webhookSecret = "whsec_simulated";

let dataDir: string;
let simulator: Simulator;
let stripe: Stripe;
let events: { type: string; id: string; signature: string; body: string }[] = [];

const clientOf = ({ url }: Simulator, key = keys.secretKey) => {
  const { hostname, port } = new URL(url);
  return new Stripe(key, {
    httpClient: Stripe.createFetchHttpClient(),
    host: hostname,
    port,
    protocol: "http",
    maxNetworkRetries: 0,
  });
};
const start = () =>
  startStripe({
    dataDir,
    keys,
    webhookSecret,
    webhooks: (body, headers) => {
      const { type, id } = JSON.parse(body) as { type: string; id: string };
      events.push({ type, id, body, signature: headers["stripe-signature"] ?? "" });
      return Promise.resolve(200);
    },
  });

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-stripe-"));
  simulator = await start();
  stripe = clientOf(simulator);
});
afterAll(async () => {
  await simulator.stop();
  await rm(dataDir, { recursive: true, force: true });
});
beforeEach(async () => {
  await simulator.webhooks.settled();
  events = [];
  simulator.setFaults([]);
  simulator.setDelivery({});
});

const open = (more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount: 12_000, currency: "usd", ...more });
const paid = async (more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  await open({ confirm: true, payment_method: "pm_card_visa", ...more });

/** What a card form in a browser does. */
async function confirmInBrowser(
  intent: { id: string; client_secret: string | null },
  card: string,
  more: Record<string, string> = {},
) {
  const answer = await fetch(`${simulator.url}/v1/payment_intents/${intent.id}/confirm`, {
    method: "POST",
    headers: { Origin: "http://localhost:8787" },
    body: new URLSearchParams({
      key: keys.publishableKey,
      client_secret: intent.client_secret ?? "",
      "payment_method_data[type]": "card",
      "payment_method_data[card][number]": card,
      "payment_method_data[card][exp_month]": "12",
      "payment_method_data[card][exp_year]": "34",
      "payment_method_data[card][cvc]": "123",
      ...more,
    }),
  });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
}

const typesOf = async () => {
  await simulator.webhooks.settled();
  return events.map(({ type }) => type);
};
const refusal = (code: string | undefined) => expect.objectContaining({ code }) as Error;

describe("payment intents", () => {
  it("are paid by a card in the browser, and say so in signed events", async () => {
    const intent = await open({ metadata: { paymentId: "p1" } });
    expect(intent.status).toBe("requires_payment_method");
    const { status, body, headers } = await confirmInBrowser(intent, "4242 4242 4242 4242");
    expect([status, body.status, body.amount_received]).toEqual([200, "succeeded", 12_000]);
    expect(headers.get("access-control-allow-origin")).toBe("http://localhost:8787");
    expect(await typesOf()).toEqual([
      "payment_intent.created",
      "charge.succeeded",
      "payment_intent.succeeded",
    ]);
    const last = events.at(-1)!;
    const event = await stripe.webhooks.constructEventAsync(
      last.body,
      last.signature,
      webhookSecret,
    );
    expect(event.data.object).toMatchObject({ id: intent.id, metadata: { paymentId: "p1" } });
  });

  it("stay open after a card that is declined, and take another", async () => {
    const intent = await open();
    const { status, body } = await confirmInBrowser(intent, "4000000000000002");
    expect([status, body.error.type, body.error.code, body.error.decline_code]).toEqual([
      402,
      "card_error",
      "card_declined",
      "generic_decline",
    ]);
    expect((await stripe.paymentIntents.retrieve(intent.id)).last_payment_error?.code).toBe(
      "card_declined",
    );
    expect((await confirmInBrowser(intent, "4242424242424242")).body.status).toBe("succeeded");
  });

  it("refuse numbers that are no card's, and cards that have run out", async () => {
    const intent = await open();
    const wrong = await confirmInBrowser(intent, "4242424242424241");
    expect([wrong.status, wrong.body.error.code]).toEqual([402, "incorrect_number"]);
    const old = await confirmInBrowser(intent, "4242424242424242", {
      "payment_method_data[card][exp_year]": "20",
    });
    expect(old.body.error.code).toBe("invalid_expiry_year");
  });

  it("lead through the bank's page where the holder must approve", async () => {
    const intent = await open();
    const { body } = await confirmInBrowser(intent, "4000002500003155", {
      return_url: "http://localhost:8787/bookings/1?x=1",
    });
    expect(body.status).toBe("requires_action");
    const { url } = body.next_action.redirect_to_url;
    expect(await (await fetch(url)).text()).toContain("Approve");
    const answer = await fetch(url, {
      method: "POST",
      body: new URLSearchParams({ answer: "approve" }),
      redirect: "manual",
    });
    const back = new URL(answer.headers.get("location")!);
    expect([back.pathname, back.searchParams.get("redirect_status"), back.searchParams.get("x")])
      .toEqual(["/bookings/1", "succeeded", "1"]);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
  });

  it("are open again where the holder refuses, and closed to whoever lacks the page's token", async () => {
    const intent = await open();
    const { body } = await confirmInBrowser(intent, "4000002500003155");
    const url = new URL(body.next_action.redirect_to_url.url);
    const forged = new URL(url);
    forged.searchParams.set("token", "x");
    const answer = { method: "POST", body: new URLSearchParams({ answer: "approve" }) };
    expect((await fetch(forged, answer)).status).toBe(404);
    await fetch(url, { method: "POST", body: new URLSearchParams({ answer: "fail" }) });
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe(
      "requires_payment_method",
    );
  });

  it("are processing while a bank debit is, and then paid", async () => {
    const intent = await open({
      confirm: true,
      payment_method: "pm_usBankAccount_success" as string,
    });
    expect(intent.status).toBe("processing");
    await simulator.settle(intent.id);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
    expect(await typesOf()).toContain("payment_intent.processing");
  });

  it("hold money until it is captured, all or a part of it, once", async () => {
    const intent = await paid({ capture_method: "manual" });
    expect([intent.status, intent.amount_capturable]).toEqual(["requires_capture", 12_000]);
    await expect(stripe.paymentIntents.capture(intent.id, { amount_to_capture: 12_001 })).rejects
      .toEqual(refusal("amount_too_large"));
    const captured = await stripe.paymentIntents.capture(intent.id, { amount_to_capture: 9_000 });
    expect([captured.status, captured.amount_received]).toEqual(["succeeded", 9_000]);
    await expect(stripe.paymentIntents.capture(intent.id)).rejects.toEqual(
      refusal("payment_intent_unexpected_state"),
    );
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 9_001 })).rejects
      .toEqual(refusal(undefined));
    expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(9_000);
  });

  it("end once, and never after they were paid", async () => {
    const intent = await paid({ capture_method: "manual" });
    expect((await stripe.paymentIntents.cancel(intent.id)).status).toBe("canceled");
    await expect(stripe.paymentIntents.cancel(intent.id)).rejects.toEqual(
      refusal("payment_intent_unexpected_state"),
    );
    const other = await paid();
    await expect(stripe.paymentIntents.cancel(other.id)).rejects.toEqual(
      refusal("payment_intent_unexpected_state"),
    );
    expect((await confirmInBrowser(other, "4242424242424242")).body.error.code).toBe(
      "payment_intent_unexpected_state",
    );
  });
});

describe("keys", () => {
  it("open to a browser only its own intent, and only to pay it", async () => {
    const [mine, other] = [await open(), await open()];
    const stolen = await confirmInBrowser({ ...other, client_secret: mine.client_secret }, "4242");
    expect(stolen.status).toBe(404);
    const browser = clientOf(simulator, keys.publishableKey);
    await expect(browser.refunds.create({ payment_intent: mine.id })).rejects.toMatchObject({
      statusCode: 401,
    });
    await expect(clientOf(simulator, "sk_test_other").balance.retrieve()).rejects.toMatchObject({
      type: "StripeAuthenticationError",
    });
  });
});

describe("idempotency keys", () => {
  it("give the same answer to the same request, and an error to another", async () => {
    const key = crypto.randomUUID();
    const params = { amount: 5_000, currency: "eur" };
    const first = await stripe.paymentIntents.create(params, { idempotencyKey: key });
    const again = await stripe.paymentIntents.create(params, { idempotencyKey: key });
    expect(again.id).toBe(first.id);
    await expect(
      stripe.paymentIntents.create({ ...params, amount: 5_001 }, { idempotencyKey: key }),
    ).rejects.toMatchObject({ type: "StripeIdempotencyError" });
  });

  it("find what was done though its answer was lost", async () => {
    const intent = await paid();
    const key = crypto.randomUUID();
    for (const kind of ["lose", "lose-and-cut"] as const) {
      simulator.setFaults([{ match: "POST /v1/refunds", kind }]);
      const asked = stripe.refunds.create(
        { payment_intent: intent.id, amount: 100 },
        { idempotencyKey: key },
      );
      await expect(asked).rejects.toMatchObject({ message: expect.any(String) });
    }
    simulator.setFaults([]);
    await stripe.refunds.create({ payment_intent: intent.id, amount: 100 }, {
      idempotencyKey: key,
    });
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data).toHaveLength(1);
  });

  it("are in use while the first request is under way", async () => {
    const idempotencyKey = crypto.randomUUID();
    simulator.setFaults([{ match: "POST /v1/payment_intents", kind: "delay", ms: 300, times: 1 }]);
    const first = stripe.paymentIntents.create({ amount: 700, currency: "usd" }, {
      idempotencyKey,
    });
    await vi.waitFor(() => expect(simulator.calls.at(-1)).toBe("POST /v1/payment_intents"));
    const second = stripe.paymentIntents.create({ amount: 700, currency: "usd" }, {
      idempotencyKey,
    });
    await expect(second).rejects.toMatchObject({ code: "idempotency_key_in_use" });
    expect((await first).amount).toBe(700);
  });
});

describe("refunds, transfers and disputes", () => {
  it("never give back more than came", async () => {
    const intent = await paid();
    await stripe.refunds.create({ payment_intent: intent.id, amount: 7_000 });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 5_001 })).rejects
      .toMatchObject({ type: "StripeInvalidRequestError" });
    await stripe.refunds.create({ payment_intent: intent.id, amount: 5_000 });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toEqual(
      refusal("charge_already_refunded"),
    );
  });

  it("send money only to accounts that are complete, and only what is there", async () => {
    const account = await stripe.accounts.create({ type: "express" });
    const order = { amount: 1_000, currency: "gbp", destination: account.id };
    await expect(stripe.transfers.create(order)).rejects.toEqual(
      refusal("insufficient_capabilities_for_transfer"),
    );
    const link = await stripe.accountLinks.create({
      account: account.id,
      type: "account_onboarding",
      return_url: "http://localhost:8787/back",
      refresh_url: "http://localhost:8787/again",
    });
    const done = await fetch(link.url, { method: "POST", redirect: "manual" });
    expect(done.headers.get("location")).toBe("http://localhost:8787/back");
    const again = await fetch(link.url, { redirect: "manual" });
    expect(again.headers.get("location")).toBe("http://localhost:8787/again");
    await expect(stripe.transfers.create(order)).rejects.toEqual(refusal("balance_insufficient"));
    await paid({ currency: "gbp" });
    const transfer = await stripe.transfers.create(order);
    await stripe.transfers.createReversal(transfer.id, { amount: 400 });
    await expect(stripe.transfers.createReversal(transfer.id, { amount: 601 })).rejects
      .toMatchObject({ type: "StripeInvalidRequestError" });
    const balance = await stripe.balance.retrieve();
    expect(balance.available.find(({ currency }) => currency === "gbp")?.amount).toBe(11_400);
  });

  it("take disputed money back at once, and return it where the dispute is won", async () => {
    const intent = await paid({ payment_method: "pm_card_createDispute", currency: "sek" });
    const { data: [dispute] } = await stripe.disputes.list({ payment_intent: intent.id });
    expect(dispute).toMatchObject({ amount: 12_000, status: "needs_response" });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toEqual(
      refusal("charge_disputed"),
    );
    await simulator.closeDispute(dispute!.id, "won");
    const { data } = await stripe.balanceTransactions.list({ currency: "sek" });
    expect(data.map(({ amount }) => amount)).toEqual([12_000, -12_000, 12_000]);
  });
});

describe("lists", () => {
  it("come newest first, page by page", async () => {
    const group = crypto.randomUUID();
    const made: string[] = [];
    for (let i = 0; i < 5; i++) made.push((await paid({ transfer_group: group })).id);
    const found: string[] = [];
    for await (const { id, transfer_group } of stripe.paymentIntents.list({ limit: 2 })) {
      if (transfer_group === group) found.push(id);
    }
    expect(found).toEqual(made.toReversed());
  });
});

describe("webhooks", () => {
  it("are held, doubled and shuffled when told to", async () => {
    simulator.setDelivery({ hold: true, copies: 3, shuffle: true });
    await paid();
    expect(events).toEqual([]);
    simulator.webhooks.release();
    await vi.waitFor(() => expect(events).toHaveLength(9));
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });

  it("are brought again until they are taken", async () => {
    let refusals = 2;
    const stubborn = await startStripe({
      keys,
      webhookSecret,
      webhooks: (body) => {
        events.push({ ...JSON.parse(body), signature: "", body });
        return Promise.resolve(refusals-- > 0 ? 500 : 200);
      },
    });
    await clientOf(stubborn).paymentIntents.create({ amount: 700, currency: "usd" });
    await vi.waitFor(() => expect(events).toHaveLength(3), 5_000);
    expect(new Set(events.map(({ id }) => id)).size).toBe(1);
    await stubborn.stop();
  });
});

describe("a restart", () => {
  it("keeps what was paid, the answers of keys, and events that nobody took", async () => {
    const key = crypto.randomUUID();
    const params = { amount: 900, currency: "usd", confirm: true, payment_method: "pm_card_visa" };
    simulator.setDelivery({ hold: true });
    const intent = await stripe.paymentIntents.create(params, { idempotencyKey: key });
    await simulator.stop();
    simulator = await start();
    stripe = clientOf(simulator);
    expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe("succeeded");
    const again = await stripe.paymentIntents.create(params, { idempotencyKey: key });
    expect(again.id).toBe(intent.id);
    expect(await typesOf()).toContain("payment_intent.succeeded");
  });
});
