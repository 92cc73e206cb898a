import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Booking } from "../../shared/booking.ts";
import type { HostDock } from "../../shared/dock.ts";
import { sweepBookings } from "../bookings/sweep-bookings.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";

/** The winter, over New Year. */
const WINTER = [{ from: "11-01", to: "04-01" }];

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

async function edit(dock: HostDock, body: object): Promise<Response> {
  const { version } = await (await harbour.host.fetch(`GET /api/docks/${dock.id}`)).json();
  return harbour.host.fetch(`PATCH /api/docks/${dock.id}`, body, { "If-Match": `"${version}"` });
}

async function free({ id }: HostDock, from: string, to: string): Promise<string[]> {
  const answer = await guest.fetch(`GET /api/docks/${id}/availability?from=${from}&to=${to}`);
  const { nights } = await answer.json();
  return nights.filter((night: { free: boolean }) => night.free).map((n: { date: string }) =>
    n.date
  );
}

async function isFound({ id }: HostDock, from: string, to: string): Promise<boolean> {
  const query = new URLSearchParams({ near: "41.4869,-71.3268", radiusM: "5000", from, to });
  const { items } = await (await guest.fetch(`GET /api/docks?${query}&limit=100`)).json();
  return items.some((item: { id: number }) => item.id === id);
}

describe("a dock that is closed in winter", () => {
  it("says so in search, availability, quote and booking alike", async () => {
    const dock = await harbour.addDock({ closures: WINTER });
    expect(dock.closures).toEqual(WINTER);
    expect(await free(dock, "2027-10-30", "2027-11-03")).toEqual(["2027-10-30", "2027-10-31"]);
    expect(await free(dock, "2028-03-30", "2028-04-02")).toEqual(["2028-04-01"]);
    expect(await isFound(dock, "2027-10-29", "2027-11-01")).toBe(true);
    expect(await isFound(dock, "2027-10-29", "2027-11-02")).toBe(false);
    const refused = await bookStay(guest, dock.id, { from: "2027-10-29", to: "2027-11-02" });
    expect(await refused.json()).toMatchObject({ code: "stay-not-possible", rule: "closed" });
    const sold = await bookStay(guest, dock.id, { from: "2027-10-29", to: "2027-11-01" });
    expect(sold.status).toBe(201);
  });

  it("that closes later keeps the stays that it has, and closes what they free", async () => {
    const dock = await harbour.addDock();
    const stay = { from: "2027-11-03", to: "2027-11-06" };
    const booking = Booking.parse(await (await bookStay(guest, dock.id, stay)).json());
    const edited = await edit(dock, { closures: WINTER });
    expect(edited.status).toBe(200);
    expect(await free(dock, "2027-11-01", "2027-11-10")).toEqual([]);
    expect((await guest.fetch(`GET /api/bookings/${booking.id}`)).status).toBe(200);
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    expect(await free(dock, "2027-11-01", "2027-11-10")).toEqual([]);
    expect(await isFound(dock, stay.from, stay.to)).toBe(false);
    expect((await edit(dock, { closures: [] })).status).toBe(200);
    expect(await free(dock, "2027-11-01", "2027-11-10")).toHaveLength(9);
  });

  it("closes what a boat leaves free of a quay, and can be lengthened still", async () => {
    const quay = await harbour.addDock({ kind: "side_tie", lengthCm: 4_000, gapCm: 100 });
    const stay = { from: "2027-10-30", to: "2027-11-03" };
    const kept = Booking.parse(await (await bookStay(guest, quay.id, stay)).json());
    await edit(quay, { closures: WINTER });
    expect(await free(quay, "2027-10-29", "2027-11-05")).toEqual([
      "2027-10-29",
      "2027-10-30",
      "2027-10-31",
    ]);
    await guest.fetch(`POST /api/bookings/${kept.id}/cancel`);
    expect(await free(quay, "2027-10-29", "2027-11-05")).toHaveLength(3);
    expect((await edit(quay, { lengthCm: 5_000 })).status).toBe(200);
    const rows = await edge.sql.query(
      "SELECT FROM occupancy WHERE dock_id = $1 AND nights @> date '2027-12-24'",
      [quay.id],
    );
    expect(rows).toHaveLength(1);
  });

  it("closes nights as they come on sale, however many sweep", async () => {
    const dock = await harbour.addDock({ closures: WINTER });
    await edge.sql.query(
      `DELETE FROM occupancy WHERE dock_id = $1 AND source = 'closure' AND lower(nights) > '2027-06-01'`,
      [dock.id],
    );
    await edge.sql.query("UPDATE closure_horizon SET until = '2027-06-01' WHERE dock_id = $1", [
      dock.id,
    ]);
    expect(await free(dock, "2027-11-01", "2027-11-03")).toHaveLength(2);
    await Promise.all(Array.from({ length: 4 }, () => sweepBookings(edge.sql)));
    expect(await free(dock, "2027-11-01", "2027-11-03")).toEqual([]);
    const rows = await edge.sql.query(
      "SELECT FROM event WHERE dock_id = $1 AND kind = 'nights.closed'",
      [dock.id],
    );
    expect(rows.length).toBeGreaterThan(0);
  });

  it("is refused where the days are none", async () => {
    const dock = await harbour.addDock();
    const refused = await edit(dock, { closures: [{ from: "02-30", to: "03-01" }] });
    expect(refused.status).toBe(422);
  });
});
