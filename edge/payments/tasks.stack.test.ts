import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import {
  askPayment,
  createPaidEdge,
  holdStay,
  type PaidEdge,
  payByCard,
} from "../local/paid-edge.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { pauseMs } from "./payment-deps.ts";
import { runPaymentTasks } from "./run-payment-tasks.ts";
import { workOffPayments } from "./work-off-payments.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: PaidEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createPaidEdge();
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());
afterEach(() => {
  edge.stripe.setFaults([]);
  edge.errors.length = 0;
});

/** A stay that is paid for. */
async function paidStay(card?: string) {
  const guest = await signUp(edge, "Gus Guest");
  const rate = { currency: "USD", basis: "per_night", minor: 9_000, depositMinor: 5_000 } as const;
  const dock = await harbour.addDock({ collection: "online", rate });
  const booking = await holdStay(guest, dock.id, STAY);
  const payment = await askPayment(guest, booking.id);
  await payByCard(payment, card);
  await edge.settle();
  return { id: booking.id, guest, payment, intentId: payment.clientSecret!.split("_secret_")[0]! };
}
const cancel = async (person: TestPerson, id: string) => {
  const { version } = await (await person.fetch(`GET /api/bookings/${id}`)).json();
  const headers = { "If-Match": `"${version}"` };
  const answer = await person.fetch(`POST /api/bookings/${id}/cancel`, undefined, headers);
  expect(answer.status).toBe(200);
  await edge.settle();
};
const tasksOf = (bookingId: string) =>
  edge.sql.query<{ kind: string; state: string; attempts: number; amount_minor: number }>(
    `SELECT kind, state, attempts, amount_minor FROM payment_task WHERE booking_id = $1
     ORDER BY created_at`,
    [bookingId],
  );
/** The next try's time has come. */
const makeDue = () =>
  edge.sql.query(`UPDATE payment_task SET due_at = now(), lease_until = NULL WHERE state = 'due'`);
const refundsOf = (intentId: string) =>
  edge.stripe.store.list("refunds").filter((one) => one.payment_intent === intentId);
const transfersOf = (bookingId: string) =>
  edge.stripe.store.list("transfers").filter((one) => one.transfer_group === bookingId);
const booksOf = async (bookingId: string) => {
  const [books] = await edge.sql.query<{ guest: number; host: number }>(
    `SELECT ledger_guest_balance($1) AS guest, ledger_host_due($1) AS host`,
    [bookingId],
  );
  return books!;
};

describe("a task whose provider misbehaves", () => {
  it.each(["refuse", "lose", "cut", "lose-and-cut"] as const)(
    "is done once though the provider does this: %s",
    async (kind) => {
      const stay = await paidStay();
      edge.stripe.setFaults([{ match: "POST /v1/refunds", kind, times: 2 }]);
      await cancel(harbour.host, stay.id);
      expect(await tasksOf(stay.id)).toMatchObject([{ kind: "refund", state: "due" }]);
      for (let tries = 0; tries < 3; tries++) {
        await makeDue();
        await runPaymentTasks(edge.deps);
      }
      expect(await tasksOf(stay.id)).toMatchObject([{ kind: "refund", state: "done" }]);
      expect(refundsOf(stay.intentId).map(({ amount }) => amount)).toEqual([
        stay.payment.amountMinor,
      ]);
      expect(await booksOf(stay.id)).toEqual({ guest: 0, host: 0 });
    },
  );

  it("is done once though the provider has forgotten the key of the first try", async () => {
    const stay = await paidStay();
    edge.stripe.setFaults([{ match: "POST /v1/refunds", kind: "lose", times: 1 }]);
    await cancel(harbour.host, stay.id);
    edge.stripe.forgetKeys();
    await makeDue();
    await runPaymentTasks(edge.deps);
    expect(await tasksOf(stay.id)).toMatchObject([{ state: "done", attempts: 2 }]);
    expect(refundsOf(stay.intentId)).toHaveLength(1);
  });

  it("waits longer each time, never as long as the others", () => {
    const pauseOf = (attempts: number, byte: number) =>
      pauseMs({ randomBytes: () => new Uint8Array([byte]) }, attempts);
    expect([1, 2, 3, 4].map((attempts) => pauseOf(attempts, 0))).toEqual([
      1_000,
      2_000,
      4_000,
      8_000,
    ]);
    expect(pauseOf(1, 255)).toBeGreaterThan(1_990);
    expect(pauseOf(1_000, 255)).toBeLessThanOrEqual(3_600_000);
  });

  it("that can never be done is left to the operator, in log, metrics and its own row", async () => {
    const stay = await paidStay();
    const body = new URLSearchParams({ payment_intent: stay.intentId });
    const headers = { Authorization: "Bearer sk_test_simulated" };
    await fetch(`${edge.stripe.url}/v1/refunds`, { method: "POST", headers, body });
    await cancel(harbour.host, stay.id);
    const [task] = await edge.sql.query<{ state: string; error: string }>(
      `SELECT state, error FROM payment_task WHERE booking_id = $1`,
      [stay.id],
    );
    expect(task).toEqual({
      state: "failed",
      error: expect.stringContaining("charge_already_refunded"),
    });
    expect(edge.errors.join()).toContain("a payment task failed");
    await workOffPayments(edge.deps);
    expect(await (await edge.fetch("GET /metrics")).text()).toMatch(
      /^dokkerr_payment_tasks_stuck [1-9]/m,
    );
    await edge.sql.query(`UPDATE payment_task SET state = 'done' WHERE state = 'failed'`);
  });

  it("is told as failed where the bank sends the refund back", async () => {
    const stay = await paidStay("4000000000005126");
    await cancel(harbour.host, stay.id);
    const [task] = await edge.sql.query<{ state: string; error: string }>(
      `SELECT state, error FROM payment_task WHERE booking_id = $1`,
      [stay.id],
    );
    expect(task).toEqual({
      state: "failed",
      error: expect.stringContaining("sent the refund back"),
    });
    await edge.sql.query(`UPDATE payment_task SET state = 'done' WHERE state = 'failed'`);
  });
});

