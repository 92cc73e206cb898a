import fc from "fast-check";
import { expect, test } from "vitest";
import { weekdayOf } from "../../../shared/stay.ts";
import { createRandom } from "./random.ts";
import { type DemoStay, HORIZON_DAYS, rollStays, type StayedDock } from "./stays.ts";

const TODAY = 20_780;
const berth = fc.record({
  lat: fc.double({ min: -60, max: 70, noNaN: true }),
  maxLoaCm: fc.integer({ min: 600, max: 6_000 }),
});
const quay = fc.tuple(
  berth,
  fc.integer({ min: 0, max: 200 }),
  fc.double({ min: 1, max: 4, noNaN: true }),
)
  .map(([dock, gapCm, times]) => ({
    ...dock,
    gapCm,
    lengthCm: Math.ceil((dock.maxLoaCm + gapCm) * times),
  }));
const anyDock: fc.Arbitrary<StayedDock> = fc.oneof(
  quay,
  berth.map((dock) => ({ ...dock, gapCm: 0, lengthCm: undefined })),
);

test("no stay lies over another in span and nights, none off the quay, none in the past", () => {
  fc.assert(fc.property(anyDock, fc.nat(), (dock, seed) => {
    const stays = rollStays(dock, TODAY, createRandom(seed));
    for (const [i, a] of stays.entries()) {
      expect(a.toDay).toBeGreaterThan(Math.max(a.fromDay, TODAY));
      expect(a.fromDay).toBeLessThan(TODAY + HORIZON_DAYS + 7);
      expect(a.high === undefined).toBe(dock.lengthCm === undefined);
      expect(a.high ?? 0).toBeLessThanOrEqual(dock.lengthCm ?? 0);
      for (const b of stays.slice(i + 1)) expect(meet(a, b)).toBe(false);
    }
  }));
});

function meet(a: DemoStay, b: DemoStay): boolean {
  const inTime = a.fromDay < b.toDay && b.fromDay < a.toDay;
  return inTime && a.low < (b.high ?? Infinity) && b.low < (a.high ?? Infinity);
}

test.each([[43, 20_994, 20_813], [-37, 20_813, 20_994]])(
  "at %i° a season's middle is fuller than its opposite",
  (lat, summer, winter) => {
    const nights = (from: number) => {
      let sum = 0;
      for (let seed = 0; seed < 2_000; seed++) {
        const dock = { lat, maxLoaCm: 1_200, gapCm: 0, lengthCm: undefined };
        for (const stay of rollStays(dock, TODAY, createRandom(seed))) {
          sum += Math.max(0, Math.min(stay.toDay, from + 31) - Math.max(stay.fromDay, from));
        }
      }
      return sum;
    };
    expect(nights(summer)).toBeGreaterThan(3 * nights(winter));
  },
);

test("weekends are wanted most", () => {
  const arrivals = [0, 0, 0, 0, 0, 0, 0];
  for (let seed = 0; seed < 500; seed++) {
    const dock = { lat: 43, maxLoaCm: 1_200, gapCm: 0, lengthCm: undefined };
    for (const { fromDay, toDay } of rollStays(dock, TODAY, createRandom(seed))) {
      if (toDay - fromDay <= 3) arrivals[weekdayOf(fromDay)]!++;
    }
  }
  expect(Math.max(...arrivals)).toBe(arrivals[4]);
});
