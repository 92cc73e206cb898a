import { afterAll, beforeAll, expect, it } from "vitest";
import { signUp } from "../local/test-edge.ts";
import { bookStay } from "../local/test-harbour.ts";
import { type BookingWorld, createBookingWorld, STAY } from "./booking-world.fixture.ts";

let world: BookingWorld;
beforeAll(async () => {
  world = await createBookingWorld();
});
afterAll(() => world.edge.close());

/** A statement is begun again so often, on other connections, before it is given up. */
const TRIES = 3;

/**
 * Runs some work while the dock's calendar is locked, and ends each connection on which it waits for
 * that: the process that did it might as well have died.
 */
async function cutWhileWaiting<T>(
  dockId: number,
  start: () => Promise<T>,
  cuts = TRIES,
): Promise<T> {
  const { sql } = world.edge;
  let work: Promise<T> | undefined;
  await sql.transaction(async (tx) => {
    await tx.query("SELECT FROM calendar WHERE dock_id = $1 FOR UPDATE", [dockId]);
    work = start();
    work.catch(() => {});
    const cut = new Set<number>();
    while (cut.size < cuts) {
      const rows = await sql.query<{ pid: number }>(
        `SELECT pid, pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'SELECT %'`,
      );
      for (const { pid } of rows) cut.add(pid);
    }
  });
  if (work === undefined) throw new Error("nothing was started");
  return await work;
}

it("a booking whose connection is lost is made on another one, once", async () => {
  const guest = await signUp(world.edge, "Gus Guest");
  const dock = await world.harbour.addDock();
  const answer = await cutWhileWaiting(dock.id, () => bookStay(guest, dock.id, STAY), 1);
  expect(answer.status).toBe(201);
  expect(await world.rowsOf(dock.id)).toHaveLength(1);
});

it("a booking cut off midway leaves nothing, and its retry books once", async () => {
  const guest = await signUp(world.edge, "Gus Guest");
  const dock = await world.harbour.addDock();
  const params = new URLSearchParams({ ...STAY, loaCm: "1200" });
  const { quote } = await (await guest.fetch(`GET /api/docks/${dock.id}/quote?${params}`)).json();
  const key = crypto.randomUUID();
  const boat = { name: "Petrel", hullType: "mono", loaCm: 1_200, beamCm: 380, draftCm: 180 };
  const ask = () =>
    guest.fetch("POST /api/bookings", { dockId: dock.id, ...STAY, boat, quote }, {
      "Idempotency-Key": key,
    });
  expect((await cutWhileWaiting(dock.id, ask)).status).toBe(503);
  expect(await world.rowsOf(dock.id)).toEqual([]);
  const answers = await Promise.all([ask(), ask()]);
  const texts = await Promise.all(answers.map((answer) => answer.text()));
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  expect(new Set(texts).size).toBe(1);
  expect(await world.rowsOf(dock.id)).toHaveLength(1);
});

it("a change cut off midway leaves the stay as it was", async () => {
  const made = await world.booked();
  const { dockId } = made.booking;
  const answer = await cutWhileWaiting(dockId, () => world.change(made, { to: "2027-07-12" }));
  expect(answer.status).toBe(503);
  expect(await world.read(made)).toEqual(made.booking);
  expect((await world.changed(made, { to: "2027-07-12" })).to).toBe("2027-07-12");
  expect(await world.rowsOf(dockId)).toHaveLength(1);
});

it("a payment cut off midway is told again, and pays once", async () => {
  const made = await world.held();
  const { dockId, id: bookingId } = made.booking;
  const { id, amount_minor } = await world.facts.newest(bookingId);
  const told = cutWhileWaiting(dockId, () => world.facts.captured(id, amount_minor));
  await expect(told).rejects.toThrow();
  expect((await world.read(made)).status).toBe("held");
  expect(await world.facts.balance(bookingId, "provider")).toBe(0);
  await world.facts.captured(id, amount_minor);
  expect((await world.read(made)).status).toBe("confirmed");
  expect(await world.facts.balance(bookingId, "provider")).toBe(amount_minor);
});

it("a cancellation cut off midway sends nothing back until it is made", async () => {
  const made = await world.paid();
  const cancel = () => world.move(made.guest, made, "cancel");
  expect((await cutWhileWaiting(made.booking.dockId, cancel)).status).toBe(503);
  expect(await world.tasksOf(made)).toEqual([]);
  expect((await cancel()).status).toBe(200);
  expect(await world.tasksOf(made)).toHaveLength(1);
  const next = await signUp(world.edge, "Nia Next");
  expect((await bookStay(next, made.booking.dockId, STAY)).status).toBe(201);
});