describe("workers", () => {
  it("take each task once, however many there are", async () => {
    const stays = await Promise.all([paidStay(), paidStay(), paidStay(), paidStay()]);
    edge.stripe.setFaults([{ match: "POST /v1/refunds", kind: "refuse", times: 4 }]);
    for (const stay of stays) await cancel(harbour.host, stay.id);
    const before = edge.stripe.calls.filter((call) => call === "POST /v1/refunds").length;
    await makeDue();
    const taken = await Promise.all([1, 2, 3, 4, 5].map(() => runPaymentTasks(edge.deps)));
    expect(taken.reduce((sum, one) => sum + one, 0)).toBe(4);
    const calls = edge.stripe.calls.filter((call) => call === "POST /v1/refunds").length - before;
    expect(calls).toBe(4);
  });

  it("do again what one has left when it died, after its lease, to the same effect", async () => {
    const stay = await paidStay();
    edge.stripe.setFaults([{ match: "POST /v1/refunds", kind: "refuse", times: 1 }]);
    await cancel(harbour.host, stay.id);
    await makeDue();
    const claim = `SELECT claim_payment_tasks(10, '1 minute')`;
    expect(await edge.sql.query(claim)).toHaveLength(1);
    expect(await runPaymentTasks(edge.deps)).toBe(0);
    await edge.sql.query(`UPDATE payment_task SET lease_until = now() WHERE state = 'due'`);
    expect(await runPaymentTasks(edge.deps)).toBe(1);
    expect(await tasksOf(stay.id)).toMatchObject([{ state: "done", attempts: 3 }]);
  });
});

