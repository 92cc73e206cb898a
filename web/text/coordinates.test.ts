import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coordinateToText, parseCoordinate } from "./coordinates.ts";

describe("parseCoordinate", () => {
  it.each(
    [
      ["50.155", "lat", 50.155],
      ["-5,06", "lon", -5.06],
      ["−5.06", "lon", -5.06],
      ["50° 09.3′ N", "lat", 50.155],
      ["50 09.3 N", "lat", 50.155],
      ["N50°09.3'", "lat", 50.155],
      ["5°3'36\"W", "lon", -5.06],
      ["005° 03.6' w", "lon", -5.06],
      ["33.5 s", "lat", -33.5],
      ["180", "lon", 180],
    ] as const,
  )("reads %s", (text, axis, degrees) => {
    expect(parseCoordinate(text, axis)).toBeCloseTo(degrees, 9);
  });

  it("knows nothing typed from what is no coordinate", () => {
    expect(parseCoordinate(" ", "lat")).toBeUndefined();
    const bad = ["91", "50 61 N", "N 50 S", "-50 N", "50 E", "north", "50.5 30", "50 9.5 30"];
    for (const text of bad) expect(parseCoordinate(text, "lat")).toBeNaN();
    expect(parseCoordinate("181", "lon")).toBeNaN();
  });

  it("reads back what a field shows", () => {
    const degrees = fc.double({ min: -180, max: 180, noNaN: true });
    fc.assert(fc.property(degrees, (lon) => {
      expect(Math.abs(parseCoordinate(coordinateToText(lon), "lon")! - lon)).toBeLessThan(1e-6);
    }));
  });
});
