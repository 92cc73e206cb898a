import { createTidePredictor } from "@neaps/tide-predictor";
import type { TideDays, TideExtreme, TidePoint } from "../../shared/tide.ts";
import { localInstant } from "../../shared/zone.ts";

/** What a station's water is predicted from; metres and degrees, as tide tables' makers give them. */
export interface TideHarmonics {
  /** Name, amplitude in metres, phase lag at Greenwich in degrees. */
  constituents: readonly (readonly [name: string, amplitudeM: number, phaseDeg: number])[];
  /** Mean sea level above the chart datum, metres. */
  mslM: number;
  /** LAT above the chart datum, metres; below it at most stations. */
  latM: number;
  /** What makes a subordinate station's tides of its reference's: factors or metres, and minutes. */
  offsets?: {
    height: { high: number; low: number; type: "ratio" | "fixed" };
    time: { high: number; low: number };
  };
}

/** Counts the releases of predictor and constants: what an older one predicted is predicted anew. */
export const TIDE_MODEL = 1;

const DAY_MS = 86_400_000;
/** Days that are predicted together, about 10 ms: block n begins on day number n × BLOCK_DAYS. */
export const BLOCK_DAYS = 32;
/** The predictor neither drops nor moves extremes so far inside its span. */
const MARGIN_DAYS = 2;
/** Zones differ from UTC by whole quarters of an hour, most of them by whole halves. */
const DAY_SAMPLE_MS = 30 * 60_000;
/** So close a straight line is within a centimetre of a tide of 10 m. */
const CURVE_SAMPLE_MS = 10 * 60_000;

/**
 * High and low waters in `[fromMs, toMs]`, in order, and one more beyond each end. Centimetres above
 * LAT, which is the lowest of the 19 years that the station's datums were made of: in other years
 * predictions fall below it by a few centimetres and are left as they are.
 */
export function predictExtremes(
  harmonics: TideHarmonics,
  fromMs: number,
  toMs: number,
): TideExtreme[] {
  const extremes = extremesAround(harmonics, fromMs, toMs).map(({ atMs, level, kind }) => ({
    atMs,
    levelCm: Math.round(toLatCm(harmonics, level)),
    kind,
  }));
  const first = extremes.findLastIndex(({ atMs }) => atMs < fromMs);
  const after = extremes.findIndex(({ atMs }) => atMs > toMs);
  return extremes.slice(Math.max(0, first), after < 0 ? undefined : after + 1);
}

/**
 * Lowest and highest water of `count` local days of a zone from day number `firstDay` on. Rounded
 * outwards, so that no water of the day lies beyond them; and predicted by whole blocks, so that a
 * day is the same to the centimetre in whatever span it is asked for.
 */
export function predictDays(
  harmonics: TideHarmonics,
  timeZone: string,
  firstDay: number,
  count: number,
): TideDays {
  const lowsCm = new Int16Array(count);
  const highsCm = new Int16Array(count);
  const end = firstDay + count;
  let day = firstDay;
  while (day < end) {
    const start = Math.floor(day / BLOCK_DAYS) * BLOCK_DAYS;
    const block = predictBlock(harmonics, timeZone, start, BLOCK_DAYS);
    const [from, to] = [day - start, Math.min(BLOCK_DAYS, end - start)];
    lowsCm.set(block.lowsCm.subarray(from, to), day - firstDay);
    highsCm.set(block.highsCm.subarray(from, to), day - firstDay);
    day = start + to;
  }
  return { firstDay, lowsCm, highsCm };
}

function predictBlock(
  harmonics: TideHarmonics,
  timeZone: string,
  firstDay: number,
  count: number,
): { lowsCm: Int16Array; highsCm: Int16Array } {
  const midnights = Array.from(
    { length: count + 1 },
    (_, i) => localInstant(timeZone, firstDay + i, 0),
  );
  const [fromMs, toMs] = [midnights[0]!, midnights[count]!];
  const waters = [
    ...extremesAround(harmonics, fromMs, toMs),
    ...samplesAround(harmonics, fromMs, toMs, DAY_SAMPLE_MS),
  ].toSorted((a, b) => a.atMs - b.atMs);
  const lowsCm = new Int16Array(count);
  const highsCm = new Int16Array(count);
  let start = 0;
  for (let day = 0; day < count; day++) {
    // From the last sample before the day to the first after it, so that nothing is left out.
    while (waters[start + 1]!.atMs <= midnights[day]!) start++;
    let [low, high] = [Infinity, -Infinity];
    for (let i = start; i < waters.length; i++) {
      const { atMs, level } = waters[i]!;
      if (level < low) low = level;
      if (level > high) high = level;
      if (atMs >= midnights[day + 1]!) break;
    }
    lowsCm[day] = Math.floor(toLatCm(harmonics, low));
    highsCm[day] = Math.ceil(toLatCm(harmonics, high));
  }
  return { lowsCm, highsCm };
}

/** The water from `fromMs` to `toMs` and a little beyond, centimetres above LAT not rounded. */
export function predictCurve(
  harmonics: TideHarmonics,
  fromMs: number,
  toMs: number,
): TidePoint[] {
  return samplesAround(harmonics, fromMs, toMs, CURVE_SAMPLE_MS)
    .map(({ atMs, level }) => ({ atMs, levelCm: toLatCm(harmonics, level) }));
}

/** Extremes of whole UTC days around a span, in metres above the chart datum. */
function extremesAround(harmonics: TideHarmonics, fromMs: number, toMs: number) {
  return predictorOf(harmonics)
    .getExtremesPrediction({ ...daysAround(fromMs, toMs), ...offsetsOf(harmonics) })
    .map(({ time, level, high }) => ({
      atMs: time.getTime(),
      level,
      kind: high ? "high" as const : "low" as const,
    }))
    // A subordinate station's highs and lows move by different minutes.
    .toSorted((a, b) => a.atMs - b.atMs);
}

/** The water at even times: what it is at midnight, and where it turns without an extreme. */
function samplesAround(harmonics: TideHarmonics, fromMs: number, toMs: number, everyMs: number) {
  return predictorOf(harmonics)
    .getTimelinePrediction({
      ...daysAround(fromMs, toMs),
      ...offsetsOf(harmonics),
      timeFidelity: everyMs / 1_000,
    })
    .map(({ time, level }) => ({ atMs: time.getTime(), level }));
}

/**
 * Whole UTC days: the predictor corrects for the moon's nodes at the middle of each 24 hours of its
 * span, so spans that begin at the same hour agree wherever they begin.
 */
function daysAround(fromMs: number, toMs: number) {
  return {
    start: new Date((Math.floor(fromMs / DAY_MS) - MARGIN_DAYS) * DAY_MS),
    end: new Date((Math.ceil(toMs / DAY_MS) + MARGIN_DAYS) * DAY_MS),
  };
}

function offsetsOf({ offsets }: TideHarmonics) {
  return offsets === undefined ? {} : { offsets };
}

function predictorOf({ constituents, mslM }: TideHarmonics) {
  return createTidePredictor(
    constituents.map(([name, amplitude, phase]) => ({ name, amplitude, phase })),
    { offset: mslM },
  );
}

function toLatCm({ latM }: TideHarmonics, levelM: number): number {
  return (levelM - latM) * 100;
}
