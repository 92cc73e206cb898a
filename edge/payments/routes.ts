import { Payment, PayoutAccountAnswer, Payouts } from "../../shared/payment.ts";
import { Problem } from "../../shared/problem.ts";
import { readBooking } from "../bookings/read-booking.ts";
import type { Deps } from "../deps.ts";
import { relayEvents } from "../events/relay-events.ts";
import { personEndpoint, publicEndpoint } from "../http/endpoint.ts";
import { readPage, toPage, uuidKey } from "../http/page.ts";
import { PAGE_QUERY, uuidParam } from "../http/query.ts";
import { applyEvents } from "./apply-events.ts";
import { openPayment, readPayment } from "./open-payment.ts";
import { openPayoutAccount } from "./open-payout-account.ts";
import { accountState, findKeptAccount, listPayouts, waitingPayouts } from "./payout-queries.ts";
import { runPaymentTasks } from "./run-payment-tasks.ts";
import { takeWebhook } from "./take-webhook.ts";

/** Events of the provider carry whole objects. */
const MAX_WEBHOOK_BYTES = 512 * 1024;

export const postPayment = personEndpoint({
  summary: "Pay for a booking of yours: what the card form needs, the same each time",
  answer: Payment,
  idempotency: "own",
  async handle({ deps, sql, person, params, background }) {
    const booking = await readBooking(sql, person, uuidParam(params, "id"));
    if (booking.role !== "guest") {
      throw new Problem("forbidden", `Cannot pay: that is not for its ${booking.role}`);
    }
    const payment = await openPayment(deps, booking);
    background(followUp(deps));
    return payment;
  },
});

export const getPayment = personEndpoint({
  summary: "How a booking's payment stands",
  answer: Payment,
  async handle({ deps, sql, person, params }) {
    return await readPayment(deps, await readBooking(sql, person, uuidParam(params, "id")));
  },
});

export const postStripeWebhook = publicEndpoint({
  summary: "What the payment provider tells, signed",
  maxBytes: MAX_WEBHOOK_BYTES,
  async handle({ deps, request, rawBody, nowMs, background }) {
    const signature = request.headers.get("Stripe-Signature");
    if (await takeWebhook(deps, rawBody, signature, nowMs)) {
      background(applyEvents(deps).then(() => followUp(deps)));
    }
    return { received: true };
  },
});

export const postPayoutAccount = personEndpoint({
  summary: "Say where your money as a host goes",
  answer: PayoutAccountAnswer,
  handle: ({ deps, person }) => openPayoutAccount(deps, person),
});

export const getPayouts = personEndpoint({
  summary: "What you have earned as a host: paid out, and waiting",
  queryDoc: PAGE_QUERY,
  answer: Payouts,
  async handle({ sql, person, query }) {
    const { after, limit } = readPage(query, uuidKey);
    const [account, waiting, payouts] = await Promise.all([
      findKeptAccount(sql, person.id),
      waitingPayouts(sql, person.id),
      listPayouts(sql, person.id, after, limit + 1),
    ]);
    return { account: accountState(account), waiting, ...toPage(payouts, limit, ({ id }) => id) };
  },
});

/** What a payment's news make due: rooms are told, and the provider is asked. */
async function followUp(deps: Deps): Promise<void> {
  deps.tiles.noteWrite();
  await Promise.all([relayEvents(deps), runPaymentTasks(deps)]);
}
