import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { docks, questions, RATES } from "./search-arbitrary.fixture.ts";
import { findDocks, searchTiles } from "./search.ts";
import { writeAnswer } from "./search-answer.ts";
import { applyDelta, type TileDelta } from "./tile-delta.ts";
import { MOST_DOCKS, type TileDock } from "./tile-dock.ts";
import { BASE_DAY, STATIONS, tileContent, tileDock, toTile } from "./tile-dock.fixture.ts";
import { stationsOf } from "./tile-stations.ts";
import { dockAt, type Tile, tileDocks, versionOfDock } from "./tile.ts";

function apply(tile: Tile, delta: TileDelta): Tile {
  const next = applyDelta(tile, delta);
  if (!next) throw new Error("the dock found no room");
  return next;
}

const change = fc.tuple(
  fc.constantFrom("nights" as const, "dock" as const, "gone" as const),
  fc.nat(),
  fc.integer({ min: 1, max: 12 }),
);

describe("applyDelta", () => {
  test("leaves a tile as one that was packed with what the changes come to", () => {
    fc.assert(
      fc.property(
        docks,
        docks,
        fc.array(change, { maxLength: 12 }),
        questions,
        (all, more, changes, { search, nowMs }) => {
          const deltas = changes.map(([what, pick, version]): TileDelta => {
            const { id } = all[pick % all.length]!;
            const other = more[pick % more.length]!;
            if (what === "gone") return { what, id, version: 10 + version };
            if (what === "nights") return { what, id, version, occupied: other.occupied };
            // A table that ends too early is read anew, see below.
            const tideStation = other.tideStation === "short" ? null : other.tideStation;
            return { what, dock: { ...other, id, version: 10 + version, tideStation } };
          });
          // One version says one thing.
          const distinct = [...new Map(deltas.map((delta) => [keyOf(delta), delta])).values()];
          const newest = newestOf(all, distinct);
          const tile = toTile(all);
          const before = tileDocks(tile);
          const changed = distinct.reduce(apply, tile);
          const fresh = toTile(newest);
          expect(tileDocks(changed)).toEqual(tileDocks(fresh));
          expect(tileDocks(tile)).toEqual(before);
          const context = { nowMs, rates: RATES, photoUrl: String };
          const answer = searchTiles([fresh], search, context);
          expect(searchTiles([changed], search, context)).toEqual(answer);
          const found = findDocks([changed], search, context);
          expect(JSON.parse(writeAnswer(found, search, String))).toEqual(answer);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("never goes back to an older version, nor brings back what has left", () => {
    const tile = toTile([tileDock({ id: 7, version: 3 })]);
    const old: TileDelta[] = [
      { what: "nights", id: 7, version: 3, occupied: [BASE_DAY, BASE_DAY + 1, 0, -1] },
      { what: "dock", dock: tileDock({ id: 7, version: 2, name: "Old" }) },
      { what: "gone", id: 7, version: 3 },
    ];
    for (const delta of old) expect(apply(tile, delta)).toBe(tile);
    const left = apply(tile, { what: "gone", id: 7, version: 5 });
    expect(left.count).toBe(0);
    expect(versionOfDock(left, 7)).toBe(5);
    expect(apply(left, { what: "dock", dock: tileDock({ id: 7, version: 4 }) })).toBe(left);
    const back = apply(left, { what: "dock", dock: tileDock({ id: 7, version: 6 }) });
    expect(back.count).toBe(1);
    expect(versionOfDock(back, 7)).toBe(6);
  });

  test("a dock that has left one tile is not found in an older one", () => {
    const ask = {
      area: { near: { lat: 41.49, lon: -71.33 }, radiusM: 20_000 },
      vessel: {},
      kinds: [],
      amenities: [],
      instantOnly: false,
      limit: 20,
    };
    const context = { nowMs: BASE_DAY * 86_400_000, rates: RATES, photoUrl: String };
    const old = toTile([tileDock({ id: 7, version: 3 })]);
    const left = apply(toTile([tileDock({ id: 7, version: 3 })]), {
      what: "gone",
      id: 7,
      version: 4,
    });
    for (const tiles of [[old, left], [left, old]]) {
      expect(searchTiles(tiles, ask, context).total.value).toBe(0);
    }
  });

  test("takes nights beyond those that the tile knew, and all away", () => {
    const tile = toTile([
      tileDock({ id: 7 }),
      tileDock({ id: 8, occupied: [BASE_DAY, BASE_DAY + 2, 0, -1] }),
    ]);
    const occupied = [BASE_DAY + 300, BASE_DAY + 302, 0, -1];
    const booked = apply(tile, { what: "nights", id: 7, version: 2, occupied });
    expect(dockAt(booked, 0).occupied).toEqual(occupied);
    expect(dockAt(booked, 1)).toEqual(dockAt(tile, 1));
    const free = apply(booked, { what: "nights", id: 7, version: 3, occupied: [] });
    expect(dockAt(free, 0).occupied).toEqual([]);
  });

  test("does without a tide that the tile does not have, or not as far as it is needed", () => {
    const at = (tideStation: string | null, windowDays: number): TileDelta => ({
      what: "dock",
      dock: tileDock({ id: 7, version: 2, tideStation, windowDays }),
    });
    const stations = stationsOf(
      [tileDock({ id: 7, tideStation: "utc", windowDays: 100 })],
      tileContent([]),
    );
    const bare = STATIONS.filter(({ id }) => id === "bare");
    const tile = toTile([tileDock({ id: 7 })], { stations: [...stations, ...bare] });
    expect(applyDelta(tile, at(null, 730))?.count).toBe(1);
    expect(applyDelta(tile, at("bare", 730))?.count).toBe(1);
    expect(applyDelta(tile, at("utc", 100))?.count).toBe(1);
    expect(applyDelta(tile, at("utc", 101))).toBeUndefined();
    expect(applyDelta(tile, at("newport", 100))).toBeUndefined();
    const moved = apply(tile, at("utc", 100));
    expect(tileDocks(moved)[0]!.tideStation).toBe("utc");
    expect(moved.tides).toEqual(tile.tides);
  });

  test("has no room for one dock more than a tile holds", () => {
    const full = toTile(Array.from({ length: MOST_DOCKS }, (_, i) => tileDock({ id: i + 1 })));
    expect(applyDelta(full, { what: "dock", dock: tileDock({ id: 9_999 }) })).toBeUndefined();
  });
});

function keyOf(delta: TileDelta): string {
  const { id, version } = delta.what === "dock" ? delta.dock : delta;
  return `${id} ${version}`;
}

/** What is left of some docks when each has become what its newest change says. */
function newestOf(all: readonly TileDock[], deltas: readonly TileDelta[]): TileDock[] {
  return all.flatMap((dock) => {
    let newest: TileDock | undefined = dock;
    let version = dock.version;
    const own = deltas.filter((delta) => keyOf(delta).startsWith(`${dock.id} `));
    for (const delta of own) {
      const next = delta.what === "dock" ? delta.dock.version : delta.version;
      if (next <= version) continue;
      if (delta.what === "nights" && !newest) continue;
      version = next;
      if (delta.what === "gone") newest = undefined;
      else if (delta.what === "dock") newest = delta.dock;
      else newest = { ...newest!, version, occupied: [...delta.occupied] };
    }
    return newest ? [newest] : [];
  });
}
