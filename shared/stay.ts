import * as z from "zod/mini";

const DAY_MS = 86_400_000;

/**
 * Day number of a local date: days since 1970-01-01, with no time zone in it. NaN where the text
 * is no date of the calendar (2027-02-30). Howard Hinnant's `days_from_civil`, whose years begin
 * in March (https://howardhinnant.github.io/date_algorithms.html): a search asks it often.
 */
export function dateToDay(date: string): number {
  if (date.length !== 10 || date.charCodeAt(4) !== HYPHEN || date.charCodeAt(7) !== HYPHEN) {
    return NaN;
  }
  const year = numberAt(date, 0, 4);
  const month = numberAt(date, 5, 7);
  const day = numberAt(date, 8, 10);
  // Written so that NaN, of what is no number, is refused as well.
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return NaN;
  if (!(day <= daysIn(year, month))) return NaN;
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

const HYPHEN = 45;

/** The number that the digits of a part of a text write; NaN where one is no digit. */
function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return NaN;
    value = value * 10 + digit;
  }
  return value;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
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
