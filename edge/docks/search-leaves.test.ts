import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_DEPTH, positionToQuadkey, quadkeyToBbox } from "../../shared/quadkey.ts";
import { docks, questions, RATES } from "../../shared/search-arbitrary.fixture.ts";
import { oracleSearch } from "../../shared/search-oracle.fixture.ts";
import { areaToBbox, MAX_LIMIT, type WaterSearch } from "../../shared/search-terms.ts";
import { findDocks } from "../../shared/search.ts";
import { STATIONS } from "../../shared/tile-dock.fixture.ts";
import { splitPages, type TileDock } from "../../shared/tile-dock.ts";
import { decodeTile, encodeTile, type Tile } from "../../shared/tile.ts";
import { createLeafDirectory, type LeafDirectory } from "./leaf-directory.ts";

// The oracle knows of no tiles: here the engine is asked as a process asks it, with the leaves that
// meet a view and no others, split far finer than the database splits them.

const CAPACITY = 3;

interface World {
  directory: LeafDirectory;
  tilesIn: (search: WaterSearch) => Tile[];
}

function toWorld(all: readonly TileDock[], baseDay: number): World {
  const leaves: { quadkey: string; docks: number }[] = [];
  const tilesOf = new Map<string, Tile[]>();
  const split = (quadkey: string, held: readonly TileDock[]) => {
    if (held.length > CAPACITY && quadkey.length < MAX_DEPTH) {
      for (const digit of "0123") {
        const part = quadkey + digit;
        split(part, held.filter((dock) => positionToQuadkey(dock).startsWith(part)));
      }
      return;
    }
    leaves.push({ quadkey, docks: held.length });
    const content = { quadkey, asOf: "1", baseDay, docks: held, stations: STATIONS };
    tilesOf.set(quadkey, splitPages(content).map((page) => decodeTile(encodeTile(page))));
  };
  split("", all);
  const directory = createLeafDirectory(1, leaves);
  return {
    directory,
    tilesIn: ({ area }) =>
      directory.leavesIn(areaToBbox(area)).flatMap(({ quadkey }) => tilesOf.get(quadkey)!),
  };
}

function expectSame(
  all: readonly TileDock[],
  tilesIn: World["tilesIn"],
  ask: WaterSearch,
  nowMs: number,
): number {
  const expected = oracleSearch({ docks: all, stations: STATIONS }, ask, nowMs, RATES);
  const ids: number[] = [];
  let cursor: string | undefined;
  do {
    const paged = { ...ask, limit: MAX_LIMIT, ...(cursor ? { cursor } : {}) };
    const found = findDocks(tilesIn(ask), paged, { nowMs, rates: RATES });
    expect(found.total).toBe(expected.length);
    ids.push(...found.docks.map(({ tile, dock }) => tile.positions.ids[dock]!));
    cursor = found.nextCursor ?? undefined;
  } while (cursor);
  expect(ids).toEqual(expected.map(({ id }) => id));
  return ids.length;
}

const baseDayOf = (nowMs: number) => Math.floor(nowMs / 86_400_000) - 2;

/** A position to the millionth, as rows and tiles have it. */
const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6;

/** A corner of the cell of some depth that a dock is in. */
interface Corner {
  depth: number;
  isNorth: boolean;
  isEast: boolean;
}

const corner: fc.Arbitrary<Corner> = fc.record({
  depth: fc.integer({ min: 1, max: MAX_DEPTH }),
  isNorth: fc.boolean(),
  isEast: fc.boolean(),
});

function toCorner(dock: TileDock, { depth, isNorth, isEast }: Corner): TileDock {
  const { south, west, north, east } = quadkeyToBbox(positionToQuadkey(dock, depth));
  return { ...dock, lat: rounded(isNorth ? north : south), lon: rounded(isEast ? east : west) };
}

test("docks at the borders of tiles are found from either side, as the oracle finds them", () => {
  let found = 0;
  fc.assert(
    fc.property(
      docks,
      fc.array(corner, { minLength: 1, maxLength: 20 }),
      questions,
      fc.nat(),
      (some, corners, { search, nowMs }, pick) => {
        const all = some.map((dock, i) => corners[i] ? toCorner(dock, corners[i]) : dock);
        const { directory, tilesIn } = toWorld(all, baseDayOf(nowMs));
        found += expectSame(all, tilesIn, search, nowMs);
        // A view whose edges are those of a dock's own tile.
        const cell = positionToQuadkey(all[pick % all.length]!);
        const view = quadkeyToBbox(directory.leafOf(cell));
        const bbox = {
          south: rounded(view.south),
          west: rounded(view.west),
          north: rounded(view.north),
          east: rounded(view.east),
        };
        found += expectSame(all, tilesIn, { ...search, area: { bbox } }, nowMs);
      },
    ),
    { numRuns: 300 },
  );
  expect(found).toBeGreaterThan(200);
}, 60_000);

test("600 docks at one position are found as the oracle finds them, page by page", () => {
  const at = { lat: 41.5, lon: -71.25 };
  const many = new Map(
    fc.sample(docks, 40).flat().map((dock) => [dock.id, { ...dock, ...at }] as const),
  );
  const all = [...many.values()].slice(0, 600);
  expect(all).toHaveLength(600);
  let found = 0;
  for (const { search, nowMs } of fc.sample(questions, 60)) {
    const content = { quadkey: "", asOf: "1", baseDay: baseDayOf(nowMs), stations: STATIONS };
    const tiles = splitPages({ ...content, docks: all }).map((page) =>
      decodeTile(encodeTile(page))
    );
    expect(tiles).toHaveLength(2);
    const area = { near: at, radiusM: 1_000 };
    found += expectSame(all, () => tiles, { ...search, area }, nowMs);
  }
  expect(found).toBeGreaterThan(1_000);
}, 60_000);
