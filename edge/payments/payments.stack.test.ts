import { afterAll, afterEach, beforeAll, describe, expect, it, test } from "vitest";
import {
  askPayment,
  createPaidEdge,
  holdStay,
  type PaidEdge,
  payByCard,
  payByDebit,
} from "../local/paid-edge.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { workOffPayments } from "./work-off-payments.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: PaidEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createPaidEdge();
  harbour = await createTestHarbour(edge);
});
afterAll(() => edge.close());
afterEach(() => {
  edge.stripe.setFaults([]);
  edge.stripe.setDelivery({});
});

async function hold({ instantBook = true } = {}) {
  guest = await signUp(edge, "Gus Guest");
  const dock = await harbour.addDock({ collection: "online", instantBook });
  return await holdStay(guest, dock.id, STAY);
}
const read = async (id: string, person = guest) =>
  await (await person.fetch(`GET /api/bookings/${id}`)).json();
const act = async (person: TestPerson, id: string, name: string) => {
  const { version } = await read(id, person);
  const answer = await person.fetch(`POST /api/bookings/${id}/${name}`, undefined, {
    "If-Match": `"${version}"`,
  });
  const body = await answer.json();
  await edge.settle();
  return { status: answer.status, body };
};
const paymentRow = async (bookingId: string) => {
  const [row] = await edge.sql.query<{
    status: string;
    intent_id: string;
    captured_minor: number;
    refunded_minor: number;
  }>(`SELECT * FROM payment WHERE booking_id = $1 ORDER BY created_at DESC LIMIT 1`, [bookingId]);
  return row!;
};
const intentOf = async (bookingId: string) =>
  edge.stripe.store.get("payment_intents", (await paymentRow(bookingId)).intent_id)!;
const refundsOf = async (bookingId: string) => {
  const { intent_id } = await paymentRow(bookingId);
  return edge.stripe.store.list("refunds").filter((one) => one.payment_intent === intent_id);
};

