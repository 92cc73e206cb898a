import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SearchAnswer } from "../../shared/api.ts";
import { positionToQuadkey } from "../../shared/quadkey.ts";
import { decodeSummary } from "../../shared/tile-summary.ts";
import { createTestEdge, type TestEdge } from "../local/test-edge.ts";
import { createTestHarbour, type TestHarbour } from "../local/test-harbour.ts";
import { gunzip } from "../platform/gzip.ts";
import { DatabaseAway, type Sql } from "../platform/sql.ts";
import { createSummaryStore, type SummaryStore } from "./summary-store.ts";

const WORLD = { bbox: { west: -180, south: -90, east: 180, north: 90 } };
/** Docks in each of 36 places from Spain to Turkey, two of three slips. */
const A_PLACE = 10;
const PLACES = Array.from({ length: 36 }, (_, i) => ({
  lat: 36 + (i % 6) * 1.5,
  lon: -2 + Math.floor(i / 6) * 5,
}));
const COUNT = PLACES.length * A_PLACE;

let edge: TestEdge;
let harbour: TestHarbour;

beforeAll(async () => {
  edge = await createTestEdge();
  harbour = await createTestHarbour(edge);
  await fillSea(edge.sql, (await harbour.addDock()).id);
  // The database may have been made, and looked through, a moment ago.
  await letTimePass();
});
afterAll(() => edge.close());

/** More leaves than a search reads, by copies of one dock, which is in none of them. */
async function fillSea(sql: Sql, model: number): Promise<void> {
  const docks = PLACES.flatMap(({ lat, lon }, place) =>
    Array.from({ length: A_PLACE }, (_, i) => {
      const at = { lat, lon: Math.round((lon + i / 1e3) * 1e6) / 1e6 };
      const cell = positionToQuadkey(at);
      return {
        ...at,
        cell,
        leaf: cell.slice(0, 8),
        kind: i % 3 === 0 ? "mooring" : "slip",
        minor: 1_000 * (place + 1),
      };
    })
  );
  await sql.query(
    `WITH asked AS (
       SELECT row_number() OVER () + 1000 AS new_id, * FROM jsonb_to_recordset($2::jsonb)
         AS one (lat float8, lon float8, cell text, leaf text, kind text, minor int)),
     made AS (
       INSERT INTO dock (id, host_id, harbour_id, status, kind, name, lat, lon, public_lat,
         public_lon, cell, leaf, time_zone, max_loa_cm, cancellation_policy, collection, rate)
       SELECT new_id, host_id, harbour_id, status, asked.kind, name || new_id, asked.lat,
         asked.lon, asked.lat, asked.lon, asked.cell, asked.leaf, time_zone, max_loa_cm,
         cancellation_policy, collection, rate || jsonb_build_object('minor', minor)
       FROM asked, dock WHERE dock.id = $1
       RETURNING id, leaf),
     leaves AS (
       INSERT INTO tile_leaf (quadkey, docks) SELECT leaf, count(*) FROM made GROUP BY leaf)
     INSERT INTO calendar (dock_id) SELECT id FROM made`,
    [model, JSON.stringify(docks)],
  );
  // The world without those leaves: the model's own part of it, and the rest, which is empty.
  const leaves = new Set(docks.map(({ leaf }) => leaf));
  const parents = new Set(
    [...leaves].flatMap((leaf) => leaf.split("").map((_, i) => leaf.slice(0, i))),
  );
  const empty = [...parents].flatMap((parent) => ["0", "1", "2", "3"].map((d) => parent + d))
    .filter((quadkey) => !parents.has(quadkey) && !leaves.has(quadkey));
  await sql.query("DELETE FROM tile_leaf WHERE quadkey = ''");
  await sql.query(
    `INSERT INTO tile_leaf (quadkey, docks)
     SELECT quadkey, CASE WHEN starts_with(d.cell, quadkey) THEN 1 ELSE 0 END
     FROM unnest($1::text[]) AS quadkey, dock d WHERE d.id = $2`,
    [empty, model],
  );
  await sql.query(
    `UPDATE dock SET leaf = quadkey FROM tile_leaf
     WHERE dock.id = $1 AND starts_with(cell, quadkey)`,
    [model],
  );
  await sql.query("UPDATE tile_directory SET version = version + 1");
}

async function search(query: string): Promise<SearchAnswer> {
  const answer = await edge.fetch(`GET /api/docks?${query}`);
  expect(answer.status).toBe(200);
  return await answer.json() as SearchAnswer;
}

