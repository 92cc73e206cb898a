import { beforeEach, describe, expect, it } from "vitest";
import { positionToQuadkey } from "../../shared/quadkey.ts";
import { searchTiles } from "../../shared/search.ts";
import { parseDockSearch } from "../../shared/search-query.ts";
import type { TileDock } from "../../shared/tile-dock.ts";
import { tileContent, tileDock, toTile } from "../../shared/tile-dock.fixture.ts";
import { encodeTile } from "../../shared/tile.ts";
import { bytesOf, CannotKeep, forgetCoast, keepWater } from "./keep-water.ts";
import { createLocalSearch } from "./local-search.ts";
import { createMemoryWater } from "./water-store.ts";
import type { WaterStore } from "./water-store.ts";

const SERVER_MS = Date.parse("2027-01-02T12:00:00Z");
/** This device's clock is three days behind. */
const DEVICE_MS = SERVER_MS - 3 * 86_400_000;
const RATES = { version: 7, perEuro: { EUR: 1, USD: 1.2 } };
const WEST = positionToQuadkey({ lat: 41.49, lon: -71.33 }, 8);
const EAST = positionToQuadkey({ lat: 41.49, lon: -70 }, 8);
const AREA = { bbox: { west: -72, south: 41, east: -69.5, north: 42 } };
const NARROW = { bbox: { west: -71.5, south: 41.3, east: -71.2, north: 41.6 } };

/** A server of leaves, each with the docks and the tag that a test gives it. */
function server(leaves: Map<string, { tag: string; docks: TileDock[] }>) {
  const asked: string[] = [];
  const state = { isAll: true, isAway: false };
  const fetch = (url: string) => {
    asked.push(url);
    if (state.isAway) return Promise.reject(new TypeError("network"));
    const headers = { Date: new Date(SERVER_MS).toUTCString() };
    if (url.includes("tiles?")) {
      const list = [...leaves].map(([quadkey, { tag }]) => ({ quadkey, tag, pages: 1 }));
      const body = { leaves: list, isAll: state.isAll, rates: RATES };
      return Promise.resolve(Response.json(body, { headers }));
    }
    const quadkey = /tiles\/(\w+)\?/.exec(url)![1]!;
    const { docks } = leaves.get(quadkey)!;
    return Promise.resolve(new Response(encodeTile(tileContent(docks, { quadkey })), { headers }));
  };
  return { asked, state, fetch };
}

const westDocks = [tileDock({ id: 1 }), tileDock({ id: 2, lat: 41.5, kind: "mooring" })];
const eastDocks = [tileDock({ id: 3, lon: -70 })];
let store: WaterStore;
let leaves: Map<string, { tag: string; docks: TileDock[] }>;
let api: ReturnType<typeof server>;

beforeEach(() => {
  store = createMemoryWater();
  leaves = new Map([[WEST, { tag: "w1", docks: westDocks }], [EAST, {
    tag: "e1",
    docks: eastDocks,
  }]]);
  api = server(leaves);
});

const deps = () => ({ store, fetch: api.fetch, now: () => DEVICE_MS });
const find = (query: string) =>
  createLocalSearch(store, () => DEVICE_MS).answer(new URLSearchParams(query));
const BOX = "bbox=-72,41,-69.5,42";