describe("an instant stay", () => {
  it("is held, paid and confirmed, and asking again gives the same", async () => {
    const booking = await hold();
    expect(booking.status).toBe("held");
    const payment = await askPayment(guest, booking.id);
    expect(payment).toMatchObject({
      status: "open",
      currency: "USD",
      amountMinor: booking.totalMinor + payment.depositMinor,
      publishableKey: "pk_test_simulated",
      apiUrl: edge.stripe.url,
    });
    expect(await askPayment(guest, booking.id)).toEqual(payment);
    expect((await payByCard(payment)).body.status).toBe("succeeded");
    await edge.settle();
    expect(await read(booking.id)).toMatchObject({ status: "confirmed", deadline: null });
    expect(await askPayment(guest, booking.id)).toMatchObject({
      status: "captured",
      clientSecret: payment.clientSecret,
      capturedMinor: payment.amountMinor,
    });
  });

  it("has one intent, however many windows ask for it at once", async () => {
    const booking = await hold();
    edge.stripe.setFaults([{
      match: "POST /v1/payment_intents",
      kind: "delay",
      ms: 200,
      times: 1,
    }]);
    const asked = await Promise.all([1, 2, 3].map(() => askPayment(guest, booking.id)));
    expect(new Set(asked.map(({ clientSecret }) => clientSecret)).size).toBe(1);
    const intents = edge.stripe.store.list("payment_intents").filter(({ metadata }) =>
      metadata.bookingId === booking.id
    );
    expect(intents).toHaveLength(1);
  });

  it("stays held while cards are declined", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    const declined = await payByCard(payment, "4000000000000002");
    expect([declined.status, declined.body.error?.code]).toEqual([402, "card_declined"]);
    await edge.settle();
    expect((await read(booking.id)).status).toBe("held");
    await payByCard(payment);
    await edge.settle();
    expect((await read(booking.id)).status).toBe("confirmed");
  });

  it("is confirmed though its webhook is lost: whoever asks again asks the provider", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    edge.stripe.setDelivery({ lose: 1 });
    await payByCard(payment);
    await edge.settle();
    expect((await read(booking.id)).status).toBe("held");
    expect((await askPayment(guest, booking.id)).status).toBe("captured");
    expect((await read(booking.id)).status).toBe("confirmed");
  });

  it("is confirmed though its webhook is lost and nobody asks: the sweeper does", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    edge.stripe.setDelivery({ lose: 1 });
    await payByCard(payment);
    await edge.settle();
    await workOffPayments(edge.deps);
    expect((await read(booking.id)).status).toBe("held");
    await edge.sql.query(
      `UPDATE payment SET updated_at = now() - interval '2 minutes', checked_at = NULL
       WHERE booking_id = $1`,
      [booking.id],
    );
    await workOffPayments(edge.deps);
    expect((await read(booking.id)).status).toBe("confirmed");
  });

  it("gets its grace while a bank takes its time at the hold's end", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    const before = (await read(booking.id)).deadline;
    const intentId = await payByDebit(payment);
    await edge.settle();
    const during = await read(booking.id);
    expect(Date.parse(during.deadline) - Date.parse(before)).toBe(3_600_000);
    expect(during).toMatchObject({ status: "held", payment: { status: "processing" } });
    await edge.stripe.settle(intentId);
    await edge.settle();
    expect((await read(booking.id)).status).toBe("confirmed");
  });

  it("whose hold ran out takes its nights again where they are free", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    await expire(booking.id, () => payByCard(payment));
    expect((await read(booking.id)).status).toBe("confirmed");
    expect(await refundsOf(booking.id)).toEqual([]);
  });

  it("whose nights went to somebody else is paid back by itself, once", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    await expire(booking.id, async () => {
      const other = await signUp(edge, "Olga Other");
      const { dockId } = await read(booking.id);
      await holdStay(other, dockId, STAY);
      await payByCard(payment);
    });
    expect((await read(booking.id)).status).toBe("expired");
    const refunds = await refundsOf(booking.id);
    expect(refunds.map(({ amount }) => amount)).toEqual([payment.amountMinor]);
    expect((await paymentRow(booking.id)).refunded_minor).toBe(payment.amountMinor);
    await workOffPayments(edge.deps);
    expect(await refundsOf(booking.id)).toHaveLength(1);
  });

  /** The hold's time is over; the provider is slow to hear that its intent is not wanted. */
  async function expire(bookingId: string, then: () => Promise<unknown>) {
    const { intent_id } = await paymentRow(bookingId);
    const match = `POST /v1/payment_intents/${intent_id}/cancel`;
    edge.stripe.setFaults([{ match, kind: "refuse" }]);
    await edge.sql.query(
      `UPDATE booking SET deadline = now() - interval '1 second' WHERE id = $1`,
      [bookingId],
    );
    await edge.sql.query(`SELECT expire_overdue(10)`);
    expect((await read(bookingId)).status).toBe("expired");
    await then();
    await edge.settle();
  }

  it("that is cancelled before it is paid can be paid no more", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    expect((await act(guest, booking.id, "cancel")).body.status).toBe("cancelled");
    expect((await intentOf(booking.id)).status).toBe("canceled");
    expect((await payByCard(payment)).body.error?.code).toBe("payment_intent_unexpected_state");
    const again = await guest.fetch(`POST /api/bookings/${booking.id}/payment`, undefined, {
      "Idempotency-Key": "again",
    });
    expect([again.status, (await again.json()).code]).toEqual([409, "move-not-allowed"]);
  });

  it("that is cancelled in good time is paid back, and the books say so", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    await payByCard(payment);
    await edge.settle();
    expect((await act(harbour.host, booking.id, "cancel")).body.status).toBe("cancelled");
    expect((await refundsOf(booking.id)).map(({ amount }) => amount)).toEqual([
      payment.amountMinor,
    ]);
    const [books] = await edge.sql.query<{ left: number; guest: number; host: number }>(
      `SELECT ledger_payment_left(p.id) AS left, ledger_guest_balance(p.booking_id) AS guest,
         ledger_host_due(p.booking_id) AS host
       FROM payment p WHERE p.booking_id = $1`,
      [booking.id],
    );
    expect(books).toEqual({ left: 0, guest: 0, host: 0 });
  });
});

