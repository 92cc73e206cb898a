import fc from "fast-check";
import { expect, test } from "vitest";
import { blurPosition } from "./blur.ts";
import { distanceM } from "./geo.ts";

const position = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});
const id = fc.integer({ min: 1, max: 0xffff_ffff });

test("blurPosition stays near, on the globe, and never moves", () => {
  fc.assert(fc.property(position, id, (exact, dockId) => {
    const blurred = blurPosition(exact, dockId);
    expect(blurPosition(exact, dockId)).toEqual(blurred);
    expect(Math.abs(blurred.lat)).toBeLessThanOrEqual(90);
    expect(Math.abs(blurred.lon)).toBeLessThanOrEqual(180);
    expect(distanceM(exact, blurred)).toBeLessThan(1_700);
  }));
});

test("blurPosition tells the cell and nothing else of the true position", () => {
  const dockId = 4_711;
  const one = blurPosition({ lat: 41.4901, lon: -71.3299 }, dockId);
  const other = blurPosition({ lat: 41.4988, lon: -71.3291 }, dockId);
  expect(one).toEqual(other);
});

test("blurPosition spreads the docks of one cell", () => {
  const exact = { lat: 43.58, lon: 7.13 };
  const seen = new Set(
    Array.from({ length: 100 }, (_, i) => JSON.stringify(blurPosition(exact, i + 1))),
  );
  expect(seen.size).toBe(100);
});