/** What a client gets of a quadkey. */
function askTile(name: string, headers: Record<string, string> = {}): Promise<Response> {
  return edge.fetch(`GET /api/docks/tiles/${name}`, undefined, headers);
}

/** A store of another process, and how often it asked the database. */
function anotherProcess(): {
  store: SummaryStore;
  clock: { nowMs: number };
  asked: string[];
  state: { isAway: boolean };
  settle: () => Promise<unknown>;
} {
  const clock = { nowMs: 1_000_000 };
  const asked: string[] = [];
  const works: Promise<unknown>[] = [];
  const state = { isAway: false };
  const sql: Sql = {
    transaction: (work) => edge.sql.transaction(work),
    query(text, values) {
      asked.push(text);
      return state.isAway
        ? Promise.reject(new DatabaseAway("the test took it away"))
        : edge.sql.query(text, values);
    },
  };
  const store = createSummaryStore({
    sql,
    now: () => clock.nowMs,
    background: (work) => void works.push(work),
  });
  return { store, clock, asked, state, settle: () => Promise.all(works) };
}

/** Lets the database's own clock count as if nobody had refreshed for a while. */
async function letTimePass(): Promise<void> {
  await edge.sql.query("UPDATE dock_summary_state SET refreshed_at = now() - interval '1 minute'");
}

describe("a search of more than is read", () => {
  it("counts the whole world, gathered where docks are", async () => {
    const { total, clusters, items, nextCursor } = await search("bbox=-180,-90,180,90");
    expect(total).toEqual({ value: COUNT + 1, relation: "eq" });
    expect(clusters!.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT + 1);
    expect(clusters!.length).toBeLessThanOrEqual(64);
    expect(items).toHaveLength(20);
    expect(nextCursor).not.toBeNull();
  });

  it("says of each cluster its kinds and what nights cost", async () => {
    const { clusters } = await search("bbox=-180,-90,180,90");
    const [newport] = clusters!.filter(({ lon }) => lon < -70);
    expect(newport).toEqual({
      lat: harbour.harbour.position.lat,
      lon: harbour.harbour.position.lon,
      count: 1,
      kinds: { slip: 1 },
      prices: [{ currency: "USD", leastMinor: 9_000, mostMinor: 9_000 }],
    });
    const sea = clusters!.filter(({ lon }) => lon > -70);
    const counted = (kind: "slip" | "mooring") =>
      sea.reduce((sum, { kinds }) => sum + (kinds[kind] ?? 0), 0);
    expect([counted("slip"), counted("mooring")]).toEqual([COUNT * 0.6, COUNT * 0.4]);
    const prices = sea.flatMap((cluster) => cluster.prices);
    expect(Math.min(...prices.map(({ leastMinor }) => leastMinor))).toBe(1_000);
    expect(Math.max(...prices.map(({ mostMinor }) => mostMinor))).toBe(36_000);
  });

  it("counts kinds exactly, and of what else was asked only what was read", async () => {
    const moorings = await search("bbox=-180,-90,180,90&kind=mooring");
    expect(moorings.total).toEqual({ value: COUNT * 0.4, relation: "eq" });
    expect(moorings.clusters!.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT * 0.4);
    const { total } = await search("bbox=-180,-90,180,90&loaCm=1200");
    expect(total.relation).toBe("gte");
    expect(total.value).toBe(24 * A_PLACE);
  });

  it("counts no more than lie in a view that cuts cells, and shows only its own", async () => {
    const { total, clusters } = await search("bbox=-3,35,23.5,44");
    expect(total.relation).toBe("gte");
    expect(total.value).toBeLessThanOrEqual(COUNT);
    expect(total.value).toBeGreaterThanOrEqual(24 * A_PLACE);
    for (const { lat, lon } of clusters!) {
      expect([lat >= 35 && lat <= 44, lon >= -3 && lon <= 23.5]).toEqual([true, true]);
    }
    const around = await search("near=40,10&radiusM=1500000");
    expect(around.clusters!.every(({ lon }) => lon > -10 && lon < 30)).toBe(true);
  });
});

