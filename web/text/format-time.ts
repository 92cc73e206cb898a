import { dateToDay } from "../../shared/stay.ts";
import { dateFormat } from "./date-format.ts";

const DAY_AND_CLOCK: Intl.DateTimeFormatOptions = {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
};

/** A local date for people: `2027-07-03` → `Sat 3 Jul`, with the year where it is not `thisYear`. */
export function formatDate(date: string, locale: string, thisYear?: number): string {
  const day = new Date(dateToDay(date) * 86_400_000);
  return dateFormat(locale, {
    timeZone: "UTC",
    weekday: "short",
    day: "numeric",
    month: "short",
    ...(thisYear !== undefined && day.getUTCFullYear() !== thisYear && { year: "numeric" }),
  }).format(day);
}

/** A month's name with its year, of the month's first local date. */
export function formatMonth(date: string, locale: string): string {
  return dateFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" })
    .format(dateToDay(date) * 86_400_000);
}

/** Two instants as one span of the dock's own clock, its days named where they differ. */
export function formatSpan(from: string, to: string, timeZone: string, locale: string): string {
  return dateFormat(locale, { timeZone, ...DAY_AND_CLOCK })
    .formatRange(Date.parse(from), Date.parse(to));
}

/** An instant as the dock's own clock shows it: `Sat 3 Jul, 14:00`. */
export function formatInstant(instant: string, timeZone: string, locale: string): string {
  return dateFormat(locale, { timeZone, ...DAY_AND_CLOCK }).format(Date.parse(instant));
}

/** A message's time: the clock today, the date before. */
export function formatMoment(instant: string, nowMs: number, locale: string): string {
  const at = Date.parse(instant);
  const clock: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  const dayOf = dateFormat(locale, { dateStyle: "short" });
  return dayOf.format(at) === dayOf.format(nowMs)
    ? dateFormat(locale, clock).format(at)
    : dateFormat(locale, { day: "numeric", month: "short", ...clock }).format(at);
}

/** How long until an instant, in the unit that says most: `in 23 hours`. */
export function formatUntil(instant: string, nowMs: number, locale: string): string {
  const minutes = Math.round((Date.parse(instant) - nowMs) / 60_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 90) return format.format(minutes, "minute");
  if (Math.abs(minutes) < 48 * 60) return format.format(Math.round(minutes / 60), "hour");
  return format.format(Math.round(minutes / (24 * 60)), "day");
}
