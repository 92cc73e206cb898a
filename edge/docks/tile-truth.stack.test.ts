import { afterAll, beforeAll, expect, test } from "vitest";
import type { Bbox } from "../../shared/geo.ts";
import { splitPages, type TileDock } from "../../shared/tile-dock.ts";
import { decodeTile, encodeTile, type Tile, tileDocks } from "../../shared/tile.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "../local/test-edge.ts";
import { bookStay, createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import type { SharedCache } from "../platform/cache.ts";
import { loadLeaves } from "./tile-queries.ts";
import { createTileStore, type TileStore } from "./tile-store.ts";

// Whatever hosts and guests do, in whatever order processes hear of it: half a second and a quarter
// later each of them shows what the database holds, to the digit.

const WORLD: Bbox = { west: -180, south: -90, east: 180, north: 90 };
const STEPS = 60;
/** The same walk in every run. */
const SEED = 20_260_501;

let edge: TestEdge;
let harbour: TestHarbour;
let guest: TestPerson;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  guest = await signUp(edge, "Gus Guest");
});
afterAll(() => edge.close());

/** Numbers from 0 to 1 that look like chance (mulberry32). */
function createDice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function createCache(now: () => number, isAway: () => boolean): SharedCache {
  const kept = new Map<string, string>();
  const answer = async <T>(work: () => T) => isAway() ? undefined : work();
  return {
    getMany: (keys) => answer(() => keys.map((key) => kept.get(key))),
    getTimed: (key) => answer(() => ({ value: kept.get(key), clockMs: now() })),
    async setMany(entries) {
      for (const [key, value] of entries) if (!isAway()) kept.set(key, value);
      return !isAway();
    },
    delete: async () => true,
    ping: async () => {},
  };
}

/** A calendar is also numbered by who asks for a change and makes none, which nobody need hear of. */
function byId(tiles: readonly Tile[]): TileDock[] {
  const docks = tiles.flatMap(tileDocks).map((dock) => ({ ...dock, version: 0 }));
  return docks.toSorted((a, b) => a.id - b.id);
}

async function truth(): Promise<TileDock[]> {
  const leaves = await edge.sql.query<{ quadkey: string }>("SELECT quadkey FROM tile_leaf");
  const content = await loadLeaves(edge.sql, leaves.map(({ quadkey }) => quadkey));
  const tiles = content.flatMap(splitPages).map((page) => decodeTile(encodeTile(page)));
  return byId(tiles);
}

async function shown(store: TileStore): Promise<TileDock[]> {
  const { tiles } = await store.waterIn(WORLD, 1_000);
  return byId(tiles);
}

test("every process shows what the database holds, after anything that anybody does", async () => {
  const roll = createDice(SEED);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(roll() * items.length)]!;
  let nowMs = 1_000_000;
  let isCacheAway = false;
  const cache = createCache(() => nowMs, () => isCacheAway);
  const works: Promise<unknown>[] = [];
  const stores = [cache, cache, undefined].map((shared) =>
    createTileStore({
      sql: edge.sql,
      cache: shared,
      now: () => nowMs,
      budgetBytes: 32e6,
      background: (work) => void works.push(work),
    })
  );
  const docks: number[] = [];
  const bookings: string[] = [];
  const blocks: { dockId: number; id: string }[] = [];
  const counts = new Map<string, number>();
  let day = 0;

  const nextStay = () => {
    day += 3;
    const dateOf = (days: number) =>
      new Date(Date.UTC(2027, 0, 10 + (days % 400))).toISOString().slice(0, 10);
    return { from: dateOf(day), to: dateOf(day + 3) };
  };
  const steps: Record<string, () => Promise<Response | undefined>> = {
    async dock() {
      const lat = 41.4869 + (roll() - 0.5) / 10;
      const isQuay = roll() < 0.3;
      const quay = { kind: "side_tie" as const, lengthCm: 6_000, gapCm: 100 };
      const dock = await harbour.addDock({
        name: `Berth ${docks.length}`,
        position: { lat, lon: -71.3268 },
        ...(isQuay ? quay : {}),
      });
      docks.push(dock.id);
      return undefined;
    },
    async book() {
      const answer = await bookStay(guest, pick(docks), nextStay());
      if (answer.status === 201) bookings.push(((await answer.json()) as { id: string }).id);
      return answer;
    },
    async cancel() {
      const id = bookings.pop();
      if (id === undefined) return undefined;
      return await guest.fetch(`POST /api/bookings/${id}/cancel`);
    },
    async block() {
      const dockId = pick(docks);
      const answer = await harbour.host.fetch(`POST /api/docks/${dockId}/blocks`, nextStay());
      if (answer.ok) blocks.push({ dockId, id: ((await answer.json()) as { id: string }).id });
      return answer;
    },
    async unblock() {
      const block = blocks.pop();
      if (!block) return undefined;
      const { dockId, id } = block;
      return await harbour.host.fetch(`DELETE /api/docks/${dockId}/blocks/${id}`);
    },
    async edit() {
      const id = pick(docks);
      const { version } = (await (await harbour.host.fetch(`GET /api/docks/${id}`)).json()) as {
        version: number;
      };
      return await harbour.host.fetch(
        `PATCH /api/docks/${id}`,
        { name: `Renamed ${day} ${roll()}` },
        { "If-Match": `"${version}"` },
      );
    },
    async rate() {
      const id = pick(docks);
      await edge.sql.transaction(async (tx) => {
        await tx.query("SELECT touch_calendar($1)", [id]);
        await tx.query(
          `INSERT INTO event (dock_id, version, kind, cell, body, relayed_at)
           SELECT d.id, c.version, 'dock.edited', d.cell, '{}', now()
           FROM dock d JOIN calendar c ON c.dock_id = d.id WHERE d.id = $1`,
          [id],
        );
        await tx.query("UPDATE dock SET rating = $2 WHERE id = $1", [id, Math.ceil(roll() * 5)]);
      });
      return undefined;
    },
    async pause() {
      return await harbour.host.fetch(`POST /api/docks/${pick(docks)}/pause`);
    },
    async publish() {
      return await harbour.host.fetch(`POST /api/docks/${pick(docks)}/publish`);
    },
  };

  for (let i = 0; i < 6; i++) await steps.dock!();
  for (let step = 0; step < STEPS; step++) {
    for (let i = 0; i < 1 + Math.floor(roll() * 3); i++) {
      const name = pick(Object.keys(steps));
      const answer = await steps[name]!();
      if (!answer || answer.ok) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    isCacheAway = roll() < 0.2;
    // Some hear of it later than others, and what they load meanwhile others find in the cache.
    nowMs += Math.floor(roll() * 400);
    for (const store of stores) if (roll() < 0.5) await store.waterIn(WORLD, 1_000);
    await Promise.all(works.splice(0));
    nowMs += 751;
    const expected = await truth();
    for (const store of stores) expect(await shown(store)).toEqual(expected);
    await Promise.all(works.splice(0));
  }
  expect([...counts.keys()].toSorted()).toEqual(Object.keys(steps).toSorted());
});
