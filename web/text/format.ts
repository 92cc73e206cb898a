import { formatMoney } from "../../shared/money.ts";
import { dateToDay } from "../../shared/stay.ts";
import { formatLength } from "../../shared/units.ts";
import { dateFormat } from "./date-format.ts";

export type LengthUnit = "m" | "ft";

/** Beyond this many days ahead a date without its year could be another. */
const DAYS_WITHOUT_YEAR = 300;

/** Two local dates as one span: `3 – 10 Jul 2027`; its year left out where `today` is near. */
export function formatStay(from: string, to: string, locale: string, today?: string): string {
  const ahead = today === undefined ? Infinity : Math.abs(dateToDay(from) - dateToDay(today));
  return dateFormat(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    ...(ahead > DAYS_WITHOUT_YEAR && { year: "numeric" }),
  })
    .formatRange(dateToDay(from) * 86_400_000, dateToDay(to) * 86_400_000);
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

export { formatLength, formatMoney };
