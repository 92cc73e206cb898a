import fc from "fast-check";
import { expect, test } from "vitest";
import { Datum } from "../../shared/dock.ts";
import { depthToLat, overheadToLat } from "./tide-datums.ts";

const newport = { LAT: 0, MLLW: 18, MSL: 71, MHW: 131, MHHW: 138, HAT: 172 };

test("depthToLat takes the datum's height off the depth", () => {
  expect(depthToLat(300, "MLLW", newport)).toBe(282);
  expect(depthToLat(-40, "MLLW", newport)).toBe(-58);
});

test("overheadToLat adds the datum's height to the clearance", () => {
  expect(overheadToLat(1_980, "MHW", newport)).toBe(2_111);
});

test("LAT needs no station, every other datum does", () => {
  expect(depthToLat(250, "LAT", null)).toBe(250);
  expect(overheadToLat(250, "LAT", undefined)).toBe(250);
  expect(depthToLat(250, "MLLW", null)).toBeNull();
  expect(overheadToLat(250, "HAT", null)).toBeNull();
});

test("a datum that the station does not know stays unknown", () => {
  expect(depthToLat(250, "MLWS", newport)).toBeNull();
});

test("nothing measured is nothing converted", () => {
  expect(depthToLat(null, null, newport)).toBeNull();
  expect(overheadToLat(undefined, undefined, newport)).toBeNull();
});

test("a wire above the water keeps its height above the bottom whatever the datums", () => {
  const datum = fc.constantFrom(...Datum.options);
  const heights = fc.record(
    Object.fromEntries(Datum.options.map((name) => [name, fc.integer({ min: 0, max: 1_700 })])),
  );
  fc.assert(fc.property(datum, datum, heights, (low, high, above) => {
    const station: Record<string, number> = { ...above, LAT: 0 };
    const depth = depthToLat(400, low, station);
    const overhead = overheadToLat(1_200, high, station);
    // Bottom to wire = depth under the low datum + what lies between the datums + the clearance.
    expect(depth! + overhead!).toBe(400 + (station[high]! - station[low]!) + 1_200);
  }));
});
