import type { Season } from "./rate.ts";

/** The first season that holds a day number; where none does, the rate's own price serves. */
export function seasonOf(seasons: readonly Season[], day: number): Season | undefined {
  if (seasons.length === 0) return undefined;
  const date = dayToMonthDay(day);
  for (const season of seasons) {
    if (isWithin(date, parseMonthDay(season.from), parseMonthDay(season.to))) return season;
  }
  return undefined;
}

/** How many days a year would have if each month had 31. */
export const YEAR_PLACES = 12 * 31;

/** A day's place in such a year. */
export function dayToYearPlace(day: number): number {
  return dateToPlace(dayToMonthDay(day));
}

function dateToPlace(date: number): number {
  return (Math.floor(date / 100) - 1) * 31 + (date % 100) - 1;
}

/**
 * For each day of the year, by `dayToYearPlace`, the first season that holds it: its number from 1
 * on, or 0 where none does.
 */
export function yearPlaceSeasons(seasons: readonly YearStretch[]): Uint8Array {
  const table = new Uint8Array(YEAR_PLACES);
  for (const [i, { from, to }] of seasons.entries()) {
    for (let place = 0; place < YEAR_PLACES; place++) {
      if (table[place] === 0 && isWithin(place, from, to)) table[place] = i + 1;
    }
  }
  return table;
}

/** `MM-DD` as its place in the year, and back. */
export function monthDayToPlace(text: string): number {
  return dateToPlace(parseMonthDay(text));
}

export function placeToMonthDay(place: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(place / 31) + 1)}-${two((place % 31) + 1)}`;
}

/** Places in the year `[from, to)`; may run over New Year. */
export interface YearStretch {
  from: number;
  to: number;
}

function isWithin(at: number, from: number, to: number): boolean {
  return from < to ? at >= from && at < to : at >= from || at < to;
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
