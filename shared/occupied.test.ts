import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { freeNights, isFree } from "./occupied.ts";

const SLIP = { lengthCm: null, gapCm: 0, minLoaCm: null };
const QUAY = { lengthCm: 3_000, gapCm: 100, minLoaCm: null };

describe("isFree", () => {
  test("the check-out day can be booked by the next guest", () => {
    const dock = { ...SLIP, occupied: [10, 15, 0, -1] };
    expect(isFree(dock, 5, 10)).toBe(true);
    expect(isFree(dock, 15, 16)).toBe(true);
    expect(isFree(dock, 9, 11)).toBe(false);
    expect(isFree(dock, 12, 13)).toBe(false);
    expect(isFree(dock, 14, 20)).toBe(false);
  });

  test("a quay needs one run of length and gap", () => {
    const dock = { ...QUAY, occupied: [10, 20, 1_000, 1_800] };
    expect(isFree(dock, 10, 20, 1_100)).toBe(true);
    expect(isFree(dock, 10, 20, 1_101)).toBe(false);
    expect(isFree(dock, 20, 30, 2_900)).toBe(true);
    expect(isFree(dock, 20, 30, 2_901)).toBe(false);
  });

  test("a quay's run must be the same through the whole stay", () => {
    // Each night has 15 m free, but never the same ones.
    const dock = { ...QUAY, occupied: [10, 12, 0, 1_500, 12, 14, 1_500, 3_000] };
    expect(freeNights(dock, 10, 14, 1_400)).toEqual([true, true, true, true]);
    expect(isFree(dock, 10, 14, 1_400)).toBe(false);
    expect(isFree(dock, 10, 12, 1_400)).toBe(true);
  });

  test("a block without an end takes all that is behind it", () => {
    expect(isFree({ ...QUAY, occupied: [10, 20, 0, -1] }, 10, 11, 500)).toBe(false);
    expect(isFree({ ...QUAY, occupied: [10, 20, 600, -1] }, 10, 11, 500)).toBe(true);
    expect(isFree({ ...QUAY, occupied: [10, 20, 599, -1] }, 10, 11, 500)).toBe(false);
  });

  test("a boat of unknown length is the shortest that the dock takes", () => {
    const dock = { ...QUAY, occupied: [10, 20, 0, 2_300] };
    expect(isFree({ ...dock, minLoaCm: 600 }, 10, 11)).toBe(true);
    expect(isFree({ ...dock, minLoaCm: 601 }, 10, 11)).toBe(false);
    expect(isFree({ ...QUAY, occupied: [10, 20, 0, 2_800] }, 10, 11)).toBe(true);
    expect(isFree({ ...QUAY, occupied: [10, 20, 0, 2_801] }, 10, 11)).toBe(false);
  });

  test("agrees with trying every place on the quay", () => {
    const stretch = fc.tuple(fc.nat(12), fc.integer({ min: 1, max: 6 }), fc.nat(28), fc.nat(9));
    fc.assert(
      fc.property(
        fc.array(stretch, { maxLength: 8 }),
        fc.nat(14),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 30 }),
        (stretches, fromDay, nights, need) => {
          const occupied = stretches.flatMap(([day, count, lo, size]) => [
            day,
            day + count,
            lo,
            size === 0 ? -1 : lo + size,
          ]);
          const toDay = fromDay + nights;
          const isTaken = (cm: number) =>
            stretches.some(([day, count, lo, size]) =>
              day < toDay && day + count > fromDay && cm >= lo && (size === 0 || cm < lo + size)
            );
          const starts = Array.from({ length: 30 - need + 1 }, (_, start) => start);
          const fits = starts.some((start) =>
            Array.from({ length: need }, (_, i) => start + i).every((cm) => !isTaken(cm))
          );
          const dock = { lengthCm: 30, gapCm: 0, minLoaCm: null, occupied };
          expect(isFree(dock, fromDay, toDay, need)).toBe(fits);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

test("freeNights judges each night by itself", () => {
  const dock = { ...SLIP, occupied: [11, 13, 0, -1, 14, 15, 0, -1] };
  expect(freeNights(dock, 10, 16)).toEqual([true, false, false, true, false, true]);
});
