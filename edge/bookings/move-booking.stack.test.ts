import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";

const STAY = { from: "2027-07-03", to: "2027-07-10" };

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
  stranger = await signUp(edge, "Sten Stranger");
});
afterAll(() => edge.close());

async function booked(instantBook: boolean): Promise<Booking> {
  const dock = await harbour.addDock({ instantBook });
  return Booking.parse(await (await bookStay(guest, dock.id, STAY)).json());
}

async function takenNights(booking: Booking): Promise<number> {
  const rows = await edge.sql.query("SELECT 1 FROM occupancy WHERE booking_id = $1", [booking.id]);
  return rows.length;
}

describe("moves of a booking", () => {
  it("lets the host accept a request, once", async () => {
    const request = await booked(false);
    const answer = await harbour.host.fetch(`POST /api/bookings/${request.id}/accept`);
    const accepted = Booking.parse(await answer.json());
    expect(accepted).toMatchObject({ status: "confirmed", role: "host", deadline: null });
    expect(accepted.version).toBeGreaterThan(request.version);
    const again = await harbour.host.fetch(`POST /api/bookings/${request.id}/accept`);
    expect(await again.json()).toMatchObject({
      code: "move-not-allowed",
      current: { status: "confirmed", version: accepted.version },
    });
  });

  it("frees the nights of a declined request and of a cancelled stay", async () => {
    const request = await booked(false);
    const declined = await harbour.host.fetch(`POST /api/bookings/${request.id}/decline`);
    expect((await declined.json()).status).toBe("declined");
    expect(await takenNights(request)).toBe(0);

    const stay = await booked(true);
    const cancelled = await guest.fetch(`POST /api/bookings/${stay.id}/cancel`, undefined, {
      "If-Match": `"${stay.version}"`,
    });
    expect((await cancelled.json()).status).toBe("cancelled");
    expect(await takenNights(stay)).toBe(0);
    expect((await bookStay(guest, stay.dockId, STAY)).status).toBe(201);
  });

  it("answers 412 with the current record where If-Match names an older version", async () => {
    const stay = await booked(true);
    const answer = await guest.fetch(`POST /api/bookings/${stay.id}/cancel`, undefined, {
      "If-Match": `"${stay.version - 1}"`,
    });
    expect(answer.status).toBe(412);
    expect(await answer.json()).toMatchObject({ code: "stale", current: { id: stay.id } });
    expect(await takenNights(stay)).toBe(1);
  });

  it("lets a guest neither accept nor decline, and a stranger nothing at all", async () => {
    const request = await booked(false);
    for (const move of ["accept", "decline"]) {
      const answer = await guest.fetch(`POST /api/bookings/${request.id}/${move}`);
      expect(answer.status).toBe(403);
    }
    for (const move of ["accept", "decline", "cancel", "check-in", "check-out"]) {
      const answer = await stranger.fetch(`POST /api/bookings/${request.id}/${move}`);
      expect(answer.status).toBe(404);
    }
    expect((await stranger.fetch(`GET /api/bookings/${request.id}`)).status).toBe(404);
    expect(await takenNights(request)).toBe(1);
  });

  it("does not check in before the arrival day", async () => {
    const stay = await booked(true);
    const answer = await guest.fetch(`POST /api/bookings/${stay.id}/check-in`);
    expect(answer.status).toBe(409);
    expect((await answer.json()).code).toBe("move-not-allowed");
  });

  it("makes one move when host and guest move at the same moment", async () => {
    const request = await booked(false);
    const answers = await Promise.all([
      harbour.host.fetch(`POST /api/bookings/${request.id}/accept`),
      harbour.host.fetch(`POST /api/bookings/${request.id}/decline`),
      guest.fetch(`POST /api/bookings/${request.id}/cancel`),
    ]);
    const events = await edge.sql.query<{ version: number }>(
      "SELECT version FROM event WHERE booking_id = $1 ORDER BY version",
      [request.id],
    );
    const done = answers.filter(({ ok }) => ok).length;
    expect(events).toHaveLength(1 + done);
    const { status } = await (await guest.fetch(`GET /api/bookings/${request.id}`)).json();
    expect(await takenNights(request)).toBe(status === "confirmed" ? 1 : 0);
  });
});

describe("an unanswered request", () => {
  it("ends by the database's clock, at the next booking of its dock", async () => {
    const request = await booked(false);
    await overdue(request);
    const next = await bookStay(guest, request.dockId, STAY);
    expect(next.status).toBe(201);
    const { status } = await (await guest.fetch(`GET /api/bookings/${request.id}`)).json();
    expect(status).toBe("expired");
    const late = await harbour.host.fetch(`POST /api/bookings/${request.id}/accept`);
    expect(late.status).toBe(409);
  });

  it("is ended by sweepers, however many run at once", async () => {
    const requests = await Promise.all([booked(false), booked(false), booked(false)]);
    for (const request of requests) await overdue(request);
    const sweeps = await Promise.all(
      Array.from(
        { length: 8 },
        () => edge.sql.query<{ expired: number }>("SELECT expire_overdue(100) AS expired"),
      ),
    );
    expect(sweeps.flat().reduce((sum, { expired }) => sum + expired, 0)).toBe(3);
    for (const request of requests) expect(await takenNights(request)).toBe(0);
  });
});

describe("GET /api/bookings", () => {
  it("pages through a person's stays, as guest or as host", async () => {
    const pager = await signUp(edge, "Pia Pager");
    const dock = await harbour.addDock();
    for (const [from, to] of [["03", "04"], ["05", "06"], ["07", "08"]]) {
      // The order is that of the ids, which tell milliseconds apart.
      edge.clock.nowMs += 1;
      await bookStay(pager, dock.id, { from: `2027-09-${from}`, to: `2027-09-${to}` });
    }
    const first = await (await pager.fetch("GET /api/bookings?limit=2")).json();
    expect(first.items).toHaveLength(2);
    const rest = await (await pager.fetch(`GET /api/bookings?limit=2&cursor=${first.nextCursor}`))
      .json();
    expect(rest).toMatchObject({
      items: [{ from: "2027-09-03", role: "guest" }],
      nextCursor: null,
    });
    const hosted = await (await pager.fetch("GET /api/bookings?role=host")).json();
    expect(hosted.items).toEqual([]);
    expect((await pager.fetch("GET /api/bookings?role=owner")).status).toBe(422);
    expect((await pager.fetch("GET /api/bookings?cursor=zzz")).status).toBe(422);
  });
});

/** A request whose time is over. */
async function overdue(request: Booking): Promise<void> {
  await edge.sql.query("UPDATE booking SET deadline = now() - interval '1 second' WHERE id = $1", [
    request.id,
  ]);
}