describe("a host's money", () => {
  // Nobody has earned anything yet.
  beforeAll(async () => {
    harbour = await createTestHarbour(edge);
  });

  const checkIn = (id: string, interval: string) =>
    edge.sql.query(
      `WITH moved AS (
         UPDATE booking SET check_in_at = now() + $2::interval,
           check_out_at = now() + $2::interval + interval '3 days'
         WHERE id = $1 RETURNING id, check_in_at)
       UPDATE payout_look SET due_at = greatest(moved.check_in_at + payout_delay(), now())
       FROM moved WHERE booking_id = moved.id`,
      [id, interval],
    );
  const readPayouts = async () => await (await harbour.host.fetch("GET /api/payouts")).json();

  it("waits for a day after check-in, and then for an account", async () => {
    const stay = await paidStay();
    const { host: due } = await booksOf(stay.id);
    expect(due).toBe(63_000);
    await checkIn(stay.id, "-23 hours");
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id)).toEqual([]);
    await checkIn(stay.id, "-25 hours");
    await workOffPayments(edge.deps);
    expect(await tasksOf(stay.id)).toEqual([]);
    expect(await readPayouts()).toMatchObject({
      account: "none",
      waiting: [{ currency: "USD", amountMinor: due }],
      items: [],
    });

    const opened = await (await harbour.host.fetch("POST /api/payouts/account")).json();
    expect(opened.account).toBe("incomplete");
    await fetch(opened.url, { method: "POST", redirect: "manual" });
    await edge.settle();
    expect(await (await harbour.host.fetch("POST /api/payouts/account")).json()).toEqual({
      account: "ready",
      url: null,
    });
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id).map(({ amount }) => amount)).toEqual([due]);
    expect((await booksOf(stay.id)).host).toBe(0);
    const payouts = await readPayouts();
    expect(payouts).toMatchObject({ account: "ready", waiting: [] });
    expect(payouts.items).toMatchObject([{ bookingId: stay.id, amountMinor: due, state: "done" }]);
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id)).toHaveLength(1);
  });

  it("comes to one transfer though its answer is lost and the key forgotten", async () => {
    const stay = await paidStay();
    await checkIn(stay.id, "-25 hours");
    edge.stripe.setFaults([{ match: "POST /v1/transfers", kind: "lose", times: 1 }]);
    await workOffPayments(edge.deps);
    edge.stripe.forgetKeys();
    await makeDue();
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id)).toHaveLength(1);
    expect((await booksOf(stay.id)).host).toBe(0);
  });

  it("is what the guest does not get back of a stay that was given up late", async () => {
    const stay = await paidStay();
    await edge.sql.query(
      `UPDATE booking SET policy_from = now() + interval '30 hours' WHERE id = $1`,
      [stay.id],
    );
    await cancel(stay.guest, stay.id);
    const refunded = refundsOf(stay.intentId).reduce((sum, { amount }) => sum + amount, 0);
    const { host } = await booksOf(stay.id);
    expect(refunded).toBeLessThan(stay.payment.amountMinor);
    expect(host).toBeGreaterThan(0);
    await checkIn(stay.id, "-25 hours");
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id).map(({ amount }) => amount)).toEqual([host]);
    expect(await booksOf(stay.id)).toEqual({ guest: 0, host: 0 });
  });

  it("waits while a guest's bank disputes the payment, and comes back where that is lost", async () => {
    const stay = await paidStay();
    const dispute = await edge.stripe.dispute(stay.intentId);
    await edge.settle();
    await checkIn(stay.id, "-25 hours");
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id)).toEqual([]);
    await edge.stripe.closeDispute(dispute, "won");
    await edge.settle();
    await checkIn(stay.id, "-25 hours");
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id)).toHaveLength(1);

    const again = await edge.stripe.dispute(stay.intentId);
    await edge.stripe.closeDispute(again, "lost");
    await edge.settle();
    await checkIn(stay.id, "-25 hours");
    await workOffPayments(edge.deps);
    expect(transfersOf(stay.id)[0]).toMatchObject({ reversed: true });
    expect((await booksOf(stay.id)).host).toBe(0);
    expect(await tasksOf(stay.id)).toMatchObject([{ kind: "transfer" }, { kind: "reverse" }]);
  });

  it("sends nothing back of what a bank has taken, where the stay is cancelled afterwards", async () => {
    const stay = await paidStay();
    await edge.stripe.closeDispute(await edge.stripe.dispute(stay.intentId), "lost");
    await edge.settle();
    const cancelled = await harbour.host.fetch(`POST /api/bookings/${stay.id}/cancel`);
    expect(cancelled.status).toBe(200);
    await workOffPayments(edge.deps);
    expect(refundsOf(stay.intentId)).toEqual([]);
    expect(await tasksOf(stay.id)).toEqual([]);
    expect(await booksOf(stay.id)).toEqual({ guest: 0, host: 0 });
  });

  it("holds the deposit until two days after check-out, and then sends it back", async () => {
    const stay = await paidStay();
    await checkIn(stay.id, "-4 days");
    await workOffPayments(edge.deps);
    expect(refundsOf(stay.intentId)).toEqual([]);
    await checkIn(stay.id, "-6 days");
    await workOffPayments(edge.deps);
    expect(refundsOf(stay.intentId).map(({ amount }) => amount)).toEqual([5_000]);
    expect(await booksOf(stay.id)).toEqual({ guest: 0, host: 0 });
  });

  it("has what the host keeps of a deposit in it", async () => {
    const stay = await paidStay();
    await checkIn(stay.id, "-25 hours");
    await workOffPayments(edge.deps);
    const { version } = await (await harbour.host.fetch(`GET /api/bookings/${stay.id}`)).json();
    const claimed = await harbour.host.fetch(
      `POST /api/bookings/${stay.id}/deposit`,
      { keepMinor: 2_000, reason: "A cleat is gone" },
      { "If-Match": `"${version}"` },
    );
    expect(claimed.status).toBe(200);
    await edge.settle();
    await workOffPayments(edge.deps);
    expect(refundsOf(stay.intentId).map(({ amount }) => amount)).toEqual([3_000]);
    const amounts = transfersOf(stay.id).map(({ amount }) => amount);
    expect(amounts.toSorted((a, b) => a - b)).toEqual([2_000, 63_000]);
    expect(await booksOf(stay.id)).toEqual({ guest: 0, host: 0 });
  });
});
