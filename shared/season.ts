import type { Season } from "./rate.ts";

/** The first season that holds a day number; where none does, the rate's own price serves. */
export function seasonOf(seasons: readonly Season[], day: number): Season | undefined {
  if (seasons.length === 0) return undefined;
  const date = dayToMonthDay(day);
  return seasons.find((season) => holdsMonthDay(season, date));
}

/** A day's place in the tables of `monthDaySeasons`. */
export function dayToYearPlace(day: number): number {
  const date = dayToMonthDay(day);
  return (Math.floor(date / 100) - 1) * 31 + (date % 100) - 1;
}

/**
 * For each day of the year, by `dayToYearPlace`, the first season that holds it: its number from 1
 * on, or 0 where none does.
 */
export function monthDaySeasons(seasons: readonly Dates[]): Uint8Array {
  const table = new Uint8Array(12 * 31);
  if (seasons.length === 0) return table;
  for (let place = 0; place < table.length; place++) {
    const date = (Math.floor(place / 31) + 1) * 100 + (place % 31) + 1;
    table[place] = seasons.findIndex((season) => holdsMonthDay(season, date)) + 1;
  }
  return table;
}

type Dates = Pick<Season, "from" | "to">;

function holdsMonthDay(season: Dates, date: number): boolean {
  const from = parseMonthDay(season.from);
  const to = parseMonthDay(season.to);
  return from < to ? date >= from && date < to : date >= from || date < to;
}

/** `MM-DD` as month · 100 + day, which sorts as dates do. */
function parseMonthDay(text: string): number {
  return digitAt(text, 0) * 1000 + digitAt(text, 1) * 100 + digitAt(text, 3) * 10 +
    digitAt(text, 4);
}

function digitAt(text: string, index: number): number {
  return text.charCodeAt(index) - 48;
}

/**
 * Month · 100 + day of a day number, without a Date: Howard Hinnant's `civil_from_days`
 * (https://howardhinnant.github.io/date_algorithms.html), whose years begin in March.
 */
function dayToMonthDay(day: number): number {
  const shifted = day + 719_468;
  const dayOfEra = shifted - Math.floor(shifted / 146_097) * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) -
    Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return month * 100 + dayOfMonth;
}
