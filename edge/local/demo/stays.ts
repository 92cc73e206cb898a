import { weekdayOf } from "../../../shared/stay.ts";
import type { Random } from "./random.ts";

/** Nights `[fromDay, toDay)` taken of `[low, high)` centimetres; `high` undefined: all above. */
export interface DemoStay {
  fromDay: number;
  toDay: number;
  low: number;
  high: number | undefined;
}

export interface StayedDock {
  lat: number;
  maxLoaCm: number;
  gapCm: number;
  /** Of a quay; undefined where a boat takes the whole berth. */
  lengthCm: number | undefined;
}

/** How far ahead the demo's calendars reach. */
export const HORIZON_DAYS = 548;
/** Who came before today and is still there. */
const BEFORE_DAYS = 12;
const LENGTHS = [1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 7, 7, 7, 10, 14, 14, 21, 28, 45];
const FRIDAY = 4;
/** Days between two boats in a mean season: four or five stays a berth, twice that a quay. */
const WHOLE_BERTH_GAP_DAYS = 72;
const QUAY_GAP_DAYS = 90;

/**
 * The stays of a dock from a day on: dense in that half of the world's summer and soon, thin in
 * winter and far ahead, short ones over weekends, none over another in span and nights.
 */
export function rollStays(dock: StayedDock, today: number, random: Random): DemoStay[] {
  return dock.lengthCm === undefined
    ? wholeBerth(dock, today, random)
    : quay(dock, dock.lengthCm, today, random);
}

function wholeBerth(dock: StayedDock, today: number, random: Random): DemoStay[] {
  const popularity = 0.25 + 1.5 * random.next() ** 1.5;
  const stays: DemoStay[] = [];
  let day = today - BEFORE_DAYS;
  for (;;) {
    day = nextArrival(day, WHOLE_BERTH_GAP_DAYS / popularity, dock.lat, today, random);
    if (day >= today + HORIZON_DAYS) return stays;
    const stay = rollNights(day, random);
    if (stay.toDay > today) stays.push({ ...stay, low: 0, high: undefined });
    day = Math.max(stay.toDay, day + 1);
  }
}

/** Boats one after the other, each in the first gap between those that lie there meanwhile. */
function quay(dock: StayedDock, lengthCm: number, today: number, random: Random): DemoStay[] {
  const places = Math.max(1, lengthCm / 1_300);
  const meanGap = QUAY_GAP_DAYS / places / (0.4 + random.next());
  const stays: DemoStay[] = [];
  let lying: DemoStay[] = [];
  let day = today - BEFORE_DAYS;
  for (;;) {
    day = nextArrival(day, meanGap, dock.lat, today, random);
    if (day >= today + HORIZON_DAYS) return stays;
    const { fromDay, toDay } = rollNights(day, random);
    const loaCm = Math.min(dock.maxLoaCm, random.int(70, 170) * 10);
    // Weekends may push an arrival past the next one's day: what still lies at either stays.
    lying = lying.filter((stay) => stay.toDay > Math.min(day, fromDay));
    const overlapping = lying
      .filter((stay) => stay.toDay > fromDay && stay.fromDay < toDay)
      .sort((a, b) => a.low - b.low);
    const low = firstGap(overlapping, loaCm + dock.gapCm, lengthCm);
    if (low === undefined) continue;
    const stay = { fromDay, toDay, low, high: low + loaCm + dock.gapCm };
    lying.push(stay);
    if (toDay > today) stays.push(stay);
  }
}

function firstGap(
  taken: readonly DemoStay[],
  needCm: number,
  lengthCm: number,
): number | undefined {
  let low = 0;
  for (const stay of taken) {
    if (stay.low - low >= needCm) return low;
    low = Math.max(low, stay.high ?? lengthCm);
  }
  return lengthCm - low >= needCm ? low : undefined;
}

/**
 * The next day on which a boat comes: a Poisson process by thinning (Lewis and Shedler 1979), so
 * that a quiet winter does not leap over the summer behind it.
 */
function nextArrival(
  day: number,
  meanGapDays: number,
  lat: number,
  today: number,
  random: Random,
): number {
  let at = day;
  for (;;) {
    at -= Math.log(1 - random.next()) * meanGapDays / MOST_DEMAND;
    const ahead = Math.max(0, at - today) / HORIZON_DAYS;
    if (ahead > 1 || random.next() * MOST_DEMAND < demand(lat, at) * (1.3 - 0.8 * ahead)) {
      return Math.floor(at);
    }
  }
}

const MOST_DEMAND = 3;

/** How many boats come on a day against a year's mean: 0.15 in winter, 2.3 at midsummer. */
function demand(lat: number, day: number): number {
  if (Math.abs(lat) < 20) return 0.9;
  const midsummer = lat > 0 ? 205 : 22;
  const wave = (1 + Math.cos(((day - midsummer) * 2 * Math.PI) / 365.25)) / 2;
  return 0.15 + 2.15 * wave * wave;
}

function rollNights(day: number, random: Random): { fromDay: number; toDay: number } {
  const nights = LENGTHS[Math.floor(random.next() * LENGTHS.length)]!;
  // Two or three nights want to be a weekend's; a week starts on Saturday as charters do.
  const wanted = nights <= 3 ? FRIDAY : nights % 7 === 0 ? FRIDAY + 1 : undefined;
  const shift = wanted !== undefined && random.chance(0.6) ? (wanted - weekdayOf(day) + 7) % 7 : 0;
  return { fromDay: day + shift, toDay: day + shift + nights };
}
