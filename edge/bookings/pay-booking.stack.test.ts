import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { signUp } from "../local/test-edge.ts";
import { bookStay } from "../local/test-harbour.ts";
import { type BookingWorld, createBookingWorld, RATE, STAY } from "./booking-world.fixture.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

const sweep = () => world.edge.sql.query("SELECT expire_overdue(100)");
const kindsOf = async (made: Parameters<BookingWorld["tasksOf"]>[0]) =>
  (await world.tasksOf(made)).map(({ kind }) => kind);

describe("an instant stay at a dock that collects online", () => {
  it("is held for a quarter of an hour, with a payment of its price and deposit", async () => {
    const made = await world.held();
    const { booking } = made;
    expect(booking.status).toBe("held");
    expect(booking.owedMinor).toBe(booking.totalMinor + 5_000);
    expect(booking.payment).toMatchObject({
      purpose: "stay",
      status: "open",
      amountMinor: booking.owedMinor,
      capturedMinor: 0,
    });
    const left = Date.parse(booking.deadline!) - Date.now();
    expect(left).toBeGreaterThan(14 * 60_000);
    expect(left).toBeLessThan(16 * 60_000);
    expect(await world.isTaken(made)).toBe(true);
  });

  it("is confirmed by its money, once, however often that is told", async () => {
    const made = await world.held();
    const { facts } = world;
    const bookingId = made.booking.id;
    const { id, amount_minor } = await facts.newest(bookingId);
    await Promise.all([
      facts.captured(id, amount_minor),
      facts.captured(id, amount_minor),
      facts.opened(id),
      facts.processing(id),
    ]);
    await facts.captured(id, amount_minor);
    await facts.cancelled(id);
    const paid = await world.read(made);
    expect(paid).toMatchObject({ status: "confirmed", deadline: null });
    expect(paid.payment).toMatchObject({ status: "captured", capturedMinor: amount_minor });
    const pays = await world.edge.sql.query(
      "SELECT FROM event WHERE booking_id = $1 AND kind = 'booking.pay'",
      [bookingId],
    );
    expect(pays).toHaveLength(1);
    expect(await kindsOf(made)).toEqual([]);
    expect(await facts.balance(bookingId, "provider")).toBe(amount_minor);
    expect(await facts.balance(bookingId, "deposit")).toBe(-5_000);
  });

  it("ends unpaid, and its intent is ended", async () => {
    const made = await world.held();
    await world.facts.opened((await world.facts.newest(made.booking.id)).id);
    await world.facts.overdue(made.booking.id);
    await sweep();
    expect((await world.read(made)).status).toBe("expired");
    expect(await world.isTaken(made)).toBe(false);
    expect(await kindsOf(made)).toEqual(["cancel"]);
  });

  it("has no more than three unpaid of one person, and paying one lets the next", async () => {
    const guest = await signUp(world.edge, "Gil Guest");
    const held: Booking[] = [];
    const docks = await Promise.all(
      Array.from({ length: 6 }, () => world.harbour.addDock({ collection: "online", rate: RATE })),
    );
    const answers = await Promise.all(docks.slice(0, 5).map(({ id }) => bookStay(guest, id, STAY)));
    for (const answer of answers) {
      if (answer.ok) held.push(Booking.parse(await answer.json()));
      else expect((await answer.json()).code).toBe("too-many-stays-held");
    }
    expect(held).toHaveLength(3);
    await world.facts.pay(held[0]!);
    expect((await bookStay(guest, docks[5]!.id, STAY)).status).toBe(201);
  });

  it("goes to one of 50 who want it at the same moment", async () => {
    const guests = await Promise.all(
      Array.from({ length: 50 }, (_, i) => signUp(world.edge, `Guest ${i}`)),
    );
    const dock = await world.harbour.addDock({ collection: "online", rate: RATE });
    const answers = await Promise.all(guests.map((guest) => bookStay(guest, dock.id, STAY)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    const payments = await world.edge.sql.query(
      "SELECT FROM payment p JOIN booking b ON b.id = p.booking_id WHERE b.dock_id = $1",
      [dock.id],
    );
    expect(payments).toHaveLength(1);
    expect(world.edge.errors).toEqual([]);
  });

  it("that costs nothing needs no payment", async () => {
    const { booking } = await world.held({
      rate: { currency: "USD", basis: "per_night", minor: 0 },
    });
    expect(booking).toMatchObject({ status: "confirmed", payment: null, owedMinor: 0 });
  });
});

describe("a payment under way when its hold ends", () => {
  it("gets an hour's grace, once, and pays within it", async () => {
    const made = await world.held();
    const { booking } = made;
    const { id, amount_minor } = await world.facts.newest(booking.id);
    await world.facts.processing(id);
    await world.facts.processing(id);
    const graced = await world.read(made);
    expect(Date.parse(graced.deadline!) - Date.parse(booking.deadline!)).toBe(3_600_000);
    expect(graced.version).toBeGreaterThan(booking.version);
    await world.edge.sql.query(
      "UPDATE booking SET deadline = deadline - interval '20 minutes' WHERE id = $1",
      [booking.id],
    );
    await sweep();
    await world.facts.captured(id, amount_minor);
    expect((await world.read(made)).status).toBe("confirmed");
  });

  it("takes the nights again where it comes too late and they are free", async () => {
    const made = await world.held();
    const { id, amount_minor } = await world.facts.newest(made.booking.id);
    await world.facts.overdue(made.booking.id);
    await sweep();
    await world.facts.captured(id, amount_minor);
    expect((await world.read(made)).status).toBe("confirmed");
    expect(await world.isTaken(made)).toBe(true);
    expect(await world.tasksOf(made, "refund")).toEqual([]);
  });

  it("finds another place on a quay", async () => {
    const made = await world.held({ kind: "side_tie", lengthCm: 2_600, gapCm: 100 });
    const { id, amount_minor } = await world.facts.newest(made.booking.id);
    await world.facts.overdue(made.booking.id);
    const next = await signUp(world.edge, "Nia Next");
    expect((await bookStay(next, made.booking.dockId, STAY)).status).toBe(201);
    await world.facts.captured(id, amount_minor);
    expect(await world.read(made)).toMatchObject({ status: "confirmed", spanCm: [1_300, 2_600] });
  });

  it("is sent back whole, once, where the nights are gone", async () => {
    const made = await world.held();
    const { facts } = world;
    const { id: bookingId, dockId } = made.booking;
    const { id, amount_minor } = await facts.newest(bookingId);
    await facts.overdue(bookingId);
    const next = await signUp(world.edge, "Nia Next");
    expect((await bookStay(next, dockId, STAY)).status).toBe(201);
    await Promise.all([1, 2, 3].map(() => facts.captured(id, amount_minor)));
    expect((await world.read(made)).status).toBe("expired");
    const refunds = await world.tasksOf(made, "refund");
    expect(refunds).toMatchObject([
      { amount_minor, deposit_minor: 5_000, reason: "too-late", payment_id: id },
    ]);
    await facts.refunded(refunds[0]!);
    await facts.refunded(refunds[0]!);
    expect((await facts.newest(bookingId)).refunded_minor).toBe(amount_minor);
    expect(await facts.balance(bookingId, "provider")).toBe(0);
    expect(await facts.balance(bookingId, "guest")).toBe(0);
  });

  it("ends an intent that was made while the hold ran out", async () => {
    const made = await world.held();
    await world.facts.overdue(made.booking.id);
    await sweep();
    const { id, status } = await world.facts.newest(made.booking.id);
    expect(status).toBe("cancelled");
    await world.facts.opened(id);
    await world.facts.opened(id);
    expect(await kindsOf(made)).toEqual(["cancel"]);
  });

  it("loses or wins against the sweepers as a whole", async () => {
    for (let round = 0; round < 4; round++) {
      const made = await world.held();
      const { id, amount_minor } = await world.facts.newest(made.booking.id);
      await world.facts.overdue(made.booking.id);
      await Promise.all([sweep(), sweep(), world.facts.captured(id, amount_minor), sweep()]);
      // Nobody else wanted the nights: whoever came first, the money finds them.
      expect((await world.read(made)).status).toBe("confirmed");
      expect(await world.isTaken(made)).toBe(true);
      expect(await world.tasksOf(made, "refund")).toEqual([]);
    }
  });
});

describe("a request at a dock that collects online", () => {
  const request = () => world.held({ instantBook: false, cancellationPolicy: "moderate" });

  it("is accepted once its card was found good, and captured then", async () => {
    const made = await request();
    expect(made.booking.status).toBe("requested");
    const refused = await world.move(world.host, made, "accept");
    expect(await refused.json()).toMatchObject({
      code: "payment-required",
      status: 409,
      current: { status: "requested" },
    });
    const payment = await world.facts.pay(made.booking);
    const accepted = await world.move(world.host, made, "accept");
    expect((await accepted.json()).status).toBe("confirmed");
    expect(await world.tasksOf(made)).toMatchObject([
      { kind: "capture", amount_minor: payment.amount_minor, state: "due" },
    ]);
    await world.facts.captured(payment.id, payment.amount_minor);
    expect((await world.read(made)).payment?.status).toBe("captured");
    expect(await world.tasksOf(made)).toMatchObject([{ kind: "capture", state: "done" }]);
  });

  it.each(["decline", "cancel", "expire"])("lets the card go on %s", async (move) => {
    const made = await request();
    await world.facts.pay(made.booking);
    if (move === "expire") {
      await world.facts.overdue(made.booking.id);
      await sweep();
    } else {
      const who = move === "decline" ? world.host : made.guest;
      expect((await world.move(who, made, move)).status).toBe(200);
    }
    expect(await kindsOf(made)).toEqual(["cancel"]);
    expect((await world.read(made)).owedMinor).toBe(0);
  });

  it("whose capture fails for good is cancelled, and its nights are free", async () => {
    const made = await request();
    const { id } = await world.facts.pay(made.booking);
    await world.move(world.host, made, "accept");
    await world.facts.cancelled(id);
    expect(await world.read(made)).toMatchObject({
      status: "cancelled",
      payment: { status: "cancelled" },
    });
    expect(await world.isTaken(made)).toBe(false);
    const history = await made.guest.fetch(`GET /api/bookings/${made.booking.id}/history`);
    expect((await history.json()).items.at(-1)).toMatchObject({
      kind: "booking.cancel",
      actor: { id: null, role: "system" },
    });
  });

  it("cancelled before its capture has come is sent back as far as the policy says", async () => {
    const made = await request();
    const { booking } = made;
    const { id, amount_minor } = await world.facts.pay(booking);
    await world.move(world.host, made, "accept");
    await world.facts.checkInAt(booking.id, "48 hours");
    await world.move(made.guest, made, "cancel");
    expect(await kindsOf(made)).toEqual(["capture"]);
    await world.facts.captured(id, amount_minor);
    const half = Math.round(booking.totalMinor / 2);
    expect(await world.tasksOf(made, "refund")).toMatchObject([
      { amount_minor: half + 5_000, deposit_minor: 5_000 },
    ]);
    expect(await world.facts.balance(booking.id, "guest")).toBe(-(half + 5_000));
  });

  it("has no more than ten open of one person", async () => {
    const guest = await signUp(world.edge, "Rae Requester");
    const dock = await world.harbour.addDock({ instantBook: false });
    const two = (day: number) => String(day).padStart(2, "0");
    const answers = await Promise.all(
      Array.from({ length: 13 }, (_, i) =>
        bookStay(guest, dock.id, {
          from: `2027-08-${two(i + 1)}`,
          to: `2027-08-${two(i + 2)}`,
        })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    const refused = answers.find(({ status }) => status === 409);
    expect((await refused!.json()).code).toBe("too-many-requests-open");
  });
});

it("the ledger of all of it adds up to nothing", async () => {
  expect(await world.sumOfLedger()).toBe(0);
});
