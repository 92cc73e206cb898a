import { dateToDay, todayIn } from "./stay.ts";

const DAY_MS = 86_400_000;

// Making a formatter costs a thousand times what using one does; zones are few.
const formatters = new Map<string, Intl.DateTimeFormat>();

/** What a zone's clocks show at an instant, as if that were UTC. RangeError for no such zone. */
function wallClock(timeZone: string, atMs: number): number {
  let formatter = formatters.get(timeZone);
  if (!formatter) {
    // Swedish writes dates as ISO 8601 does.
    formatter = new Intl.DateTimeFormat("sv-SE", {
      timeZone,
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formatters.set(timeZone, formatter);
  }
  return Date.parse(`${formatter.format(atMs).replace(" ", "T")}Z`);
}

/**
 * The instant (ms since 1970) at which a zone's clocks show `minutes` after midnight of a day
 * number. Where clocks skip that time, or show it twice, standard time is meant, as PostgreSQL's
 * `AT TIME ZONE` has it. For judging beforehand: what counts is what Postgres computes at booking.
 */
export function localInstant(timeZone: string, day: number, minutes: number): number {
  const wall = day * DAY_MS + minutes * 60_000;
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

/** One instant seen in many zones; each zone's answers are worked out once. */
export interface ZoneClock {
  readonly nowMs: number;
  /** Day number of the local date. */
  today(timeZone: string): number;
  /** The instant at which a local day reaches a time of day. */
  instant(timeZone: string, day: number, time: string): number;
}

export function createZoneClock(nowMs: number): ZoneClock {
  const todays = new Map<string, number>();
  const instants = new Map<string, number>();
  return {
    nowMs,
    today(timeZone) {
      let day = todays.get(timeZone);
      if (day === undefined) todays.set(timeZone, day = dateToDay(todayIn(timeZone, nowMs)));
      return day;
    },
    instant(timeZone, day, time) {
      const key = `${timeZone} ${day} ${time}`;
      let at = instants.get(key);
      if (at === undefined) {
        instants.set(key, at = localInstant(timeZone, day, timeToMinutes(time)));
      }
      return at;
    },
  };
}
