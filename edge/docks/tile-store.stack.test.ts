import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Bbox } from "../../shared/geo.ts";
import { tileDocks } from "../../shared/tile.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { Sql } from "../platform/sql.ts";
import { createTileStore, type TileStore } from "./tile-store.ts";

const NEWPORT: Bbox = { west: -71.4, south: 41.4, east: -71.2, north: 41.6 };

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

/** Another process: a store with its own memory and clock over the same database. */
function anotherProcess(parts: { sql?: Sql; cache?: SharedCache } = {}) {
  const clock = { nowMs: 1_000_000 };
  const works: Promise<unknown>[] = [];
  const store = createTileStore({
    sql: parts.sql ?? edge.sql,
    cache: parts.cache,
    now: () => clock.nowMs,
    budgetBytes: 32e6,
    background: (work) => void works.push(work),
  });
  return { store, clock, settle: () => Promise.all(works) };
}

/** A cache that processes share, and what it keeps. */
function createTestCache() {
  const kept = new Map<string, string>();
  const cache: SharedCache = {
    getMany: (keys) => Promise.resolve(keys.map((key) => kept.get(key))),
    getTimed: (key) => Promise.resolve({ value: kept.get(key), clockMs: Date.now() }),
    setMany(entries) {
      for (const [key, value] of entries) kept.set(key, value);
      return Promise.resolve(true);
    },
    delete: () => Promise.resolve(true),
    ping: () => Promise.resolve(),
  };
  return { cache, kept };
}

/** A promise that the test opens. */
function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve: () => resolve() };
}

async function nightsTaken(store: TileStore, dockId: number): Promise<number | undefined> {
  const { tiles } = await store.waterIn(NEWPORT, 10);
  const dock = tiles.flatMap(tileDocks).find(({ id }) => id === dockId);
  return dock && dock.occupied.length / 4;
}

describe("createTileStore", () => {
  it("shows a dock from the moment it is published, also in an empty leaf", async () => {
    const { store, clock } = anotherProcess();
    expect(await nightsTaken(store, 1)).toBeUndefined();
    const dock = await harbour.addDock();
    clock.nowMs += 600;
    expect(await nightsTaken(store, dock.id)).toBe(0);
  });

  it("sees another process's booking within half a second, and its end", async () => {
    const dock = await harbour.addDock();
    const { store, clock } = anotherProcess();
    expect(await nightsTaken(store, dock.id)).toBe(0);
    const stay = { from: "2027-07-03", to: "2027-07-10" };
    const booking = await (await bookStay(guest, dock.id, stay)).json();
    clock.nowMs += 501;
    expect(await nightsTaken(store, dock.id)).toBe(1);
    await guest.fetch(`POST /api/bookings/${booking.id}/cancel`);
    clock.nowMs += 501;
    expect(await nightsTaken(store, dock.id)).toBe(0);
  });

  it("loads a tile once, however many ask", async () => {
    let loads = 0;
    const counting: Sql = {
      query(text, values) {
        if (text.includes("unnest($1::text[])")) loads++;
        return edge.sql.query(text, values);
      },
      transaction: (work) => edge.sql.transaction(work),
    };
    const { store } = anotherProcess({ sql: counting });
    await Promise.all(Array.from({ length: 40 }, () => store.waterIn(NEWPORT, 10)));
    expect(loads).toBe(1);
  });

  it("tells by a number whether anything changed, and by a text what a view's docks are", async () => {
    const dock = await harbour.addDock();
    const { store, clock } = anotherProcess();
    const seen = await store.changesSeen();
    const { version } = await store.waterIn(NEWPORT, 10);
    clock.nowMs += 501;
    expect(await store.changesSeen()).toBe(seen);
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    clock.nowMs += 501;
    expect(await store.changesSeen()).not.toBe(seen);
    const after = await store.waterIn(NEWPORT, 10);
    expect(after.version).not.toBe(version);
    const other = await anotherProcess().store.waterIn(NEWPORT, 10);
    expect(other.version).toBe(after.version);
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
    const { store, clock } = anotherProcess({ sql: slow });
    const early = store.waterIn(NEWPORT, 10);
    await read.promise;
    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    clock.nowMs += 501;
    const late = nightsTaken(store, dock.id);
    paused.resolve();
    await early;
    expect(await late).toBe(1);
    expect(await nightsTaken(store, dock.id)).toBe(1);
  });

  it("takes a tile of Redis that is current, and none that is not", async () => {
    const { cache, kept } = createTestCache();
    const dock = await harbour.addDock();
    const first = anotherProcess({ cache });
    await first.store.waterIn(NEWPORT, 10);
    await first.settle();
    const second = await anotherProcess({ cache }).store.waterIn(NEWPORT, 10);
    expect(second.layers).toMatchObject({ memory: 0, shared: 1, origin: undefined });

    await bookStay(guest, dock.id, { from: "2027-07-03", to: "2027-07-10" });
    const third = anotherProcess({ cache });
    expect(await nightsTaken(third.store, dock.id)).toBe(1);
    await third.settle();

    for (const damage of [(text: string) => text.slice(0, 100), () => "no base64", () => ""]) {
      for (const [key, text] of kept) kept.set(key, damage(text));
      const other = anotherProcess({ cache });
      const { layers } = await other.store.waterIn(NEWPORT, 10);
      expect(layers).toMatchObject({ memory: 0, shared: 0, origin: 1 });
      await other.settle();
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
    const one = anotherProcess({ cache });
    const { tiles } = await one.store.waterIn(box, 1);
    expect(tiles.map(({ page, pages, count }) => [page, pages, count]))
      .toEqual([[0, 2, 512], [1, 2, 88]]);
    await one.settle();
    const other = anotherProcess({ cache });
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