describe("GET /api/docks/tiles/{quadkey} above the leaves", () => {
  it("gives what they hold, with docks of each cell", async () => {
    const answer = await askTile("root");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Type")).toBe("application/vnd.dokkerr.tile-summary");
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const { quadkey, cells, sample } = decodeSummary(bytes);
    expect(quadkey).toBe("");
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(COUNT + 1);
    for (const cell of cells) {
      const held = sample.filter((dock) => positionToQuadkey(dock).startsWith(cell.quadkey));
      expect(held.length).toBeGreaterThan(0);
      expect(held.length).toBeLessThanOrEqual(3);
    }
    expect(sample.find(({ id }) => id < 1_000)).toMatchObject({ name: "B 12", kind: "slip" });

    const zipped = await askTile("root", { "Accept-Encoding": "gzip" });
    expect(await gunzip(new Uint8Array(await zipped.arrayBuffer()))).toEqual(bytes);
    const again = await askTile("root", { "If-None-Match": answer.headers.get("ETag")! });
    expect(again.status).toBe(304);
  });

  it("goes down to the leaves, and no further", async () => {
    const leaf = positionToQuadkey(PLACES[0]!).slice(0, 8);
    const type = async (name: string) => (await askTile(name)).headers.get("Content-Type");
    expect(await type(leaf.slice(0, -1))).toBe("application/vnd.dokkerr.tile-summary");
    expect(await type(leaf)).toBe("application/vnd.dokkerr.tile");
    expect((await askTile(`${leaf}0`)).status).toBe(404);
    expect((await askTile("3333")).status).toBe(404);
  });
});

describe("createSummaryStore", () => {
  it("asks nothing while what it has is fresh, whatever is asked", async () => {
    const { store, asked } = anotherProcess();
    await Promise.all(Array.from({ length: 20 }, () => store.gather(WORLD, [])));
    expect(asked).toHaveLength(2);
    await store.gather(WORLD, ["mooring"]);
    expect(asked).toHaveLength(2);
  });

  it("says when something else may be gathered", async () => {
    const { store, clock } = anotherProcess();
    await store.gather(WORLD, []);
    const seen = store.seen();
    await store.gather(WORLD, ["mooring"]);
    expect(store.seen()).toBe(seen);
    clock.nowMs += 30_000;
    expect(store.seen()).not.toBe(seen);
    const later = store.seen();
    await store.gather({ bbox: { west: 5, south: 40, east: 6, north: 41 } }, []);
    expect(store.seen()).not.toBe(later);
  });

  it("sees a dock come, change and go within its minute", async () => {
    const { store, clock, settle } = anotherProcess();
    const before = (await store.gather(WORLD, [])).least;
    const { host } = harbour;
    const made = await host.fetch("POST /api/harbours", {
      name: "Rose Bay",
      place: "Sydney",
      country: "AU",
      position: { lat: -33.86, lon: 151.26 },
      timeZone: "Australia/Sydney",
    });
    const dock = await harbour.addDock({
      harbourId: (await made.json() as { id: number }).id,
      position: { lat: -33.86, lon: 151.26 },
      rate: { currency: "AUD", basis: "per_length_night", minor: 500 },
    });
    await letTimePass();
    expect((await store.gather(WORLD, [])).least).toBe(before);
    clock.nowMs += 31_000;
    expect((await store.gather(WORLD, [])).least).toBe(before);
    await settle();
    const sydney = async () =>
      (await store.gather(WORLD, [])).clusters.find(({ lon }) => lon > 150);
    expect(await sydney()).toMatchObject({
      count: 1,
      prices: [{ currency: "AUD", leastMinor: 7_000, mostMinor: 7_000 }],
    });

    const edited = await host.fetch(
      `PATCH /api/docks/${dock.id}`,
      { rate: { currency: "AUD", basis: "per_night", minor: 4_500 } },
      { "If-Match": `"${dock.version}"` },
    );
    expect(edited.status).toBe(200);
    await letTimePass();
    clock.nowMs += 61_000;
    expect((await sydney())?.prices).toEqual([
      { currency: "AUD", leastMinor: 4_500, mostMinor: 4_500 },
    ]);

    expect((await host.fetch(`POST /api/docks/${dock.id}/pause`)).status).toBe(200);
    await letTimePass();
    clock.nowMs += 61_000;
    expect(await sydney()).toBeUndefined();
    expect((await store.gather(WORLD, [])).least).toBe(before);
  });

  it("serves what it knows while the database is away, and fails where it knows nothing", async () => {
    const { store, clock, state } = anotherProcess();
    const { least } = await store.gather(WORLD, []);
    state.isAway = true;
    clock.nowMs += 3_600_000;
    expect((await store.gather(WORLD, [])).least).toBe(least);
    const bay = { bbox: { west: 5, south: 40, east: 6, north: 41 } };
    await expect(store.gather(bay, [])).rejects.toThrow(DatabaseAway);
    state.isAway = false;
    await store.gather(bay, []);
  });
});
