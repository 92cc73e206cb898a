import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DockKind } from "./dock.ts";
import { bboxHas, distanceM, type Position } from "./geo.ts";
import { positionToQuadkey } from "./quadkey.ts";
import { gatherDocks } from "./summary-clusters.ts";
import { gatherCells, type SummaryCell } from "./tile-summary.ts";

const WORLD = { bbox: { west: -180, south: -90, east: 180, north: 90 } };

function cellsOf(docks: readonly (Position & { kind?: DockKind })[], depth: number): SummaryCell[] {
  return gatherCells(
    docks.map(({ lat, lon, kind = "slip" }) => ({
      quadkey: positionToQuadkey({ lat, lon }),
      count: 1,
      lat,
      lon,
      kinds: DockKind.options.map((option) => option === kind ? 1 : 0),
      prices: [{ currency: "EUR", leastMinor: 5_000, mostMinor: 5_000 }],
    })),
    depth,
  );
}

/** To a millionth, as all positions are. */
const degrees = (most: number) =>
  fc.integer({ min: -most * 1e6, max: most * 1e6 }).map((n) => n / 1e6);
const position = fc.record({ lat: degrees(89), lon: degrees(180) });

describe("gatherDocks", () => {
  test("counts all docks of the world, and those of a kind, exactly", () => {
    fc.assert(
      fc.property(fc.array(position, { maxLength: 60 }), (docks) => {
        const all = docks.map((dock, i) => ({
          ...dock,
          kind: i % 3 === 0 ? "mooring" as const : "slip" as const,
        }));
        const cells = cellsOf(all, 4);
        const { clusters, least, isExact } = gatherDocks(cells, WORLD);
        expect([least, isExact]).toEqual([all.length, true]);
        expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
        const moorings = all.filter(({ kind }) => kind === "mooring").length;
        expect(gatherDocks(cells, WORLD, ["mooring"]).least).toBe(moorings);
        expect(gatherDocks(cells, WORLD, ["mooring", "slip"]).least).toBe(all.length);
        expect(gatherDocks(cells, WORLD, ["pile"])).toEqual({
          clusters: [],
          least: 0,
          isExact: true,
        });
      }),
      { numRuns: 100 },
    );
  });

  test("never counts more than lie in an area, and all where it says so", () => {
    const bbox = fc.tuple(degrees(180), degrees(180), position, position).map((
      [west, east, a, b],
    ) => ({
      bbox: { west, east, south: Math.min(a.lat, b.lat), north: Math.max(a.lat, b.lat) },
    }));
    const circle = fc.record({
      near: position,
      radiusM: fc.double({ min: 1_000, max: 9e6, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(position, { maxLength: 60 }),
        fc.oneof(bbox, circle),
        fc.integer({ min: 2, max: 8 }),
        (docks, area, depth) => {
          const inside = docks.filter((dock) =>
            "bbox" in area ? bboxHas(area.bbox, dock) : distanceM(area.near, dock) <= area.radiusM
          );
          const { least, isExact } = gatherDocks(cellsOf(docks, depth), area);
          expect(least).toBeLessThanOrEqual(inside.length);
          if (isExact) expect(least).toBe(inside.length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test("shows what is there in 64 clusters at most, where docks are", () => {
    const docks = Array.from({ length: 300 }, (_, i) => ({
      lat: 36 + (i % 20) / 10,
      lon: 20 + Math.floor(i / 20) / 10,
    }));
    const view = { bbox: { west: 20, south: 36, east: 21.5, north: 38 } };
    const { clusters } = gatherDocks(cellsOf(docks, 12), view);
    expect(clusters.length).toBeGreaterThan(12);
    expect(clusters.length).toBeLessThanOrEqual(64);
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(300);
    for (const cluster of clusters) {
      expect(Math.min(...docks.map((dock) => distanceM(dock, cluster)))).toBeLessThan(8_000);
      expect(cluster.kinds).toEqual({ slip: cluster.count });
      expect(cluster.prices).toEqual([{ currency: "EUR", leastMinor: 5_000, mostMinor: 5_000 }]);
    }
  });

  test("shows both sides of the antimeridian, and no cluster outside the view", () => {
    const docks = [{ lat: -17, lon: 178 }, { lat: -17, lon: -178 }, { lat: -17, lon: 100 }];
    const pacific = { bbox: { west: 170, south: -30, east: -170, north: 0 } };
    const shown = gatherDocks(cellsOf(docks, 6), pacific).clusters.map(({ lon }) => lon);
    expect(shown.sort((a, b) => a - b)).toEqual([-178, 178]);
  });
});
