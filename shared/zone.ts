const DAY_MS = 86_400_000;

/** What is known of a zone: making a formatter costs a thousand times what using one does. */
interface Zone {
  formatter: Intl.DateTimeFormat;
  /** The quarter of an hour that `offsetMs` is of: clocks change at the beginning of one. */
  quarter: number;
  offsetMs: number;
  /** The offset all through a day and its neighbours; NaN where it changes. */
  dayOffsets: Map<number, number>;
}

const QUARTER_MS = 15 * 60_000;
const MOST_DAYS = 1_000;
const zones = new Map<string, Zone>();

function zoneOf(timeZone: string): Zone {
  let zone = zones.get(timeZone);
  if (!zone) {
    // Swedish writes dates as ISO 8601 does.
    const formatter = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    zone = { formatter, quarter: NaN, offsetMs: 0, dayOffsets: new Map() };
    zones.set(timeZone, zone);
  }
  return zone;
}

/** What a zone's clocks show at an instant, as if that were UTC. RangeError for no such zone. */
function wallClock(timeZone: string, atMs: number): number {
  return Date.parse(`${zoneOf(timeZone).formatter.format(atMs).replace(" ", "T")}Z`);
}

/** How far a zone's clocks are before UTC at an instant, in ms. */
function offsetAt(timeZone: string, atMs: number): number {
  const zone = zoneOf(timeZone);
  const quarter = Math.floor(atMs / QUARTER_MS);
  if (zone.quarter !== quarter) {
    zone.offsetMs = wallClock(timeZone, quarter * QUARTER_MS) - quarter * QUARTER_MS;
    zone.quarter = quarter;
  }
  return zone.offsetMs;
}

function dayOffset(timeZone: string, day: number): number {
  const { dayOffsets } = zoneOf(timeZone);
  let offset = dayOffsets.get(day);
  if (offset === undefined) {
    const [before, after] = [(day - 1) * DAY_MS, (day + 2) * DAY_MS];
    offset = wallClock(timeZone, before) - before;
    if (offset !== wallClock(timeZone, after) - after) offset = NaN;
    if (dayOffsets.size >= MOST_DAYS) dayOffsets.clear();
    dayOffsets.set(day, offset);
  }
  return offset;
}

/**
 * The instant (ms since 1970) at which a zone's clocks show `minutes` after midnight of a day
 * number. Where clocks skip that time, or show it twice, standard time is meant, as PostgreSQL's
 * `AT TIME ZONE` has it. For judging beforehand: what counts is what Postgres computes at booking.
 */
export function localInstant(timeZone: string, day: number, minutes: number): number {
  const wall = day * DAY_MS + minutes * 60_000;
  const offset = dayOffset(timeZone, day);
  if (!Number.isNaN(offset)) return wall - offset;
  const offsetBefore = wallClock(timeZone, wall - DAY_MS) - (wall - DAY_MS);
  const offsetAfter = wallClock(timeZone, wall + DAY_MS) - (wall + DAY_MS);
  const [early, late] = [wall - offsetBefore, wall - offsetAfter].sort((a, b) => a - b);
  const isEarly = wallClock(timeZone, early!) === wall;
  const isLate = wallClock(timeZone, late!) === wall;
  return isEarly && !isLate ? early! : late!;
}

/** Minutes after midnight of a time of day, `HH:MM`. */
export function timeToMinutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** One instant seen in many zones. */
export interface ZoneClock {
  readonly nowMs: number;
  /** Day number of the local date. */
  today(timeZone: string): number;
  /** The instant at which a local day reaches a time of day. */
  instant(timeZone: string, day: number, time: string): number;
}

export function createZoneClock(nowMs: number): ZoneClock {
  return {
    nowMs,
    today: (timeZone) => Math.floor((nowMs + offsetAt(timeZone, nowMs)) / DAY_MS),
    instant: (timeZone, day, time) => localInstant(timeZone, day, timeToMinutes(time)),
  };
}
