import { randomUUID } from "node:crypto";
import Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startStripe } from "../local/stripe/simulator.ts";
import type { NewIntent, Payments } from "./payments.ts";
import { createStripePayments } from "./stripe-payments.ts";

interface Target {
  name: string;
  secretKey: string;
  apiUrl: string | undefined;
}

const simulator = await startStripe({
  keys: { secretKey: "sk_test_simulated", publishableKey: "pk_test_simulated" },
  webhookSecret: "whsec_simulated",
  webhooks: () => Promise.resolve(200),
});
afterAll(() => simulator.stop());

/** The simulator always; Stripe itself where STRIPE_TEST_KEY names a key of its test mode. */
const targets: Target[] = [
  { name: "the simulator", secretKey: "sk_test_simulated", apiUrl: simulator.url },
];
const testKey = process.env.STRIPE_TEST_KEY;
if (testKey?.startsWith("sk_test_")) {
  targets.push({ name: "Stripe's test mode", secretKey: testKey, apiUrl: undefined });
}

describe.each(targets)("createStripePayments at $name", ({ secretKey, apiUrl }) => {
  let payments: Payments;
  let stripe: Stripe;
  const sinceMs = Date.now() - 60_000;

  beforeAll(() => {
    payments = createStripePayments({ secretKey, webhookSecret: "whsec_simulated", apiUrl });
    const url = apiUrl === undefined ? undefined : new URL(apiUrl);
    stripe = new Stripe(secretKey, {
      httpClient: Stripe.createFetchHttpClient(),
      ...(url && { host: url.hostname, port: url.port, protocol: "http" as const }),
    });
  });

  const order = (values: Partial<NewIntent> = {}): NewIntent => ({
    paymentId: randomUUID(),
    bookingId: randomUUID(),
    currency: "USD",
    amountMinor: 12_345,
    capture: "automatic",
    ...values,
  });
  const confirm = (id: string, payment_method = "pm_card_visa") =>
    stripe.paymentIntents.confirm(id, {
      payment_method,
      return_url: "https://dokkerr.example/back",
    });
  const failure = (kind: string, code?: string) =>
    expect.objectContaining(code === undefined ? { kind } : { kind, code }) as Error;

  it("opens one intent for one payment, however often it is asked", async () => {
    const asked = order();
    const intent = await payments.openIntent(asked);
    expect(intent).toMatchObject({
      status: "open",
      paymentId: asked.paymentId,
      bookingId: asked.bookingId,
      currency: "USD",
      amountMinor: 12_345,
      clientSecret: expect.stringContaining("_secret_"),
    });
    expect((await payments.openIntent(asked)).id).toBe(intent.id);
    await expect(payments.openIntent({ ...asked, amountMinor: 1 })).rejects.toEqual(
      failure("refused"),
    );
  });

  it("sees an intent captured once its card has paid, and open after one that is declined", async () => {
    const { id } = await payments.openIntent(order());
    await expect(confirm(id, "pm_card_visa_chargeDeclined")).rejects.toMatchObject({
      code: "card_declined",
    });
    expect((await payments.findIntent(id)).status).toBe("open");
    await confirm(id);
    expect(await payments.findIntent(id)).toMatchObject({
      status: "captured",
      capturedMinor: 12_345,
    });
  });

  it("holds money ready, takes it once, and says that it was taken", async () => {
    const { id } = await payments.openIntent(order({ capture: "manual" }));
    await confirm(id);
    expect(await payments.findIntent(id)).toMatchObject({
      status: "authorised",
      capturableMinor: 12_345,
    });
    const take = { intentId: id, currency: "USD", amountMinor: 12_345, key: randomUUID() };
    const taken = await payments.capture(take);
    expect(taken).toMatchObject({ status: "captured", capturedMinor: 12_345 });
    expect(await payments.capture(take)).toEqual(taken);
    await expect(payments.capture({ ...take, key: randomUUID() })).rejects.toEqual(
      failure("state", "payment_intent_unexpected_state"),
    );
  });

  it("ends an intent once, and none that is paid", async () => {
    const { id } = await payments.openIntent(order());
    expect((await payments.cancel({ intentId: id, key: randomUUID() })).status).toBe("cancelled");
    const paid = await payments.openIntent(order());
    await confirm(paid.id);
    await expect(payments.cancel({ intentId: paid.id, key: randomUUID() })).rejects.toEqual(
      failure("state", "payment_intent_unexpected_state"),
    );
  });

  it("pays back once for one task, also when it is a retry under a key that is gone", async () => {
    const { id: intentId } = await payments.openIntent(order());
    await confirm(intentId);
    const taskId = randomUUID();
    const back = { intentId, currency: "USD", amountMinor: 2_345, taskId, isRetry: false };
    const refund = await payments.refund(back);
    expect(refund).toMatchObject({ intentId, taskId, amountMinor: 2_345, hasFailed: false });
    if (apiUrl !== undefined) simulator.forgetKeys();
    expect((await payments.refund({ ...back, isRetry: true })).id).toBe(refund.id);
    const all = { ...back, taskId: randomUUID(), amountMinor: 10_000 };
    await payments.refund(all);
    await expect(payments.refund({ ...all, taskId: randomUUID() })).rejects.toEqual(
      failure("state", "charge_already_refunded"),
    );
  });

  it("counts currencies as Stripe does", async () => {
    const yen = await payments.openIntent(order({ currency: "JPY", amountMinor: 5_000 }));
    expect([yen.currency, yen.amountMinor]).toEqual(["JPY", 5_000]);
    const kronur = await payments.openIntent(order({ currency: "ISK", amountMinor: 5_000 }));
    expect((await stripe.paymentIntents.retrieve(kronur.id)).amount).toBe(500_000);
    expect(kronur.amountMinor).toBe(5_000);
  });

  it("says what is not there, and which key is wrong", async () => {
    await expect(payments.findIntent("pi_nothing")).rejects.toEqual(
      failure("refused", "resource_missing"),
    );
    const stranger = createStripePayments({
      secretKey: "sk_test_wrong",
      webhookSecret: "whsec_simulated",
      apiUrl,
    });
    // The operator mends that; until then what is asked waits.
    await expect(stranger.findIntent("pi_nothing")).rejects.toEqual(failure("away"));
  });

  it("lists what was made since an instant", async () => {
    const { id, paymentId } = await payments.openIntent(order());
    const found: (string | null)[] = [];
    for await (const intent of payments.listIntents(sinceMs)) {
      found.push(intent.id === id ? intent.paymentId : null);
      if (intent.id === id) break;
    }
    expect(found.at(-1)).toBe(paymentId);
  });
});

it("createStripePayments says that a provider whom nobody reaches is away", async () => {
  const payments = createStripePayments({
    secretKey: "sk_test_x",
    webhookSecret: "whsec_x",
    apiUrl: "http://127.0.0.1:9",
  });
  await expect(payments.findIntent("pi_x")).rejects.toMatchObject({ kind: "away" });
});
