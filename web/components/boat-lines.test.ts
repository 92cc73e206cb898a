import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BOX, drawBoat } from "./boat-lines.ts";

const boats = fc.record({
  hullType: fc.constantFrom("mono", "multi", "power"),
  loaCm: fc.integer({ min: 100, max: 30_000 }),
  beamCm: fc.integer({ min: 30, max: 6_000 }),
  draftCm: fc.integer({ min: 5, max: 2_000 }),
  airDraftCm: fc.integer({ min: 30, max: 12_000 }),
});

/** Every point of a path of M, L, C and Q with absolute coordinates. */
function points(path: string): [number, number][] {
  return [...path.matchAll(/(-?\d+\.\d+),(-?\d+\.\d+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
}

function span(path: string): number {
  const [, from, to] = /^M[^,]+,([-\d.]+).*V([-\d.]+)/.exec(path) ??
    /^M([-\d.]+),.*H([-\d.]+)/.exec(path)!;
  return Math.abs(Number(to) - Number(from));
}

describe("drawBoat", () => {
  it("draws every length in one scale, inside of its box", () => {
    fc.assert(fc.property(boats, (boat) => {
      const { measures, scale, hull, keel, house, sails, rig } = drawBoat(boat);
      for (const name of ["draftCm", "airDraftCm"] as const) {
        expect(span(measures[name]!.path)).toBeCloseTo(boat[name] * scale, 4);
      }
      for (const name of ["loaCm", "beamCm"] as const) {
        const [, from, to] = /^M([-\d.]+),.*H([-\d.]+)M/.exec(measures[name]!.path)!;
        expect(Number(to) - Number(from)).toBeCloseTo(boat[name] * scale, 4);
      }
      for (const [x, y] of points(hull + keel + house + sails + rig)) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(BOX.width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(BOX.height);
      }
    }));
  });

  it("ends her mast where her air draft ends, and her keel where her draft does", () => {
    const boat = {
      hullType: "mono",
      loaCm: 1240,
      beamCm: 390,
      draftCm: 210,
      airDraftCm: 1850,
    } as const;
    const { rig, keel, waterline, scale } = drawBoat(boat);
    const top = Math.min(...points(rig).map(([, y]) => y));
    expect(waterline - top).toBeCloseTo(boat.airDraftCm * scale, 0);
    const deepest = Math.max(...points(keel).map(([, y]) => y));
    expect(deepest - waterline).toBeCloseTo(boat.draftCm * scale, 0);
  });

  it("measures only what was said, and says that a height is a guess", () => {
    const { measures, isHeightGuessed } = drawBoat({ loaCm: 900 });
    expect(Object.keys(measures)).toEqual(["loaCm"]);
    expect(isHeightGuessed).toBe(true);
    expect(drawBoat({ loaCm: 900, airDraftCm: 1200 }).isHeightGuessed).toBe(false);
  });
});
