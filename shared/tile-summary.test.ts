import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { positionToQuadkey } from "./quadkey.ts";
import { docks, RATES } from "./search-arbitrary.fixture.ts";
import { searchTiles } from "./search.ts";
import { TileDamaged } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";
import { BASE_DAY, tileDock, toTile } from "./tile-dock.fixture.ts";
import {
  decodeSummary,
  encodeSummary,
  mergeSummaries,
  summarizeLeaf,
  summaryToClusters,
  type TileSummary,
} from "./tile-summary.ts";
import { decodeTile, tileDocks } from "./tile.ts";

const WORLD = { west: -180, south: -90, east: 180, north: 90 };

/** Summaries of the world's quarters, put together; empty quarters left out. */
function quarters(all: readonly TileDock[]): TileSummary {
  const [first, ...rest] = ["0", "1", "2", "3"].flatMap((quadkey) => {
    const held = all.filter((dock) => positionToQuadkey(dock).startsWith(quadkey));
    return held.length > 0 ? [summarizeLeaf([toTile(held, { quadkey })])] : [];
  });
  return mergeSummaries("", [first!, ...rest]);
}

describe("a summary", () => {
  test("counts every dock once, however it was put together", () => {
    fc.assert(
      fc.property(docks, (all) => {
        const direct = summarizeLeaf([toTile(all)]);
        const merged = quarters(all);
        const plain = ({ quadkey, count, kinds, prices }: TileSummary["cells"][number]) => ({
          quadkey,
          count,
          kinds,
          prices,
        });
        expect(merged.cells.map(plain)).toEqual(direct.cells.map(plain));
        expect(merged.cells.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
        for (const { quadkey, count, kinds } of merged.cells) {
          const held = all.filter((dock) => positionToQuadkey(dock).startsWith(quadkey));
          expect(count).toBe(held.length);
          expect(kinds.reduce((sum, kind) => sum + kind, 0)).toBe(count);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("keeps docks of every cell whole, the best rated ones", () => {
    fc.assert(
      fc.property(docks, (all) => {
        const { cells, sample } = quarters(all);
        for (const { quadkey, count } of cells) {
          const held = tileDocks(sample).filter((dock) =>
            positionToQuadkey(dock).startsWith(quadkey)
          );
          expect(held.length).toBe(Math.min(count, 6));
          const best = Math.max(
            ...all.filter((dock) => positionToQuadkey(dock).startsWith(quadkey))
              .map(({ rating }) => rating ?? 0),
          );
          expect(Math.max(...held.map(({ rating }) => rating ?? 0))).toBe(best);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("reads back from its bytes, and is refused when they are damaged", () => {
    const all = [
      tileDock({ id: 1 }),
      tileDock({ id: 2, lat: -33, lon: 151, kind: "mooring" }),
    ];
    const summary = quarters(all);
    const bytes = encodeSummary(summary);
    const read = decodeSummary(bytes);
    expect(read.cells).toEqual(summary.cells);
    expect(tileDocks(read.sample)).toEqual(tileDocks(summary.sample));
    expect(encodeSummary(read)).toEqual(bytes);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSummary(bytes.subarray(0, length))).toThrow(TileDamaged);
    }
    for (let at = 0; at < bytes.length; at++) {
      bytes[at]! ^= 0x10;
      expect(() => decodeSummary(bytes)).toThrow(TileDamaged);
      bytes[at]! ^= 0x10;
    }
    expect(() => decodeTile(bytes)).toThrow("format 129, expected 2");
  });

  test("gives clusters where docks are, of the kinds asked for", () => {
    const summary = quarters([
      tileDock({ id: 1, lat: 41.4 }),
      tileDock({ id: 2, lat: 41.6, kind: "mooring" }),
      tileDock({ id: 3, lat: -33, lon: 151, kind: "mooring" }),
    ]);
    expect(summaryToClusters(summary, WORLD)).toEqual([
      { lat: 41.5, lon: -71.33, count: 2 },
      { lat: -33, lon: 151, count: 1 },
    ]);
    expect(summaryToClusters(summary, WORLD, ["mooring"]).map(({ count }) => count))
      .toEqual([1, 1]);
    expect(summaryToClusters(summary, WORLD, ["slip"])).toHaveLength(1);
    expect(summaryToClusters(summary, { ...WORLD, south: 0 })).toHaveLength(1);
  });

  test("says what nights cost in each currency", () => {
    const { rate } = tileDock({ id: 1 });
    const [cell] = summarizeLeaf([toTile([
      tileDock({ id: 1, rate: { ...rate, minor: 5_000 } }),
      tileDock({ id: 2, rate: { ...rate, minor: 9_000 } }),
      tileDock({
        id: 3,
        maxLoaCm: 1_250,
        rate: { ...rate, currency: "USD", basis: "per_length_night", minor: 300 },
      }),
    ])]).cells;
    expect(cell?.prices).toEqual([
      { currency: "EUR", leastMinor: 5_000, mostMinor: 9_000 },
      { currency: "USD", leastMinor: 3_750, mostMinor: 3_750 },
    ]);
  });

  test("has a sample that can be searched like any tile", () => {
    const { sample } = quarters([tileDock({ id: 1 }), tileDock({ id: 2, lat: -33, lon: 151 })]);
    const ask = {
      area: { bbox: WORLD },
      stay: { from: "2027-07-03", to: "2027-07-10" },
      vessel: { loaCm: 1_200 },
      kinds: [],
      amenities: [],
      instantOnly: false,
      limit: 20,
    };
    const context = { nowMs: BASE_DAY * 86_400_000, rates: RATES, photoUrl: String };
    expect(searchTiles([sample], ask, context).items.map(({ id }) => id)).toEqual([1, 2]);
  });
});
