import { describe, expect, it } from "vitest";
import { boxesOverlap, boxHolds } from "./boxes.ts";

const AREA = { west: -72, south: 41, east: -69.5, north: 42 };
const NARROW = { west: -71.5, south: 41.3, east: -71.2, north: 41.6 };

describe("boxHolds", () => {
  const fiji = { west: 176, south: -20, east: -178, north: -15 };
  const world = { west: -180, south: -90, east: 180, north: 90 };

  it.each([
    [AREA, NARROW, true],
    [NARROW, AREA, false],
    [fiji, { west: 179, south: -18, east: -179, north: -17 }, true],
    [fiji, { west: 179, south: -18, east: -177, north: -17 }, false],
    [fiji, { west: -179, south: -18, east: -178.5, north: -17 }, true],
    [world, fiji, true],
    [fiji, world, false],
    [world, world, true],
    [AREA, AREA, true],
    [AREA, { ...AREA, east: -69.49 }, false],
  ])("%j and %j: %s", (outer, inner, expected) => {
    expect(boxHolds(outer, inner)).toBe(expected);
  });
});

describe("boxesOverlap", () => {
  const fiji = { west: 176, south: -20, east: -178, north: -15 };

  it.each([
    [AREA, NARROW, true],
    [AREA, { ...AREA, west: -69.5, east: -68 }, false],
    [AREA, { ...AREA, south: 42, north: 43 }, false],
    [fiji, { west: -180, south: -18, east: -179, north: -17 }, true],
    [fiji, { west: 170, south: -18, east: 177, north: -17 }, true],
    [fiji, { west: -170, south: -18, east: 170, north: -17 }, false],
    [{ west: -180, south: -90, east: 180, north: 90 }, fiji, true],
  ])("%j and %j: %s", (a, b, expected) => {
    expect(boxesOverlap(a, b)).toBe(expected);
    expect(boxesOverlap(b, a)).toBe(expected);
  });
});
