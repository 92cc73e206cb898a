import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  hasDays,
  levelAt,
  spansAbove,
  type StayInstants,
  stayWindows,
  tideDaysOf,
  type TidePoint,
  tideSearch,
  waterOverDays,
} from "./tide.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const daysArbitrary = fc
  .array(fc.tuple(fc.integer({ min: -20, max: 300 }), fc.nat(400)), { minLength: 1, maxLength: 60 })
  .map((rows) => ({
    firstDay: 20_000,
    lowsCm: rows.map(([low]) => low),
    highsCm: rows.map(([low, range]) => low + range),
  }));

test("waterOverDays is the lowest low and the highest high of its days, or nothing beyond them", () => {
  fc.assert(
    fc.property(daysArbitrary, fc.integer({ min: -5, max: 65 }), fc.nat(20), (days, from, more) => {
      const [first, last] = [days.firstDay + from, days.firstDay + from + more];
      const isInside = from >= 0 && from + more < days.lowsCm.length;
      expect(hasDays(days, first, last)).toBe(isInside);
      expect(waterOverDays(days, first, last)).toEqual(
        isInside
          ? {
            lowCm: Math.min(...days.lowsCm.slice(from, from + more + 1)),
            highCm: Math.max(...days.highsCm.slice(from, from + more + 1)),
          }
          : undefined,
      );
    }),
  );
  const day = { firstDay: 5, lowsCm: [1], highsCm: [2] };
  expect(waterOverDays(day, 5, 4)).toBeUndefined();
});

test("tideDaysOf counts the check-out day, and a day more each side in another zone", () => {
  const stay = { from: "2027-03-13", to: "2027-03-15" };
  const { first, last } = tideDaysOf(stay, false);
  expect([first * DAY_MS, last * DAY_MS]).toEqual([Date.UTC(2027, 2, 13), Date.UTC(2027, 2, 15)]);
  expect(tideDaysOf(stay, true)).toEqual({ first: first - 1, last: last + 1 });
});

test("levelAt is half a cosine from extreme to extreme and nothing outside", () => {
  const extremes = [{ atMs: 0, levelCm: 20 }, { atMs: 6 * HOUR_MS, levelCm: 120 }];
  expect(levelAt(extremes, 0)).toBe(20);
  expect(levelAt(extremes, 3 * HOUR_MS)).toBeCloseTo(70);
  // The rule of twelfths, which sailors take for it, says a twelfth in the first hour.
  expect(levelAt(extremes, HOUR_MS)! - 20).toBeCloseTo(100 * (1 - Math.cos(Math.PI / 6)) / 2);
  expect(levelAt(extremes, 6 * HOUR_MS)).toBeCloseTo(120);
  expect(levelAt(extremes, -1)).toBeUndefined();
  expect(levelAt(extremes, 6 * HOUR_MS + 1)).toBeUndefined();
  expect(levelAt([], 0)).toBeUndefined();
});

const curveArbitrary = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 8 * 60 }), fc.integer({ min: -20, max: 400 })), {
    minLength: 2,
    maxLength: 40,
  })
  .map((steps) => {
    let atMs = Date.UTC(2027, 5, 1);
    return steps.map(([minutes, levelCm]): TidePoint => ({
      atMs: atMs += minutes * 60_000,
      levelCm,
    }));
  });

/** The straight-line level, by another way than the code's. */
function lineAt(curve: readonly TidePoint[], atMs: number): number {
  const i = curve.findIndex((point) => point.atMs >= atMs);
  const [b, a] = [curve[i]!, curve[Math.max(0, i - 1)]!];
  if (a.atMs === b.atMs) return b.levelCm;
  const share = (atMs - a.atMs) / (b.atMs - a.atMs);
  return a.levelCm * (1 - share) + b.levelCm * share;
}

test("spansAbove holds just the minutes at which the water stands high enough", () => {
  fc.assert(
    fc.property(curveArbitrary, fc.integer({ min: -20, max: 400 }), (curve, levelCm) => {
      const [fromMs, toMs] = [curve[0]!.atMs, curve.at(-1)!.atMs];
      const spans = spansAbove(curve, levelCm, fromMs, toMs);
      for (const [i, [from, to]] of spans.entries()) {
        expect(from).toBeLessThan(to);
        expect(from % 60_000).toBe(0);
        expect(to % 60_000).toBe(0);
        expect(from).toBeGreaterThanOrEqual(spans[i - 1]?.[1] ?? fromMs);
      }
      for (let atMs = fromMs + 30_000; atMs < toMs; atMs += 60_000) {
        const isIn = spans.some(([from, to]) => atMs >= from && atMs <= to);
        const level = lineAt(curve, atMs);
        if (isIn) expect(level).toBeGreaterThanOrEqual(levelCm - 1e-6);
      }
      const steady = curve.flatMap(({ atMs }, i) => {
        const next = curve[i + 1];
        const isAbove = next && Math.min(curve[i]!.levelCm, next.levelCm) >= levelCm;
        return isAbove && next.atMs - atMs >= 2 * 60_000 ? [[atMs, next.atMs] as const] : [];
      });
      for (const [a, b] of steady) {
        expect(spans.some(([from, to]) => from <= a && to >= b)).toBe(true);
      }
    }),
    { numRuns: 25 },
  );
});

