import { formatMoney } from "../../shared/money.ts";
import { dateToDay } from "../../shared/stay.ts";
import { feetToCm, formatLength, metresToCm } from "../../shared/units.ts";

export type LengthUnit = "m" | "ft";

const formats = new Map<string, Intl.DateTimeFormat>();

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) formats.set(key, format = new Intl.DateTimeFormat(locale, options));
  return format;
}

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

/** Two local dates as one span: `3 – 10 Jul 2027`. */
export function formatStay(from: string, to: string, locale: string): string {
  return dateFormat(locale, { timeZone: "UTC", day: "numeric", month: "short", year: "numeric" })
    .formatRange(dateToDay(from) * 86_400_000, dateToDay(to) * 86_400_000);
}

/** A month's name with its year, of the month's first local date. */
export function formatMonth(date: string, locale: string): string {
  return dateFormat(locale, { timeZone: "UTC", month: "long", year: "numeric" })
    .format(dateToDay(date) * 86_400_000);
}

/** An instant as the dock's own clock shows it: `Sat 3 Jul, 14:00`. */
export function formatInstant(instant: string, timeZone: string, locale: string): string {
  return dateFormat(locale, {
    timeZone,
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(Date.parse(instant));
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

/** A distance over water for people: metres near by, then kilometres or nautical miles. */
export function formatDistance(metres: number, unit: LengthUnit, locale: string): string {
  if (metres < 950 && unit === "m") return `${Math.round(metres / 10) * 10} m`;
  const far = unit === "m" ? metres / 1000 : metres / 1852;
  const text = new Intl.NumberFormat(locale, { maximumFractionDigits: far < 10 ? 1 : 0 });
  return `${text.format(far)} ${unit === "m" ? "km" : "NM"}`;
}

export function formatCount(count: number, locale: string): string {
  return new Intl.NumberFormat(locale).format(count);
}

/** A length as a form's field shows it: plain figures in the unit, no unit sign. */
export function lengthToText(cm: number | undefined, unit: LengthUnit): string {
  if (cm === undefined) return "";
  return String(Math.round((unit === "m" ? cm / 100 : cm / 30.48) * 100) / 100);
}

/**
 * Centimetres of a length that a person typed: `12.4`, `12,4`, `12 m`, `40'`, `40'6"`, `40 ft 6 in`.
 * Undefined for an empty text, NaN for one that is no length.
 */
export function parseLength(text: string, unit: LengthUnit): number | undefined {
  const clean = text.trim().toLowerCase().replaceAll(",", ".");
  if (clean === "") return undefined;
  const feet = /^(\d+(?:\.\d+)?)\s*(?:'|′|ft|feet)\s*(?:(\d+(?:\.\d+)?)\s*(?:"|″|''|in|inches)?)?$/
    .exec(clean);
  if (feet) return feetToCm(Number(feet[1]) + Number(feet[2] ?? 0) / 12);
  const metres = /^(\d+(?:\.\d+)?)\s*(m|cm)?$/.exec(clean);
  if (!metres) return NaN;
  const value = Number(metres[1]);
  if (metres[2] === "cm") return Math.round(value);
  return metres[2] === "m" || unit === "m" ? metresToCm(value) : feetToCm(value);
}

export { formatLength, formatMoney };
