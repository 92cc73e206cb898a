import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxAround, boxToCorners, cornersToBox, lonNear } from "./view-box.ts";

describe("cornersToBox", () => {
  it("wraps a view over the antimeridian, and comes back", () => {
    const corners = { west: 177, south: -19, east: 182, north: -15 };
    const box = cornersToBox(corners);
    expect(box).toEqual({ west: 177, south: -19, east: -178, north: -15 });
    expect(boxToCorners(box)).toEqual(corners);
  });

  it("is the whole ring where the map shows more than that", () => {
    expect(cornersToBox({ west: -300, south: -95, east: 200, north: 95 }))
      .toEqual({ west: -180, south: -90, east: 180, north: 90 });
  });
});

describe("lonNear", () => {
  it("is within half a turn of the middle, on the same meridian", () => {
    const lon = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(
      fc.property(lon, fc.double({ min: -900, max: 900, noNaN: true }), (value, middle) => {
        const near = lonNear({ lat: 0, lon: value }, middle);
        expect(Math.abs(near - middle)).toBeLessThanOrEqual(180.000001);
        const turns = (near - value) / 360;
        expect(Math.abs(turns - Math.round(turns))).toBeLessThan(1e-9);
      }),
    );
  });
});

describe("boxAround", () => {
  it("holds every position with water around it, also over the antimeridian", () => {
    const box = boxAround({ lat: -17, lon: 179 }, [
      { lat: -18, lon: 178 },
      { lat: -16, lon: -179 },
    ]);
    const { west, east, south, north } = boxToCorners(box);
    expect(west).toBeLessThan(178);
    expect(east).toBeGreaterThan(181);
    expect(east - west).toBeLessThan(5);
    expect([south < -18, north > -16]).toEqual([true, true]);
  });

  it("does not look at one dock from no distance", () => {
    const box = boxAround({ lat: 41, lon: -71 }, [{ lat: 41, lon: -71 }]);
    expect(box.north - box.south).toBeCloseTo(0.02);
  });
});
