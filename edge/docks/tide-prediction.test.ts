import { readFile } from "node:fs/promises";
import { stationsById } from "@neaps/tide-database";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dateToDay } from "../../shared/stay.ts";
import { spansAbove, type TideDays } from "../../shared/tide.ts";
import { localInstant } from "../../shared/zone.ts";
import { usableTideStations } from "../local/demo/tide-stations.ts";
import { NEWPORT_TIDE, testHarmonics } from "../local/test-tides.ts";
import { predictCurve, predictDays, predictExtremes, TIDE_MODEL } from "./tide-prediction.ts";

const DAY_MS = 86_400_000;

/**
 * NOAA CO-OPS, annual tide predictions 2020, station 8535805 Swain Channel, NJ: subordinate to
 * Atlantic City, heights × 1.09 and 1.06, + 55 and + 40 minutes; GMT, centimetres above MLLW.
 */
const SWAIN_CHANNEL = [
  ["2020-01-01T05:20Z", 102, "high"],
  ["2020-01-01T11:02Z", 22, "low"],
  ["2020-01-01T17:29Z", 122, "high"],
  ["2020-01-01T23:46Z", 11, "low"],
  ["2020-01-02T06:12Z", 102, "high"],
  ["2020-01-02T11:57Z", 26, "low"],
] as const;

test("a subordinate station's tides are those that NOAA published, to 3 cm and 8 minutes", () => {
  // Atlantic City's constants have been revised since: that is the difference.
  const harmonics = testHarmonics("noaa/8535805");
  const [first, last] = [Date.parse(SWAIN_CHANNEL[0][0]), Date.parse(SWAIN_CHANNEL.at(-1)![0])];
  const minute = 60_000;
  const extremes = predictExtremes(harmonics, first - 10 * minute, last + 10 * minute).slice(1, -1);
  expect(extremes.map(({ kind }) => kind)).toEqual(SWAIN_CHANNEL.map(([, , kind]) => kind));
  for (const [i, [at, levelCm]] of SWAIN_CHANNEL.entries()) {
    const predicted = extremes[i]!;
    expect(Math.abs(predicted.atMs - Date.parse(at))).toBeLessThanOrEqual(8 * minute);
    const aboveMllw = predicted.levelCm + harmonics.latM * 100;
    expect(Math.abs(aboveMllw - levelCm)).toBeLessThanOrEqual(3);
  }
});

// Diurnal, mixed and semidiurnal tides. NOAA publishes LAT and HAT as the lowest and the highest
// prediction of 1983–2001, MHW and MLW as means of what was observed in those years.
test.each([
  [NEWPORT_TIDE, "Newport", 4],
  ["noaa/9414290", "San Francisco", 4],
  ["noaa/8729840", "Pensacola", 6],
])("19 years of %s (%s) reach from published LAT to HAT, to %d cm", (id, _, tolerance) => {
  const harmonics = testHarmonics(id);
  const { LAT, HAT, MHW, MLW } = stationsById.get(id)!.datums;
  const extremes = predictExtremes(harmonics, Date.UTC(1983, 0, 1), Date.UTC(2002, 0, 1));
  const levels = extremes.map(({ levelCm }) => levelCm);
  expect(Math.abs(Math.min(...levels))).toBeLessThanOrEqual(tolerance);
  expect(Math.abs(Math.max(...levels) - (HAT! - LAT!) * 100)).toBeLessThanOrEqual(tolerance);
  const meanOf = (wanted: "high" | "low") => {
    const some = extremes.flatMap(({ kind, levelCm }) => kind === wanted ? [levelCm] : []);
    return some.reduce((sum, level) => sum + level, 0) / some.length;
  };
  expect(Math.abs(meanOf("high") - (MHW! - LAT!) * 100)).toBeLessThanOrEqual(3);
  expect(Math.abs(meanOf("low") - (MLW! - LAT!) * 100)).toBeLessThanOrEqual(3);
});

const plain = ({ lowsCm, highsCm }: TideDays) => ({
  lowsCm: Array.from(lowsCm),
  highsCm: Array.from(highsCm),
});

const stations = usableTideStations().filter((_, i) => i % 97 === 0);
const stationArbitrary = fc.constantFrom(...stations);
// Clocks that turn at midnight, by half an hour, and that stand at quarters of an hour.
const zoneArbitrary = fc.constantFrom(
  "America/New_York",
  "Africa/Cairo",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Europe/Lisbon",
  "Pacific/Apia",
);
const dayArbitrary = fc.integer({ min: dateToDay("2026-01-01"), max: dateToDay("2029-12-01") });