test("spansAbove is cut to the span asked for and joins what meets", () => {
  const curve = [0, 1, 2, 3].map((i) => ({ atMs: i * HOUR_MS, levelCm: i === 0 ? 0 : 200 }));
  expect(spansAbove(curve, 100, 0, 3 * HOUR_MS)).toEqual([[HOUR_MS / 2, 3 * HOUR_MS]]);
  expect(spansAbove(curve, 100, HOUR_MS, 2 * HOUR_MS)).toEqual([[HOUR_MS, 2 * HOUR_MS]]);
  expect(spansAbove(curve, 201, 0, 3 * HOUR_MS)).toEqual([]);
  expect(spansAbove([], 0, 0, HOUR_MS)).toEqual([]);
});

describe("stayWindows", () => {
  const start = Date.UTC(2027, 5, 1);
  /** Check-in at 14:00 of day 0, check-out at 12:00 of the last day, in UTC. */
  const stayOf = (nights: number): StayInstants => ({
    checkInMs: start + 14 * HOUR_MS,
    arrivalEndMs: start + DAY_MS,
    departureStartMs: start + nights * DAY_MS,
    checkOutMs: start + nights * DAY_MS + 12 * HOUR_MS,
  });
  /** A semidiurnal tide from 0 to `rangeCm(day)`, high at 4:00 and 16:00. */
  const tide = (rangeCm: (day: number) => number, days: number) =>
    Array.from({ length: days * 144 }, (_, i) => {
      const atMs = start + i * 10 * 60_000;
      const share = Math.cos((2 * Math.PI * (i / 6 - 4)) / 12);
      return { atMs, levelCm: rangeCm(Math.floor(i / 144)) * (1 + share) / 2 };
    });
  const hours = (windows: { from: string; to: string }[]) =>
    windows.map(({ from, to }) => [from.slice(8, 16), to.slice(8, 16)]);

  test("are the tides after check-in and before check-out", () => {
    const curve = tide(() => 400, 4);
    const { arrival, departure } = stayWindows({ entry: curve, exit: curve }, 200, stayOf(2));
    expect(hours(arrival)).toEqual([["01T14:00", "01T19:00"]]);
    expect(hours(departure)).toEqual([["03T01:00", "03T07:00"]]);
  });

  test("are the nearest of the stay where those days have none", () => {
    const curve = tide((day) => (day === 2 ? 400 : 100), 6);
    const { arrival, departure } = stayWindows({ entry: curve, exit: curve }, 200, stayOf(4));
    expect(hours(arrival)).toEqual([["03T01:00", "03T07:00"]]);
    expect(hours(departure)).toEqual([["03T13:00", "03T19:00"]]);
  });

  test("are none where the water comes only before check-in and after check-out", () => {
    const curve = tide((day) => (day === 1 ? 100 : 400), 3);
    const late = { ...stayOf(1), checkInMs: start + 20 * HOUR_MS };
    const early = { ...late, checkOutMs: late.departureStartMs + 12 * HOUR_MS };
    expect(stayWindows({ entry: curve, exit: curve }, 200, early)).toEqual({
      arrival: [],
      departure: [],
    });
  });

  test("wait no longer than a cycle of springs and neaps", () => {
    const long = stayOf(90);
    const { entry, exit } = tideSearch(long);
    expect([entry[0], exit[1]]).toEqual([long.checkInMs, long.checkOutMs]);
    expect([entry[1] - entry[0], exit[1] - exit[0]]).toEqual([15 * DAY_MS, 15 * DAY_MS]);
    const curve = tide((day) => (day === 45 ? 400 : 100), 92);
    expect(stayWindows({ entry: curve, exit: curve }, 200, long).arrival).toEqual([]);
    const short = stayOf(3);
    expect(tideSearch(short)).toEqual({
      entry: [short.checkInMs, short.checkOutMs],
      exit: [short.checkInMs, short.checkOutMs],
    });
  });
});
