import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { dateToDay, dayToDate, todayIn } from "../../shared/stay.ts";
import { signUp, type TestPerson } from "../local/test-edge.ts";
import { bookStay } from "../local/test-harbour.ts";
import {
  type Booked,
  type BookingWorld,
  codeOf,
  createBookingWorld,
  type DockValues,
} from "./booking-world.fixture.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

/** A stay of two nights at which the guest has arrived today, in the dock's zone. */
async function arrived(values: DockValues = {}): Promise<Booked> {
  const from = todayIn("America/New_York", Date.now());
  const made = await world.booked(values, { from, to: dayToDate(dateToDay(from) + 2) });
  await world.edge.sql.query("UPDATE booking SET check_in_at = now() WHERE id = $1", [
    made.booking.id,
  ]);
  const answer = await world.move(made.guest, made, "check-in");
  return { ...made, booking: Booking.parse(await answer.json()) };
}

/** The night after a stay. */
const after = ({ booking }: Booked) => ({
  from: booking.to,
  to: dayToDate(dateToDay(booking.to) + 1),
});
const otherBooks = async (made: Booked) =>
  bookStay(await signUp(world.edge, "Olga Other"), made.booking.dockId, after(made));
const give = (person: TestPerson, made: Booked, until: string | null) =>
  world.move(person, made, "first-refusal", { until });

describe("first refusal of the next night", () => {
  it("is given by the dock at check-in: to others it is taken, a longer stay uses it", async () => {
    const made = await arrived({ firstRefusalUntil: "10:00" });
    expect(made.booking.firstRefusalUntil).not.toBeNull();
    expect(await codeOf(otherBooks(made))).toBe("dates-taken");
    const longer = await world.changed(made, { to: after(made).to });
    expect(longer.to).toBe(after(made).to);
    // The one after that is hers to refuse now.
    expect(Date.parse(longer.firstRefusalUntil!)).toBeGreaterThan(
      Date.parse(made.booking.firstRefusalUntil!),
    );
    expect(await world.rowsOf(made.booking.dockId)).toMatchObject([
      { source: "booking" },
      { source: "refusal" },
    ]);
  });

  it("runs out by itself", async () => {
    const made = await arrived({ firstRefusalUntil: "10:00" });
    await world.edge.sql.query(
      "UPDATE occupancy SET expires_at = now() - interval '1 second' WHERE refusal_for = $1",
      [made.booking.id],
    );
    expect((await otherBooks(made)).status).toBe(201);
    expect(await codeOf(world.change(made, { to: after(made).to }))).toBe("dates-taken");
  });

  it("ends with the stay", async () => {
    const made = await arrived({ firstRefusalUntil: "10:00" });
    await world.move(made.guest, made, "check-out");
    expect(await world.rowsOf(made.booking.dockId)).toEqual([]);
    expect((await otherBooks(made)).status).toBe(201);
  });

  it("goes on where a longer stay was held and not paid", async () => {
    const made = await world.paid();
    await give(world.host, made, "10:00");
    await world.changed({ ...made, booking: await world.read(made) }, { to: after(made).to });
    expect(await world.rowsOf(made.booking.dockId)).toMatchObject([{}, { source: "change" }]);
    await world.facts.overdue(made.booking.id);
    const [change] = await world.edge.sql.query<{ id: string }>("SELECT changes_due(1) AS id");
    await world.edge.sql.query("SELECT expire_change($1)", [change!.id]);
    expect(await world.rowsOf(made.booking.dockId)).toMatchObject([{}, { source: "refusal" }]);
  });

  it("is the host's yes where the host answers requests", async () => {
    const request = await world.booked({ instantBook: false });
    await world.move(world.host, request, "accept");
    expect((await give(request.guest, request, "10:00")).status).toBe(403);
    const given = Booking.parse(await (await give(world.host, request, "10:00")).json());
    expect(given.firstRefusalUntil).toBe("2027-07-10T14:00:00.000Z");
    const made = { ...request, booking: given };
    expect(await codeOf(world.change(made, { to: "2027-07-12" }))).toBe("not-bookable");
    expect((await world.changed(made, { to: "2027-07-11" })).to).toBe("2027-07-11");
  });

  it("can be taken back, and is not given of a night that is sold", async () => {
    const made = await world.booked();
    expect((await give(await signUp(world.edge, "Sten"), made, "10:00")).status).toBe(404);
    expect((await give(world.host, made, "10:00")).status).toBe(200);
    const back = Booking.parse(await (await give(world.host, made, null)).json());
    expect(back.firstRefusalUntil).toBeNull();
    expect((await otherBooks(made)).status).toBe(201);
    expect(await codeOf(give(world.host, made, "10:00"))).toBe("dates-taken");
  });
});

it("a boat that lies there changes her departure alone", async () => {
  const made = await arrived();
  const other = await world.harbour.addDock({ name: "C 9" });
  expect(await codeOf(world.change(made, { dockId: other.id }))).toBe("move-not-allowed");
  const shorter = await world.changed(made, { to: dayToDate(dateToDay(made.booking.to) - 1) });
  expect(shorter.status).toBe("checked_in");
});

it("a boat that came days ago can stay longer, also where arrivals need notice", async () => {
  const made = await arrived({ noticeHours: 0 });
  const { id, dockId } = made.booking;
  await world.edge.sql.query("UPDATE dock SET notice_hours = 48 WHERE id = $1", [dockId]);
  await world.edge.sql.query(
    `WITH earlier AS (
       UPDATE booking SET nights = daterange(lower(nights) - 2, upper(nights)),
         check_in_at = check_in_at - interval '2 days' WHERE id = $1 RETURNING nights)
     UPDATE occupancy o SET nights = earlier.nights FROM earlier WHERE o.booking_id = $1`,
    [id],
  );
  const lying = { ...made, booking: await world.read(made) };
  expect(dateToDay(lying.booking.from)).toBe(dateToDay(made.booking.from) - 2);
  const longer = await world.changed(lying, { to: after(made).to });
  expect(longer).toMatchObject({ from: lying.booking.from, to: after(made).to });
});
