import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  AMENITIES,
  amenitiesToBits,
  bitsToAmenities,
  dockFaults,
  isLinear,
  NewDock,
} from "./dock.ts";

const DOCK = {
  harbourId: 1,
  kind: "slip",
  name: "Berth 12",
  position: { lat: 41.49, lon: -71.33 },
  maxLoaCm: 1400,
  rate: { currency: "USD", basis: "per_night", minor: 9_000 },
};
const QUAY = { ...DOCK, kind: "side_tie", lengthCm: 3_000 };

test("amenities are the bits of their place in the vocabulary", () => {
  fc.assert(fc.property(fc.subarray([...AMENITIES]), (amenities) => {
    expect(bitsToAmenities(amenitiesToBits(amenities))).toEqual(amenities);
  }));
  expect(amenitiesToBits(["electricity", "pump_out"])).toBe(5);
});

describe("docks", () => {
  const faultsOf = (values: object) =>
    dockFaults(NewDock.parse({ ...DOCK, ...values })).map((fault) => fault.path);

  test("have what their kind needs", () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ lengthCm: 3_000 })).toEqual(["lengthCm"]);
    expect(faultsOf(QUAY)).toEqual([]);
    expect(faultsOf({ kind: "t_head" })).toEqual(["lengthCm"]);
    expect(faultsOf({ ...QUAY, gapCm: 1_601 })).toEqual(["maxLoaCm"]);
    expect(isLinear("mooring")).toBe(false);
  });

  test("have ranges in order, and no height without its datum", () => {
    expect(faultsOf({ minLoaCm: 1_500 })).toEqual(["minLoaCm"]);
    expect(faultsOf({ minNights: 91 })).toEqual(["minNights"]);
    expect(faultsOf({ checkInFrom: "12:00", checkOutBy: "12:30" })).toEqual(["checkOutBy"]);
    expect(faultsOf({ checkInFrom: "12:00", checkOutBy: "12:00" })).toEqual([]);
    expect(faultsOf({ depthCm: 200 })).toEqual(["depthDatum"]);
    expect(faultsOf({ overheadDatum: "HAT" })).toEqual(["overheadDatum"]);
  });
});
