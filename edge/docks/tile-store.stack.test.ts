import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bbox } from "../../shared/geo.ts";
import { tileDocks } from "../../shared/tile.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import {
  anotherProcess,
  countingSql,
  createTestCache,
  gate,
  isLeafLoad,
  NEWPORT,
  nightsTaken,
} from "../local/test-tile-store.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import type { Sql } from "../platform/sql.ts";

const WORLD: Bbox = { west: -180, south: -90, east: 180, north: 90 };

/** Where nothing else lies. */
const SPOT = { lat: 41.45, lon: -71.25 };

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

describe("createTileStore", () => {
  it("shows a dock from the moment it is published, also in an empty leaf", async () => {
    const { store, clock } = anotherProcess(edge.sql);
    expect(await nightsTaken(store, 1)).toBeUndefined();
    const dock = await harbour.addDock();
    clock.nowMs += 600;
    expect(await nightsTaken(store, dock.id)).toBe(0);
  });

  it("sees another process's booking within half a second, and its end", async () => {
    const dock = await harbour.addDock();
    const { store, clock } = anotherProcess(edge.sql);
    expect(await nightsTaken(store, dock.id)).toBe(0);
    const stay = { from: "2027-07-03", to: "2027-07-10" };
    const booking = await (await bookStay(guest, dock.id, stay)).json();
    clock.nowMs += 501;
    expect(await nightsTaken(store, dock.id)).toBe(1);
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    clock.nowMs += 501;
    expect(await nightsTaken(store, dock.id)).toBe(0);
  });

  it("loads a tile once, however many ask a process that knows nothing", async () => {
    const { sql, statements } = countingSql(edge.sql);
    const { store } = anotherProcess(sql);
    const waters = await Promise.all(
      Array.from({ length: 200 }, () => store.waterIn(NEWPORT, 10)),
    );
    // The log, the directory, the tile.
    expect(statements).toHaveLength(3);
    expect(statements.filter(isLeafLoad)).toHaveLength(1);
    expect(waters.filter(({ layers }) => layers.origin === 1)).toHaveLength(1);
    expect(waters.filter(({ layers }) => layers.collapsed === 1)).toHaveLength(199);
  });

  it("reads the nights of what was booked, not the tile again", async () => {
    const docks = [await harbour.addDock(), await harbour.addDock()];
    const { sql, statements } = countingSql(edge.sql);
    const { store, clock } = anotherProcess(sql);
    await store.waterIn(NEWPORT, 10);
    for (const [i, dock] of docks.entries()) {
      await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
      await bookStay(guest, dock.id, { from: "2027-07-17", to: "2027-07-24" });
      clock.nowMs += 501;
      statements.length = 0;
      const { layers } = await store.waterIn(NEWPORT, 10);
      expect(layers).toMatchObject({ memory: 0, renewed: 1, origin: undefined });
      const views = await Promise.all(
        Array.from({ length: 50 }, () => nightsTaken(store, dock.id)),
      );
      expect(new Set(views)).toEqual(new Set([2]));
      expect(statements).toHaveLength(2);
      expect(statements.filter(isLeafLoad)).toEqual([]);
      expect(await nightsTaken(store, docks[1 - i]!.id)).toBe(i === 0 ? 0 : 2);
    }
    // What changes more than nights brings the tile.
    await harbour.host.fetch(`POST /api/docks/${docks[0]!.id}/pause`);
    clock.nowMs += 501;
    expect(await nightsTaken(store, docks[0]!.id)).toBeUndefined();
    expect(statements.filter(isLeafLoad)).toHaveLength(1);
  });

  it("does not take a dock's nights for all of a change that came with them", async () => {
    const dock = await harbour.addDock();
    const paused = gate();
    const reading = gate();
    const slow: Sql = {
      async query<Row>(text: string, values?: Parameters<Sql["query"]>[1]) {
        if (text.includes("AS known (id, version)")) {
          reading.resolve();
          await paused.promise;
        }
        return await edge.sql.query<Row>(text, values);
      },
      transaction: (work) => edge.sql.transaction(work),
    };
    const { store, clock } = anotherProcess(slow);
    await store.waterIn(NEWPORT, 10);
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    clock.nowMs += 501;
    // The log tells of a booking; before its nights are read, the dock gets another name too.
    const view = store.waterIn(NEWPORT, 10);
    await reading.promise;
    const edited = await harbour.host.fetch(
      `PATCH /api/docks/${dock.id}`,
      { name: "Berth of honour" },
      { "If-Match": `"${dock.version}"` },
    );
    expect(edited.status).toBe(200);
    paused.resolve();
    await view;
    clock.nowMs += 501;
    const { tiles } = await store.waterIn(NEWPORT, 10);
    expect(tiles.flatMap(tileDocks).find(({ id }) => id === dock.id)?.name).toBe("Berth of honour");
  });

  it("does not let a fill that began before a booking hide it", async () => {
    const dock = await harbour.addDock();
    const paused = gate();
    const read = gate();
    let loads = 0;
    const slow: Sql = {
      async query<Row>(text: string, values?: Parameters<Sql["query"]>[1]) {
        const rows = await edge.sql.query<Row>(text, values);
        if (text.includes("unnest($1::text[])") && loads++ === 0) {
          read.resolve();
          await paused.promise;
        }
        return rows;
      },
      transaction: (work) => edge.sql.transaction(work),
    };
    const { store, clock } = anotherProcess(slow);
    const early = store.waterIn(NEWPORT, 10);
    await read.promise;
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    clock.nowMs += 501;
    // Whoever comes now knows of the booking, and finds the load under way.
    await store.changesSeen();
    const late = nightsTaken(store, dock.id);
    await Promise.resolve();
    paused.resolve();
    await early;
    expect(await late).toBe(1);
    expect(await nightsTaken(store, dock.id)).toBe(1);
  });

  it("shows every dock of a leaf that has split since the directory was read", async () => {
    const other = await createTestEdge();
    try {
      const first = await (await createTestHarbour(other)).addDock();
      const addMany = (count: number) =>
        other.sql.transaction(async (tx) => {
          const ids = await tx.query<{ id: number }>(
            `INSERT INTO dock SELECT (jsonb_populate_record(d, jsonb_build_object(
               'id', nextval(pg_get_serial_sequence('dock', 'id')), 'leaf', NULL,
               'status', 'draft', 'cell', overlay(d.cell PLACING (n % 4)::text FROM 9)))).*
             FROM dock d, generate_series(1, $2) AS n WHERE d.id = $1 RETURNING id`,
            [first.id, count],
          );
          await tx.query(
            `WITH made AS (INSERT INTO calendar (dock_id) SELECT unnest($1::bigint[])
               RETURNING dock_id)
             SELECT place_dock(dock_id, 'published') FROM made`,
            [ids.map(({ id }) => id)],
          );
        });
      await addMany(511);
      const { store } = anotherProcess(other.sql);
      await store.changesSeen();
      await addMany(100);
      const { tiles } = await store.waterIn(WORLD, 100);
      expect(tiles.length).toBeGreaterThan(3);
      expect(tiles.flatMap(tileDocks)).toHaveLength(612);
    } finally {
      await other.close();
    }
  });

  it("has all of 600 docks at one place, and sees each one's bookings", async () => {
    const first = await harbour.addDock({ position: SPOT });
    const rows = await edge.sql.query<{ id: number }>(
      `INSERT INTO dock SELECT (jsonb_populate_record(d, jsonb_build_object(
         'id', nextval(pg_get_serial_sequence('dock', 'id')), 'leaf', NULL, 'status', 'draft'))).*
       FROM dock d, generate_series(1, 599) WHERE d.id = $1 RETURNING id`,
      [first.id],
    );
    const ids = rows.map(({ id }) => id);
    await edge.sql.query("INSERT INTO calendar (dock_id) SELECT unnest($1::bigint[])", [ids]);
    await edge.sql.query("SELECT place_dock(id, 'published') FROM unnest($1::bigint[]) AS d (id)", [
      ids,
    ]);
    const { cache } = createTestCache();
    const box: Bbox = { west: SPOT.lon, south: SPOT.lat, east: SPOT.lon, north: SPOT.lat };
    const one = anotherProcess(edge.sql, { cache });
    const { tiles } = await one.store.waterIn(box, 1);
    expect(tiles.map(({ page, pages, count }) => [page, pages, count]))
      .toEqual([[0, 2, 512], [1, 2, 88]]);
    await one.settle();
    const other = anotherProcess(edge.sql, { cache });
    const { tiles: shared, layers } = await other.store.waterIn(box, 1);
    expect(layers).toMatchObject({ memory: 0, shared: 1, origin: undefined });
    expect(shared.flatMap(tileDocks)).toEqual(tiles.flatMap(tileDocks));

    const last = ids.at(-1)!;
    await bookStay(guest, last, { from: "2027-07-03", to: "2027-07-10" });
    other.clock.nowMs += 501;
    const { tiles: later } = await other.store.waterIn(box, 1);
    expect(later.flatMap(tileDocks).find(({ id }) => id === last)?.occupied).toHaveLength(4);
  });
});
