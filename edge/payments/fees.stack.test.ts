import { afterAll, beforeAll, expect, it } from "vitest";
import {
  askPayment,
  createPaidEdge,
  holdStay,
  type PaidEdge,
  payByCard,
} from "../local/paid-edge.ts";
import { signUp } from "../local/test-edge.ts";
import { createTestHarbour } from "../local/test-harbour.ts";
import { reconcile } from "./reconcile.ts";
import { workOffPayments } from "./work-off-payments.ts";

let edge: PaidEdge;

beforeAll(async () => {
  edge = await createPaidEdge({ feeOf: (amount) => Math.round(amount * 0.029) + 30 });
});
afterAll(() => edge.close());

/** What the books say lies with the provider, and what the provider says. */
async function balances() {
  const [ours] = await edge.sql.query<{ sum: number }>(
    `SELECT coalesce(sum(e.amount_minor), 0)::bigint AS sum
     FROM ledger_entry e JOIN ledger_account a ON a.id = e.account_id
     WHERE a.kind = 'provider' AND a.currency = 'USD'`,
  );
  const theirs = edge.stripe.store.list("balance_transactions")
    .reduce((sum, { net }) => sum + net, 0);
  return { ours: ours!.sum, theirs };
}

it("what the provider keeps of a payment is booked once, and its balance is ours to the cent", async () => {
  const harbour = await createTestHarbour(edge);
  const guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock({ collection: "online" });
  const booking = await holdStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
  const payment = await askPayment(guest, booking.id);
  await workOffPayments(edge.deps);
  await payByCard(payment);
  await edge.settle();
  expect((await balances()).ours).toBe(payment.amountMinor);

  edge.stripe.setFaults([{ match: "GET /v1/payment_intents", kind: "refuse", times: 1 }]);
  await workOffPayments(edge.deps);
  expect((await balances()).ours).toBe(payment.amountMinor);
  await edge.sql.query(`UPDATE payment SET checked_at = now() - interval '2 hours'`);
  for (let i = 0; i < 3; i++) await workOffPayments(edge.deps);
  const fee = Math.round(payment.amountMinor * 0.029) + 30;
  expect(await balances()).toEqual({
    ours: payment.amountMinor - fee,
    theirs: payment.amountMinor - fee,
  });
  const [books] = await edge.sql.query<{ host: number; guest: number }>(
    `SELECT ledger_host_due($1) AS host, ledger_guest_balance($1) AS guest`,
    [booking.id],
  );
  expect(books).toEqual({ host: 63_000, guest: 0 });
  expect((await reconcile(edge.sql, edge.deps.payments!, 0)).differences).toEqual([]);
});
