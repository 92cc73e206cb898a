import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Payment } from "../../shared/payment.ts";
import { CrashPoints } from "../local/crashing.ts";
import { createPaidEdge, type PaidEdge, payByCard } from "../local/paid-edge.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import { createTestHarbour, TEST_BOAT, type TestHarbour } from "../local/test-harbour.ts";
import { applyEvents } from "./apply-events.ts";
import { runPaymentTasks } from "./run-payment-tasks.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };
const VESSEL = "loaCm=1200&beamCm=380&draftCm=180&hullType=mono";

let edge: PaidEdge;
let harbour: TestHarbour;
const points = new CrashPoints();

beforeAll(async () => {
  edge = await createPaidEdge();
  const { deps } = edge;
  Object.assign(deps, {
    sql: points.wrapSql(deps.sql),
    payments: points.wrapPayments(deps.payments!),
  });
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());

/** Asks until the process lives long enough to answer; it is started anew where it died. */
async function insist(ask: () => Promise<Response>): Promise<Response> {
  for (let tries = 0; tries < 3; tries++) {
    const answer = await ask();
    await edge.settle();
    if (!points.isDead) return answer;
    points.revive();
    if (answer.status < 500) return answer;
    // What a process had in hand when it died is free when its lease is over.
    await edge.sql.query(`UPDATE payment_task SET lease_until = now() WHERE state = 'due'`);
  }
  throw new Error("it died again though nothing kills it");
}

/** A stay's whole life with money in it: booked, paid, cancelled by its host, paid back. */
async function live(dockId: number, guest: TestPerson, dieAt: number) {
  const quoted = await guest.fetch(
    `GET /api/docks/${dockId}/quote?from=${STAY.from}&to=${STAY.to}&${VESSEL}`,
  );
  const { quote } = (await quoted.json()) as { quote: string };
  const keys = { booking: randomUUID(), payment: randomUUID() };
  const book = () =>
    guest.fetch("POST /api/bookings", { dockId, ...STAY, boat: TEST_BOAT, quote }, {
      "Idempotency-Key": keys.booking,
    });

  points.dieAt(dieAt);
  const booking = await (await insist(book)).json() as { id: string };
  const begin = () =>
    guest.fetch(`POST /api/bookings/${booking.id}/payment`, undefined, {
      "Idempotency-Key": keys.payment,
    });
  const payment = await (await insist(begin)).json() as Payment;
  await payByCard(payment);
  await edge.settle();
  await tick();
  const { version } = await (await insist(() => guest.fetch(`GET /api/bookings/${booking.id}`)))
    .json() as { version: number };
  await insist(() =>
    harbour.host.fetch(`POST /api/bookings/${booking.id}/cancel`, undefined, {
      "If-Match": `"${version}"`,
    })
  );
  await tick();
  points.revive();
  // The same keys get the same answers, whatever happened meanwhile.
  const [again, paidAgain] = [await book(), await begin()];
  await tick();
  return {
    booking,
    payment,
    again: await again.json() as unknown,
    paidAgain: await paidAgain.json() as Payment,
  };
}

/**
 * The next tick, by a process that lives if this one does not; the provider brings again what was
 * not acknowledged.
 */
async function tick(): Promise<void> {
  for (let tries = 0; tries < 2; tries++) {
    if (points.isDead) points.revive();
    const waiting = edge.stripe.store.list("events").filter((one) => one.pending_webhooks > 0);
    for (const event of waiting.toReversed()) edge.stripe.webhooks.enqueue(event);
    await edge.settle();
    await edge.sql.query(
      `UPDATE payment_task SET lease_until = NULL, due_at = least(due_at, now())
       WHERE state = 'due'`,
    );
    await edge.sql.query(`UPDATE webhook_event SET retry_at = now() WHERE applied_at IS NULL`);
    await applyEvents(edge.deps).then(() => runPaymentTasks(edge.deps)).catch(() => undefined);
    await edge.settle();
    if (!points.isDead) return;
  }
}

it(
  "a process killed at any step of a booking and its payment loses nothing and does nothing twice",
  async () => {
    let dieAt = 0;
    let isThrough = false;
    while (!isThrough) {
      dieAt += 1;
      const guest = await signUp(edge, "Gus Guest");
      const dock = await harbour.addDock({ collection: "online" });
      const deaths = points.deaths;
      const { booking, payment, again, paidAgain } = await live(dock.id, guest, dieAt);
      isThrough = points.deaths === deaths;

      const [end] = await edge.sql.query<Record<string, unknown>>(
        `SELECT (SELECT count(*) FROM booking WHERE dock_id = $1) AS bookings,
         (SELECT status FROM booking WHERE id = $2) AS status,
         (SELECT count(*) FROM payment WHERE booking_id = $2) AS payments,
         (SELECT refunded_minor FROM payment WHERE booking_id = $2) AS refunded,
         (SELECT count(*) FROM payment_task WHERE booking_id = $2 AND state <> 'done') AS open_tasks,
         (SELECT count(*) FROM occupancy WHERE dock_id = $1) AS nights,
         ledger_guest_balance($2) AS guest, ledger_host_due($2) AS host,
         (SELECT sum(ledger_payment_left(id)) FROM payment WHERE booking_id = $2)::int AS left`,
        [dock.id, booking.id],
      );
      expect([dieAt, end]).toEqual([dieAt, {
        bookings: 1,
        status: "cancelled",
        payments: 1,
        refunded: payment.amountMinor,
        open_tasks: 0,
        nights: 0,
        guest: 0,
        host: 0,
        left: 0,
      }]);
      expect(again).toEqual(booking);
      expect(paidAgain).toMatchObject({ id: payment.id, clientSecret: payment.clientSecret });
      const { store } = edge.stripe;
      const intents = store.list("payment_intents").filter((one) =>
        one.metadata.bookingId === booking.id
      );
      expect(intents.map(({ status }) => status)).toEqual(["succeeded"]);
      const refunds = store.list("refunds").filter((one) => one.payment_intent === intents[0]!.id);
      expect(refunds.map(({ amount }) => amount)).toEqual([payment.amountMinor]);
    }
    expect(dieAt).toBeGreaterThan(20);
  },
  120_000,
);
