import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CELL_STEPS,
  cellCounts,
  cellEdges,
  cellsOver,
  decodeRing,
  encodeRing,
  LAND_LEVELS,
  levelForZoom,
} from "./land-cells.ts";

describe("cellsOver", () => {
  it("names every cell that holds a point of the box", () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    const lat = fc.double({ min: -90, max: 90, noNaN: true });
    fc.assert(
      fc.property(fc.nat(2), lon, lat, (levelIndex, x, y) => {
        const level = LAND_LEVELS[levelIndex]!;
        const cells = cellsOver(level, [x, y, x, y]);
        expect(cells).toHaveLength(1);
        const { column, row } = cells[0]!;
        const [west, south, east, north] = cellEdges(level, column, row);
        expect(x >= west && x <= east && y >= south && y <= north).toBe(true);
        const { columns, rows } = cellCounts(level);
        expect(column < columns && row < rows).toBe(true);
      }),
    );
  });
});

describe("levelForZoom", () => {
  it("takes finer land the closer one looks", () => {
    expect([0, 3, 4, 6, 7, 18].map(levelForZoom)).toEqual([0, 0, 1, 1, 2, 2]);
  });
});

describe("encodeRing", () => {
  it("comes back from decodeRing within half a step", () => {
    const edges = cellEdges(LAND_LEVELS[2]!, 10, 13);
    const ring = [-75, 41, -74.5, 41, -74.5, 41.5];
    const decoded = decodeRing(encodeRing(ring, edges));
    const back = Array.from(decoded, (step, i) => {
      const low = edges[i % 2]!;
      return low + (step / CELL_STEPS) * (edges[(i % 2) + 2]! - low);
    });
    back.forEach((value, i) => expect(Math.abs(value - ring[i]!)).toBeLessThan(0.001));
  });

  it("drops what has shrunk to a line", () => {
    const edges = cellEdges(LAND_LEVELS[0]!, 0, 0);
    expect(encodeRing([10, 10, 10.00001, 10, 10.00001, 10.00001], edges)).toEqual([]);
  });
});
