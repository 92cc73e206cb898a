import type { Payment } from "../../shared/payment.ts";
import { startStripe, type Stripe, type StripeOptions } from "./stripe/simulator.ts";
import { createTestEdge, type TestEdge, type TestPerson } from "./test-edge.ts";
import { bookStay } from "./test-harbour.ts";

/** An edge that takes cards, with the simulator that it takes them at. */
export interface PaidEdge extends TestEdge {
  stripe: Stripe;
}

/** The simulator's own; they open nothing else. */
export const STRIPE_KEYS = {
  secretKey: "sk_test_simulated",
  publishableKey: "pk_test_simulated",
};
export const WEBHOOK_SECRET = "whsec_simulated";

/** Makes an edge and a simulator that tells it by webhook, both by the test's clock. */
export async function createPaidEdge(options: Partial<StripeOptions> = {}): Promise<PaidEdge> {
  const parts: { edge?: TestEdge } = {};
  const stripe = await startStripe({
    keys: STRIPE_KEYS,
    webhookSecret: WEBHOOK_SECRET,
    now: () => parts.edge?.clock.nowMs ?? Date.now(),
    webhooks: async (body, headers) =>
      (await parts.edge?.fetch("POST /api/webhooks/stripe", body, headers))?.status ?? 503,
    ...options,
  });
  const made = await createTestEdge({
    env: {
      STRIPE_API_URL: stripe.url,
      STRIPE_SECRET_KEY: STRIPE_KEYS.secretKey,
      STRIPE_PUBLISHABLE_KEY: STRIPE_KEYS.publishableKey,
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
    },
  });
  parts.edge = made;
  return {
    ...made,
    stripe,
    // News make work, and work makes news.
    async settle() {
      for (let round = 0; round < 3; round++) {
        await stripe.webhooks.settled();
        await made.settle();
      }
    },
    async close() {
      await stripe.stop();
      await made.close();
    },
  };
}

/** Books a stay that its guest must pay for. */
export async function holdStay(
  guest: TestPerson,
  dockId: number,
  stay: { from: string; to: string },
): Promise<{ id: string; status: string; version: number; totalMinor: number }> {
  const answer = await bookStay(guest, dockId, stay);
  if (answer.status !== 201) throw new Error(await answer.text());
  return await answer.json();
}

/** What the card form begins with. */
export async function askPayment(guest: TestPerson, bookingId: string): Promise<Payment> {
  const answer = await guest.fetch(`POST /api/bookings/${bookingId}/payment`, undefined, {
    "Idempotency-Key": crypto.randomUUID(),
  });
  if (answer.status !== 200) throw new Error(await answer.text());
  return await answer.json();
}

/** Confirms a payment as the card form in a browser does; answers the intent or the error. */
export async function payByCard(
  payment: Payment,
  card = "4242424242424242",
): Promise<{ status: number; body: { id: string; status: string; error?: { code: string } } }> {
  const intentId = payment.clientSecret?.split("_secret_")[0] ?? "";
  const answer = await fetch(`${payment.apiUrl}/v1/payment_intents/${intentId}/confirm`, {
    method: "POST",
    body: new URLSearchParams({
      key: payment.publishableKey ?? "",
      client_secret: payment.clientSecret ?? "",
      "payment_method_data[type]": "card",
      "payment_method_data[card][number]": card,
      "payment_method_data[card][exp_month]": "12",
      "payment_method_data[card][exp_year]": "34",
      "payment_method_data[card][cvc]": "123",
    }),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Pays by a bank's debit, which is `processing` until the simulator settles it. */
export async function payByDebit(payment: Payment, account = "000123456789"): Promise<string> {
  const intentId = payment.clientSecret?.split("_secret_")[0] ?? "";
  const answer = await fetch(`${payment.apiUrl}/v1/payment_intents/${intentId}/confirm`, {
    method: "POST",
    body: new URLSearchParams({
      key: payment.publishableKey ?? "",
      client_secret: payment.clientSecret ?? "",
      "payment_method_data[type]": "us_bank_account",
      "payment_method_data[us_bank_account][account_number]": account,
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return intentId;
}
