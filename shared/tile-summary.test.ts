import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DockKind } from "./dock.ts";
import { positionToQuadkey } from "./quadkey.ts";
import { TileDamaged } from "./tile-bytes.ts";
import {
  decodeSummary,
  encodeSummary,
  gatherCells,
  type SummaryCell,
  type TileSummary,
} from "./tile-summary.ts";
import { decodeTile } from "./tile.ts";

/** A cell that holds one dock. */
function cellOf(
  lat: number,
  lon: number,
  kind: DockKind = "slip",
  price: [currency: string, minor: number] = ["EUR", 8_000],
): SummaryCell {
  return {
    quadkey: positionToQuadkey({ lat, lon }),
    count: 1,
    lat,
    lon,
    kinds: DockKind.options.map((option) => option === kind ? 1 : 0),
    prices: [{ currency: price[0], leastMinor: price[1], mostMinor: price[1] }],
  };
}

const SUMMARY: TileSummary = {
  quadkey: "",
  cells: gatherCells([cellOf(41.4, -71.3), cellOf(-33, 151, "mooring", ["AUD", 4_000])], 3),
  sample: [
    { id: 1, name: "Ærø 港", kind: "slip", lat: 41.4, lon: -71.3 },
    { id: 4_294_967_295, name: "", kind: "dry_rack", lat: -33, lon: 151 },
  ],
};

describe("gatherCells", () => {
  test("counts every dock once, in whatever steps", () => {
    const cell = fc.record({
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
      lon: fc.double({ min: -180, max: 180, noNaN: true }),
      kind: fc.constantFrom(...DockKind.options),
      currency: fc.constantFrom("EUR", "USD"),
      minor: fc.integer({ min: 0, max: 1e6 }),
    }).map(({ lat, lon, kind, currency, minor }) => cellOf(lat, lon, kind, [currency, minor]));
    fc.assert(
      fc.property(fc.array(cell), fc.integer({ min: 0, max: 9 }), (cells, depth) => {
        const gathered = gatherCells(cells, depth);
        const inSteps = gatherCells(gatherCells(cells, 10), depth);
        const plain = ({ lat: _, lon: __, ...rest }: SummaryCell) => rest;
        expect(inSteps.map(plain)).toEqual(gathered.map(plain));
        for (const { quadkey, count, kinds, prices } of gathered) {
          const held = cells.filter((one) => one.quadkey.startsWith(quadkey));
          expect(count).toBe(held.length);
          expect(kinds.reduce((sum, kind) => sum + kind, 0)).toBe(count);
          for (const { currency, leastMinor, mostMinor } of prices) {
            const asked = held.flatMap((one) => one.prices)
              .filter((price) => price.currency === currency).map((price) => price.leastMinor);
            expect([leastMinor, mostMinor]).toEqual([Math.min(...asked), Math.max(...asked)]);
          }
        }
        expect(gathered.reduce((sum, { count }) => sum + count, 0)).toBe(cells.length);
      }),
      { numRuns: 100 },
    );
  });

  test("puts a cell where its docks are, not in its middle", () => {
    const [cell] = gatherCells([cellOf(10, 20), cellOf(10, 20), cellOf(10, 23)], 1);
    expect(cell).toMatchObject({ lat: 10, lon: 21, count: 3 });
  });
});

describe("a summary's bytes", () => {
  test("read back, and are refused when they are damaged", () => {
    const bytes = encodeSummary(SUMMARY);
    expect(decodeSummary(bytes)).toEqual(SUMMARY);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeSummary(bytes.subarray(0, length))).toThrow(TileDamaged);
    }
    for (let at = 0; at < bytes.length; at++) {
      bytes[at]! ^= 0x10;
      expect(() => decodeSummary(bytes)).toThrow(TileDamaged);
      bytes[at]! ^= 0x10;
    }
    expect(() => decodeTile(bytes)).toThrow("format 129");
    const empty = { quadkey: "0", cells: [], sample: [] };
    expect(decodeSummary(encodeSummary(empty))).toEqual(empty);
  });
});
