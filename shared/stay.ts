import * as z from "zod/mini";

const DAY_MS = 86_400_000;

/**
 * Day number of a local date: days since 1970-01-01, with no time zone in it. NaN where the text
 * is no date of the calendar (2027-02-30), or of a year before 100.
 */
export function dateToDay(date: string): number {
  let day = days.get(date);
  if (day === undefined) {
    if (days.size >= MOST_DAYS) days.clear();
    days.set(date, day = readDay(date));
  }
  return day;
}

/** Dates that were read: a search reads each of its own ten times. */
const days = new Map<string, number>();
const MOST_DAYS = 2_000;

function readDay(date: string): number {
  if (!/^\d{4}-\d\d-\d\d$/.test(date)) return NaN;
  const month = +date.slice(5, 7) - 1;
  const at = new Date(Date.UTC(+date.slice(0, 4), month, +date.slice(8)));
  // February's 30th rolls over to March: only a date that keeps its month is one.
  return at.getUTCMonth() === month && at.getUTCFullYear() === +date.slice(0, 4)
    ? +at / DAY_MS
    : NaN;
}

/** The local date `YYYY-MM-DD` of a day number. */
export function dayToDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** A night's local date in the dock's own zone. */
export const LocalDate = z.string().check(
  z.refine((date) => !Number.isNaN(dateToDay(date)), {
    error: "must be a date of the calendar as YYYY-MM-DD",
  }),
);
export type LocalDate = z.infer<typeof LocalDate>;

/** Nights `[from, to)`: the check-out day `to` can be booked by the next guest. */
export interface Stay {
  from: LocalDate;
  to: LocalDate;
}

export const Stay = z.object({ from: LocalDate, to: LocalDate }).check(
  z.refine((stay) => dateToDay(stay.from) < dateToDay(stay.to), {
    error: "must be after `from`",
    path: ["to"],
  }),
);

/** How many nights a stay has. */
export function nightCount(stay: Stay): number {
  return dateToDay(stay.to) - dateToDay(stay.from);
}

/** The local dates of a stay's nights, in order. */
export function nightsOf(stay: Stay): LocalDate[] {
  const first = dateToDay(stay.from);
  return Array.from({ length: nightCount(stay) }, (_, i) => dayToDate(first + i));
}

/** Day of the week of a day number: 0 Monday … 6 Sunday (ISO 8601 less one). */
export function weekdayOf(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** Today's local date in an IANA zone; throws RangeError for a zone that does not exist. */
export function todayIn(timeZone: string, nowMs: number): LocalDate {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat("sv-SE", { timeZone }).format(nowMs);
}

/** An IANA time zone that this runtime knows. */
export const TimeZone = z.string().check(
  z.maxLength(64),
  z.refine(isTimeZone, { error: "must be an IANA time zone, like Europe/Lisbon" }),
);

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
