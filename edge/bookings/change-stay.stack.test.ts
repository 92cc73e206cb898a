import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { signUp } from "../local/test-edge.ts";
import { bookStay, createTestHarbour } from "../local/test-harbour.ts";
import {
  type Booked,
  type BookingWorld,
  codeOf,
  createBookingWorld,
  STAY,
} from "./booking-world.fixture.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

const CHEAP = { currency: "USD", basis: "per_night", minor: 8_000 } as const;
const again = (made: Booked, booking: Booking): Booked => ({ ...made, booking });

/** Somebody else who books the same dock. */
async function otherBooks(dockId: number, stay: { from: string; to: string }): Promise<Response> {
  return await bookStay(await signUp(world.edge, "Olga Other"), dockId, stay);
}

describe("a change of a stay whose fee is taken ashore", () => {
  it("is made at once: longer, shorter, other nights", async () => {
    const made = await world.booked();
    const { booking } = made;
    const longer = await world.changed(made, { to: "2027-07-12" });
    expect(longer).toMatchObject({ to: "2027-07-12", totalMinor: 9 * 9_000, status: "confirmed" });
    expect(longer.version).toBeGreaterThan(booking.version);
    expect(longer.checkOutAt).toBe("2027-07-12T16:00:00.000Z");
    const shorter = await world.changed(again(made, longer), { to: "2027-07-05" });
    expect(shorter.totalMinor).toBe(2 * 9_000);
    const far = { from: "2027-08-01", to: "2027-08-03" };
    const moved = await world.changed(again(made, shorter), far);
    expect(moved.checkInAt).toBe("2027-08-01T18:00:00.000Z");
    // What the tiers count from does not move away.
    expect(moved.policyFrom).toBe(booking.policyFrom);
    expect(await world.rowsOf(booking.dockId)).toEqual([
      { nights: "[2027-08-01,2027-08-03)", span: "[0,)", source: "booking" },
    ]);
    const history = await made.guest.fetch(`GET /api/bookings/${booking.id}/history`);
    const { items } = await history.json();
    expect(items.map((item: { kind: string }) => item.kind)).toEqual(
      ["booking.create", "booking.change", "booking.change", "booking.change"],
    );
    expect(items[1]).toMatchObject({
      before: { to: "2027-07-10", version: booking.version },
      after: { to: "2027-07-12", version: longer.version },
      amounts: { differenceMinor: 18_000 },
    });
  });

  it("moves to another berth of the same host, and its version goes on", async () => {
    const made = await world.booked();
    const { booking } = made;
    const other = await world.harbour.addDock({ name: "C 3", rate: CHEAP });
    const first = await world.changed(made, { to: "2027-07-11" });
    const moved = await world.changed(again(made, first), { dockId: other.id });
    expect(moved).toMatchObject({ dockId: other.id, totalMinor: 8 * 8_000 });
    expect(moved.version).toBeGreaterThan(first.version);
    expect(moved.threadId).not.toBe(booking.threadId);
    expect(await world.rowsOf(booking.dockId)).toEqual([]);
    expect(await world.rowsOf(other.id)).toHaveLength(1);
    expect((await otherBooks(booking.dockId, STAY)).status).toBe(201);
  });

  it("stays where it lies on a quay, or finds another place there", async () => {
    const first = await world.booked({ kind: "side_tie", lengthCm: 4_000, gapCm: 100 });
    const second = await otherBooks(first.booking.dockId, { from: STAY.to, to: "2027-07-12" });
    expect(Booking.parse(await second.json()).spanCm).toEqual([0, 1_300]);
    // Her own place is taken for the next night: elsewhere on the quay there is room.
    const longer = await world.changed(first, { to: "2027-07-11" });
    expect(longer.spanCm).toEqual([1_300, 2_600]);
    const shorter = await world.changed(again(first, longer), { to: "2027-07-09" });
    expect(shorter.spanCm).toEqual([1_300, 2_600]);
  });

  it("is refused where the nights are another's, with nothing changed", async () => {
    const made = await world.booked();
    const { dockId } = made.booking;
    expect((await otherBooks(dockId, { from: STAY.to, to: "2027-07-12" })).status).toBe(201);
    const answer = await world.change(made, { to: "2027-07-11" });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({ code: "dates-taken", nearest: expect.any(Array) });
    expect(await world.read(made)).toEqual(made.booking);
  });

  it.each([
    ["min-nights", { minNights: 3 }, { to: "2027-07-05" }],
    ["max-nights", { maxNights: 8 }, { to: "2027-07-12" }],
    ["closed", { closures: [{ from: "07-12", to: "09-01" }] }, { to: "2027-07-13" }],
    ["past", {}, { from: "2026-07-03", to: "2026-07-08" }],
  ])("keeps the dock's rules: %s", async (rule, values, wish) => {
    const made = await world.booked(values);
    const answer = await world.change(made, wish);
    expect(await answer.json()).toMatchObject({ code: "stay-not-possible", rule });
  });

  it("says 428 without If-Match, 412 with the current record where it is stale", async () => {
    const made = await world.booked();
    const { id, version } = made.booking;
    const body = { to: "2027-07-12", quote: "x" };
    const blind = await made.guest.fetch(`POST /api/bookings/${id}/extend`, body, {
      "Idempotency-Key": "k",
    });
    expect(blind.status).toBe(428);
    const stale = await world.change(made, { to: "2027-07-12" }, { version: version - 1 });
    expect(stale.status).toBe(412);
    expect(await stale.json()).toMatchObject({ code: "stale", current: { id, version } });
  });

  it("answers a retry with the first answer, also while the first is in flight", async () => {
    const { guest, booking } = await world.booked();
    const key = crypto.randomUUID();
    const query = new URLSearchParams({ ...STAY, to: "2027-07-12", bookingId: booking.id });
    const quoted = await guest.fetch(`GET /api/docks/${booking.dockId}/quote?${query}`);
    const { quote } = await quoted.json();
    const ask = (to = "2027-07-12") =>
      guest.fetch(`POST /api/bookings/${booking.id}/extend`, { to, quote }, {
        "If-Match": `"${booking.version}"`,
        "Idempotency-Key": key,
      });
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask()));
    const texts = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(texts).size).toBe(1);
    expect(JSON.parse(texts[0]!).to).toBe("2027-07-12");
    expect(await (await ask()).text()).toBe(texts[0]);
  });

  it("is its guest's alone, at docks of the same host", async () => {
    const made = await world.booked();
    const wish = { to: "2027-07-12" };
    expect(await codeOf(world.change(made, wish, { person: world.host }))).toBe("forbidden");
    const stranger = await signUp(world.edge, "Sten Stranger");
    expect(await codeOf(world.change(made, wish, { person: stranger }))).toBe("not-found");
    const elsewhere = await createTestHarbour(world.edge);
    const { id: dockId } = await elsewhere.addDock();
    expect(await codeOf(world.change(made, { dockId }))).toBe("not-bookable");
    expect(await codeOf(world.change(made, {}))).toBe("invalid");
    const query = new URLSearchParams({ ...STAY, bookingId: made.booking.id });
    const quote = await stranger.fetch(`GET /api/docks/${made.booking.dockId}/quote?${query}`);
    expect(quote.status).toBe(404);
  });

  it("is a question to hosts who answer requests, but a shorter stay is not", async () => {
    const request = await world.booked({ instantBook: false });
    await world.move(world.host, request, "accept");
    const made = again(request, await world.read(request));
    expect(await codeOf(world.change(made, { to: "2027-07-12" }))).toBe("not-bookable");
    expect((await world.changed(made, { to: "2027-07-09" })).to).toBe("2027-07-09");
  });

  it("and a new booking: one of the two has the night", async () => {
    for (let round = 0; round < 5; round++) {
      const made = await world.booked();
      const { dockId } = made.booking;
      const [longer, other] = await Promise.all([
        world.change(made, { to: "2027-07-12" }),
        otherBooks(dockId, { from: "2027-07-11", to: "2027-07-13" }),
      ]);
      expect([longer.ok, other.ok].filter(Boolean)).toHaveLength(1);
      expect(longer.ok ? other.status : longer.status).toBe(409);
      expect(await world.rowsOf(dockId)).toHaveLength(longer.ok ? 1 : 2);
    }
  });

  it("of two stays into each other's berths never waits in a ring", async () => {
    const [one, two] = [await world.booked(), await world.booked({ name: "C 4" })];
    for (let round = 0; round < 6; round++) {
      const [a, b] = [again(one, await world.read(one)), again(two, await world.read(two))];
      const free = await world.harbour.addDock({ name: "C 5" });
      const answers = await Promise.all([
        world.change(a, { dockId: round % 2 ? b.booking.dockId : free.id }),
        world.change(b, { dockId: round % 2 ? free.id : a.booking.dockId }),
      ]);
      for (const { status } of answers) expect([200, 409]).toContain(status);
    }
    expect(world.edge.errors).toEqual([]);
  });
});