describe("a request", () => {
  it("is accepted once the card is good for it, and captured then", async () => {
    const booking = await hold({ instantBook: false });
    expect(booking.status).toBe("requested");
    expect((await act(harbour.host, booking.id, "accept")).body.code).toBe("payment-required");
    const payment = await askPayment(guest, booking.id);
    expect(payment.capture).toBe("manual");
    expect((await payByCard(payment)).body.status).toBe("requires_capture");
    await edge.settle();
    expect((await read(booking.id)).payment.status).toBe("authorised");
    expect((await act(harbour.host, booking.id, "accept")).body.status).toBe("confirmed");
    expect((await intentOf(booking.id)).amount_received).toBe(payment.amountMinor);
    expect((await paymentRow(booking.id)).status).toBe("captured");
  });

  it("that is declined lets the card go", async () => {
    const booking = await hold({ instantBook: false });
    await payByCard(await askPayment(guest, booking.id));
    await edge.settle();
    await act(harbour.host, booking.id, "decline");
    expect((await intentOf(booking.id)).status).toBe("canceled");
    expect((await paymentRow(booking.id)).status).toBe("cancelled");
  });

  it("whose card cannot be captured after all is cancelled, and its nights are free", async () => {
    const booking = await hold({ instantBook: false });
    await payByCard(await askPayment(guest, booking.id));
    await edge.settle();
    edge.stripe.setFaults([{
      match: `POST /v1/payment_intents/${(await intentOf(booking.id)).id}/capture`,
      kind: "refuse",
      status: 402,
    }]);
    await act(harbour.host, booking.id, "accept");
    expect((await read(booking.id)).status).toBe("cancelled");
    const { dockId } = await read(booking.id);
    const nights = await edge.sql.query(`SELECT FROM occupancy WHERE dock_id = $1`, [dockId]);
    expect(nights).toEqual([]);
    expect((await intentOf(booking.id)).status).toBe("canceled");
    edge.errors.length = 0;
  });

  it("whose authorisation the bank let run out is cancelled by its webhook", async () => {
    const booking = await hold({ instantBook: false });
    await payByCard(await askPayment(guest, booking.id));
    await edge.settle();
    const { intent_id } = await paymentRow(booking.id);
    await fetch(`${edge.stripe.url}/v1/payment_intents/${intent_id}/cancel`, {
      method: "POST",
      headers: { Authorization: "Bearer sk_test_simulated" },
    });
    await edge.settle();
    expect((await read(booking.id)).status).toBe("cancelled");
  });
});

describe("who pays", () => {
  it("is the guest alone; the host sees how it stands, and no secret", async () => {
    const booking = await hold();
    const payment = await askPayment(guest, booking.id);
    const key = { "Idempotency-Key": "k" };
    const path = `/api/bookings/${booking.id}/payment`;
    const stranger = await signUp(edge, "Stran Ger");
    expect((await harbour.host.fetch(`POST ${path}`, undefined, key)).status).toBe(403);
    expect((await stranger.fetch(`POST ${path}`, undefined, key)).status).toBe(404);
    expect((await stranger.fetch(`GET ${path}`)).status).toBe(404);
    expect(await (await guest.fetch(`GET ${path}`)).json()).toEqual(payment);
    const seen = await (await harbour.host.fetch(`GET ${path}`)).json();
    expect(seen).toEqual({ ...payment, clientSecret: null });
    expect((await guest.fetch(`POST ${path}`)).status).toBe(400);
  });

  it("pays nothing by card where the fee is taken ashore", async () => {
    guest = await signUp(edge, "Ash Ore");
    const dock = await harbour.addDock();
    const booking = await holdStay(guest, dock.id, STAY);
    const answer = await guest.fetch(`POST /api/bookings/${booking.id}/payment`, undefined, {
      "Idempotency-Key": "k",
    });
    expect([answer.status, (await answer.json()).code]).toEqual([409, "move-not-allowed"]);
    expect((await guest.fetch(`GET /api/bookings/${booking.id}/payment`)).status).toBe(404);
  });

  it("hears that the provider is away, and can pay when it is back", async () => {
    const booking = await hold();
    edge.stripe.setFaults([{ kind: "refuse", status: 503 }]);
    const answer = await guest.fetch(`POST /api/bookings/${booking.id}/payment`, undefined, {
      "Idempotency-Key": "k",
    });
    expect([answer.status, (await answer.json()).code]).toEqual([503, "unavailable"]);
    edge.stripe.setFaults([]);
    expect((await askPayment(guest, booking.id)).status).toBe("open");
    edge.stripe.setFaults([{ kind: "refuse", status: 503 }]);
    expect((await askPayment(guest, booking.id)).status).toBe("open");
  });
});

test("nothing has failed inside", () => {
  expect(edge.errors).toEqual([]);
});