test("no water of a day lies beyond its lowest and highest", () => {
  fc.assert(
    fc.property(stationArbitrary, zoneArbitrary, dayArbitrary, ({ id }, zone, day) => {
      const harmonics = testHarmonics(id);
      const { lowsCm, highsCm } = predictDays(harmonics, zone, day, 4);
      for (let i = 0; i < 4; i++) {
        const [from, to] = [localInstant(zone, day + i, 0), localInstant(zone, day + i + 1, 0)];
        const [low, high] = [lowsCm[i]!, highsCm[i]!];
        expect(low).toBeLessThanOrEqual(high);
        const inDay = ({ atMs }: { atMs: number }) => atMs >= from && atMs < to;
        const extremes = predictExtremes(harmonics, from, to).filter(inDay);
        const curve = predictCurve(harmonics, from, to).filter(inDay);
        const levels = [...extremes, ...curve].map(({ levelCm }) => levelCm);
        // Ten minutes' curve may top half an hour's samples by what it turns in a quarter of an hour.
        expect(Math.min(...levels)).toBeGreaterThanOrEqual(low - 1);
        expect(Math.max(...levels)).toBeLessThanOrEqual(high + 1);
        // And they are reached, but for what is rounded outwards or lies just beyond midnight.
        const slack = 2 + (highsCm[i]! - lowsCm[i]!) * 0.1;
        expect(Math.min(...levels) - low).toBeLessThanOrEqual(slack);
        expect(high - Math.max(...levels)).toBeLessThanOrEqual(slack);
      }
    }),
    { numRuns: 60 },
  );
});

test("a day is the same in whatever span it is predicted", () => {
  fc.assert(
    fc.property(stationArbitrary, dayArbitrary, fc.nat(40), ({ id, timeZone }, day, offset) => {
      const harmonics = testHarmonics(id);
      const long = plain(predictDays(harmonics, timeZone, day, 45));
      const short = plain(predictDays(harmonics, timeZone, day + offset, 3));
      expect(short.lowsCm).toEqual(long.lowsCm.slice(offset, offset + 3));
      expect(short.highsCm).toEqual(long.highsCm.slice(offset, offset + 3));
    }),
    { numRuns: 30 },
  );
});

test("water stays within a decimetre of LAT and HAT", () => {
  for (const { id, timeZone, highCm } of stations) {
    const { lowsCm, highsCm } = predictDays(testHarmonics(id), timeZone, 20_800, 60);
    expect(Math.min(...Array.from(lowsCm))).toBeGreaterThanOrEqual(-10);
    expect(Math.max(...Array.from(highsCm))).toBeLessThanOrEqual(highCm + 10);
  }
});

test("extremes alternate, and one lies beyond each end", () => {
  fc.assert(
    fc.property(stationArbitrary, dayArbitrary, fc.integer({ min: 1, max: 14 }), (one, day, n) => {
      const [from, to] = [day * DAY_MS, (day + n) * DAY_MS];
      const extremes = predictExtremes(testHarmonics(one.id), from, to);
      expect(extremes[0]!.atMs).toBeLessThan(from);
      expect(extremes.at(-1)!.atMs).toBeGreaterThan(to);
      expect(extremes.filter(({ atMs }) => atMs < from)).toHaveLength(1);
      expect(extremes.filter(({ atMs }) => atMs > to)).toHaveLength(1);
      for (let i = 1; i < extremes.length; i++) {
        expect(extremes[i]!.atMs).toBeGreaterThanOrEqual(extremes[i - 1]!.atMs);
      }
    }),
    { numRuns: 60 },
  );
});

describe("the days on which clocks change", () => {
  // Newport in 2027: 23 hours on March 14, 25 on November 7.
  test.each([["2027-03-14", 23], ["2027-11-07", 25]])("%s has %d hours", (date, hours) => {
    const day = dateToDay(date);
    const zone = "America/New_York";
    const [from, to] = [localInstant(zone, day, 0), localInstant(zone, day + 1, 0)];
    expect((to - from) / 3_600_000).toBe(hours);
    const harmonics = testHarmonics(NEWPORT_TIDE);
    const { lowsCm, highsCm } = predictDays(harmonics, zone, day, 1);
    const curve = predictCurve(harmonics, from, to);
    expect(spansAbove(curve, highsCm[0]! + 1, from, to)).toEqual([]);
    expect(spansAbove(curve, lowsCm[0]! - 1, from, to)).toEqual([[from, to]]);
  });
});

test("TIDE_MODEL is raised with the packages that predict", async () => {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const { dependencies } = JSON.parse(text) as { dependencies: Record<string, string> };
  const used = {
    model: TIDE_MODEL,
    predictor: dependencies["@neaps/tide-predictor"],
    database: dependencies["@neaps/tide-database"],
  };
  // Where this fails, count TIDE_MODEL up: tables of the old packages are then predicted anew.
  expect(used).toEqual({ model: 1, predictor: "0.11.0", database: "0.10.20260924" });
});
