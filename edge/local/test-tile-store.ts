import type { Bbox } from "../../shared/geo.ts";
import { tileDocks } from "../../shared/tile.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { EdgeCache } from "../platform/edge-cache.ts";
import type { Sql } from "../platform/sql.ts";
import { createTileStore, type TileStore } from "../docks/tile-store.ts";

/** The water around the docks of `createTestHarbour`. */
export const NEWPORT: Bbox = { west: -71.4, south: 41.4, east: -71.2, north: 41.6 };

/** How many stays a store knows of at a dock there; undefined: it does not know the dock. */
export async function nightsTaken(store: TileStore, dockId: number): Promise<number | undefined> {
  const { tiles } = await store.waterIn(NEWPORT, 10);
  const dock = tiles.flatMap(tileDocks).find(({ id }) => id === dockId);
  return dock && dock.occupied.length / 4;
}

/** Another process: a store with its own memory and clock over the same database. */
export function anotherProcess(
  sql: Sql,
  parts: {
    replicas?: readonly Sql[];
    cache?: SharedCache;
    edgeCacheOf?: (database: string) => EdgeCache;
    databaseHost?: string;
    budgetBytes?: number;
  } = {},
) {
  const clock = { nowMs: 1_000_000 };
  const works: Promise<unknown>[] = [];
  const store = createTileStore({
    sql,
    replicas: parts.replicas,
    cache: parts.cache,
    edgeCacheOf: parts.edgeCacheOf,
    databaseHost: parts.databaseHost ?? "here",
    now: () => clock.nowMs,
    budgetBytes: parts.budgetBytes ?? 32e6,
    background: (work) => void works.push(work),
  });
  return { store, clock, settle: () => Promise.all(works) };
}

/** A cache that processes share, and what it keeps. */
export function createTestCache() {
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

/** A runtime's cache, one map an area. */
export function createTestEdgeCache() {
  const areas = new Map<string, Map<string, Uint8Array<ArrayBuffer>>>();
  const edgeCacheOf = (area: string): EdgeCache => {
    const kept = areas.get(area) ?? new Map<string, Uint8Array<ArrayBuffer>>();
    areas.set(area, kept);
    return {
      getMany: (names) => Promise.resolve(names.map((name) => kept.get(name))),
      setMany(entries) {
        for (const [name, bytes] of entries) kept.set(name, bytes);
        return Promise.resolve();
      },
    };
  };
  return { areas, edgeCacheOf };
}

/** A promise that the test opens. */
export function gate() {
  let resolve = () => {};
  const promise = new Promise<void>((open) => (resolve = open));
  return { promise, resolve: () => resolve() };
}

/** The database, and which statements it was asked. */
export function countingSql(of: Sql) {
  const statements: string[] = [];
  const sql: Sql = {
    query(text, values) {
      statements.push(text);
      return of.query(text, values);
    },
    transaction: (work) => of.transaction(work),
  };
  return { sql, statements };
}

/** Whether a statement loads whole leaves. */
export const isLeafLoad = (text: string) => text.includes("AS asked(leaf)");