describe("keepWater", () => {
  it("brings what a search of that water needs, with the engine's own answer", async () => {
    await keepWater(deps(), { area: AREA, label: null });
    const query = `${BOX}&from=2027-06-01&to=2027-06-04&loaCm=900&sort=price&currency=USD`;
    const { kept, ...answer } = (await find(query))!;
    const tiles = [
      toTile(westDocks, { quadkey: WEST }),
      toTile(eastDocks, { quadkey: EAST }),
    ];
    const search = { ...parseDockSearch(new URLSearchParams(query)), area: AREA };
    expect(answer).toEqual(
      searchTiles(tiles, search, { nowMs: SERVER_MS, rates: RATES, photoUrl: (key) => key }),
    );
    expect(answer.items).toHaveLength(3);
    expect(kept).toEqual({ asOf: "2027-01-02T12:00:00.000Z", isWhole: true });
  });

  it("goes by the server's clock where the device's is wrong", async () => {
    await keepWater(deps(), { area: AREA, label: null });
    // Over for the server, still to come for the device.
    await expect(find(`${BOX}&from=2026-12-31&to=2027-01-01`)).rejects.toMatchObject({
      code: "invalid",
    });
    expect((await find(`${BOX}&from=2027-01-02&to=2027-01-03`))!.items).toHaveLength(3);
  });

  it("fetches only what has changed, and tells how far it is", async () => {
    await keepWater(deps(), { area: AREA, label: null });
    leaves.set(WEST, { tag: "w2", docks: westDocks.slice(1) });
    api.asked.length = 0;
    const told: string[] = [];
    await keepWater(deps(), {
      area: AREA,
      label: "Newport",
      onProgress: (done, of) => told.push(`${done}/${of}`),
    });
    expect(api.asked).toHaveLength(2);
    expect(api.asked[1]).toContain(`${WEST}?v=w2`);
    expect(told).toEqual(["1/2", "2/2"]);
    expect((await find(BOX))!.items.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([2, 3]);
  });

  it("forgets a leaf that has split, and whatever relied on it", async () => {
    await keepWater(deps(), { area: AREA, label: null });
    leaves.delete(WEST);
    const child = positionToQuadkey({ lat: 41.49, lon: -71.33 }, 9);
    leaves.set(child, { tag: "c1", docks: westDocks });
    await keepWater(deps(), { area: NARROW, label: null });
    const wide = (await find(BOX))!;
    expect(wide.kept.isWhole).toBe(false);
    expect(wide.total.relation).toBe("gte");
    const narrow = (await find("bbox=-71.4,41.4,-71.3,41.55"))!;
    expect(narrow.kept.isWhole).toBe(true);
    expect(narrow.items.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([1, 2]);
  });

  it("keeps nothing of water that is too wide, or of a list that never came", async () => {
    api.state.isAll = false;
    await expect(keepWater(deps(), { area: AREA, label: "All" })).rejects.toMatchObject({
      fault: "too-wide",
    });
    api.state.isAway = true;
    await expect(keepWater(deps(), { area: AREA, label: "All" })).rejects.toMatchObject({
      fault: "offline",
    });
    expect(await store.areas()).toEqual([]);
    expect(await find(BOX)).toBeUndefined();
  });

  it("says so where storage is full, and keeps what was there", async () => {
    await keepWater(deps(), { area: NARROW, label: "Newport" });
    const full = { ...store, change: () => Promise.reject(new DOMException("", "QuotaExceeded")) };
    leaves.set(WEST, { tag: "w2", docks: westDocks });
    const failed = keepWater({ ...deps(), store: full }, { area: AREA, label: null });
    await expect(failed).rejects.toEqual(new CannotKeep("no-room"));
    expect((await find("bbox=-71.5,41.3,-71.2,41.6"))!.kept.isWhole).toBe(true);
  });

  it("lets the oldest of what was only seen go, and nothing of a kept coast", async () => {
    const kept = await keepWater(deps(), { area: AREA, label: "Coast" });
    const big = new Uint8Array(13 * 1024 * 1024);
    const loose = (quadkey: string, asOfMs: number) => ({
      quadkey,
      tag: "x",
      pages: [big],
      bytes: big.length,
      asOfMs,
    });
    const far = (id: string, quadkey: string) => ({
      id,
      label: null,
      box: { west: 100, south: 0, east: 101, north: 1 },
      quadkeys: [quadkey],
      asOfMs: 1,
    });
    await store.change({
      leaves: [loose("3000", 1), loose("3001", 2)],
      areas: [far("a", "3000"), far("b", "3001")],
    });
    await keepWater(deps(), { area: NARROW, label: null });
    const heads = await store.leafHeads();
    expect(heads.map(({ quadkey }) => quadkey).toSorted()).toEqual([WEST, EAST, "3001"].toSorted());
    expect((await store.areas()).map(({ id }) => id)).not.toContain("a");
    expect(bytesOf(kept, heads)).toBeGreaterThan(100);

    await forgetCoast(store, kept.id);
    expect((await store.areas()).map(({ label }) => label)).toEqual([null, null]);
  });
});
