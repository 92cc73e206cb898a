import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  askPayment,
  createPaidEdge,
  holdStay,
  type PaidEdge,
  payByCard,
  STRIPE_KEYS,
} from "../local/paid-edge.ts";
import { signUp } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { reconcile } from "./reconcile.ts";
import { workOffPayments } from "./work-off-payments.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: PaidEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createPaidEdge();
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());

async function paidStay() {
  const guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock({ collection: "online" });
  const booking = await holdStay(guest, dock.id, STAY);
  const payment = await askPayment(guest, booking.id);
  await payByCard(payment);
  await edge.settle();
  return { id: booking.id, guest, payment, intentId: payment.clientSecret!.split("_secret_")[0]! };
}
const run = () => reconcile(edge.sql, edge.deps.payments!, 0);
const atProvider = (path: string, params: Record<string, string>) =>
  fetch(`${edge.stripe.url}/v1/${path}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${STRIPE_KEYS.secretKey}` },
    body: new URLSearchParams(params),
  });

describe("reconcile", () => {
  it("finds nothing where both have seen the same: payments, refunds, payouts, open ones", async () => {
    const [kept, cancelled] = [await paidStay(), await paidStay()];
    const { version } = await (await harbour.host.fetch(`GET /api/bookings/${cancelled.id}`))
      .json();
    await harbour.host.fetch(`POST /api/bookings/${cancelled.id}/cancel`, undefined, {
      "If-Match": `"${version}"`,
    });
    const { url } = await (await harbour.host.fetch("POST /api/payouts/account")).json();
    await fetch(url, { method: "POST", redirect: "manual" });
    await edge.settle();
    await edge.sql.query(
      `UPDATE booking SET check_in_at = now() - interval '2 days' WHERE id = $1`,
      [kept.id],
    );
    await edge.sql.query(`UPDATE payout_look SET due_at = now() WHERE booking_id = $1`, [kept.id]);
    await workOffPayments(edge.deps);
    const guest = await signUp(edge, "Una Paid");
    const dock = await harbour.addDock({ collection: "online" });
    await askPayment(guest, (await holdStay(guest, dock.id, STAY)).id);
    expect(await run()).toEqual({ intents: 3, refunds: 1, transfers: 1, differences: [] });
  });

  it("finds a payment that we have not heard of, until we have", async () => {
    const guest = await signUp(edge, "Gus Guest");
    const dock = await harbour.addDock({ collection: "online" });
    const payment = await askPayment(guest, (await holdStay(guest, dock.id, STAY)).id);
    edge.stripe.setDelivery({ hold: true });
    await payByCard(payment);
    const { differences } = await run();
    expect(differences).toMatchObject([{
      about: "payment",
      bookingId: payment.bookingId,
      ours: "open, 0 USD",
      theirs: `captured, ${payment.amountMinor} USD`,
    }]);
    edge.stripe.setDelivery({});
    await edge.settle();
    expect((await run()).differences).toEqual([]);
  });

  it("finds a refund and a transfer that were made at the provider by hand", async () => {
    const stay = await paidStay();
    await atProvider("refunds", { payment_intent: stay.intentId, amount: "700" });
    const [account] = edge.stripe.store.list("accounts");
    await atProvider("transfers", {
      amount: "300",
      currency: "usd",
      destination: account!.id,
      "metadata[bookingId]": stay.id,
    });
    const { differences } = await run();
    expect(differences).toMatchObject([
      { about: "refund", bookingId: stay.id, ours: "nothing", theirs: "700 USD" },
      { about: "transfer", bookingId: stay.id, ours: "nothing", theirs: "300 USD" },
    ]);
    const { store } = edge.stripe;
    for (const table of ["refunds", "transfers"] as const) {
      const [made] = store.list(table);
      store.put(table, { ...made!, created: 0, metadata: {}, payment_intent: "" } as never);
    }
  });

  it("finds a payout that the provider does not know, and money that it took back", async () => {
    const { store } = edge.stripe;
    const transfer = store.list("transfers").find(({ metadata }) => metadata.taskId !== undefined)!;
    const forgotten = structuredClone(transfer);
    await atProvider(`transfers/${transfer.id}/reversals`, { amount: "100" });
    expect((await run()).differences).toMatchObject([
      { about: "transfer", id: transfer.id, ours: "reversed 0", theirs: "reversed 100" },
    ]);
    store.put("transfers", { ...transfer, amount: 1, amount_reversed: 0 });
    expect((await run()).differences).toMatchObject([
      { about: "transfer", id: transfer.id, theirs: "1 USD" },
    ]);
    store.put("transfers", forgotten);
  });

  it("finds steps that an operator must look at", async () => {
    const stay = await paidStay();
    await edge.sql.query(
      `INSERT INTO payment_task (payment_id, booking_id, kind, amount_minor, reason, state, done_at, error)
       VALUES ($1, $2, 'refund', 1, 'test', 'failed', now(), 'charge_disputed')`,
      [stay.payment.id, stay.id],
    );
    expect((await run()).differences).toMatchObject([
      { about: "step", bookingId: stay.id, ours: "refund failed after 0 tries" },
    ]);
  });

  it("finds books that say another thing than the payment", async () => {
    const stay = await paidStay();
    await edge.sql.query(`UPDATE payment SET refunded_minor = 5 WHERE id = $1`, [stay.payment.id]);
    const { differences } = await run();
    expect(differences).toContainEqual(
      expect.objectContaining({ about: "payment", id: stay.intentId, bookingId: stay.id }),
    );
  });
});
