import { dateToDay, dayToDate, weekdayOf } from "../../shared/stay.ts";

/** The first of the month that holds a date, moved by whole months. */
export function monthStart(date: string, offset = 0): string {
  const [year, month] = date.split("-").map(Number) as [number, number];
  const count = year * 12 + (month - 1) + offset;
  return `${String(Math.floor(count / 12)).padStart(4, "0")}-${
    String((count % 12) + 1).padStart(2, "0")
  }-01`;
}

/**
 * A month's weeks of seven; null where a day belongs to another month. `firstWeekday` 0 is Monday.
 */
export function monthWeeks(start: string, firstWeekday: number): (string | null)[][] {
  const first = dateToDay(start);
  const last = dateToDay(monthStart(start, 1)) - 1;
  const lead = (weekdayOf(first) - firstWeekday + 7) % 7;
  const weeks: (string | null)[][] = [];
  for (let day = first - lead; day <= last; day += 7) {
    weeks.push(
      Array.from(
        { length: 7 },
        (_, i) => day + i >= first && day + i <= last ? dayToDate(day + i) : null,
      ),
    );
  }
  return weeks;
}

/** A date some days later, or earlier. */
export function addDays(date: string, days: number): string {
  return dayToDate(dateToDay(date) + days);
}

/** Which day a locale's weeks begin with, 0 Monday; Monday where the browser does not know. */
export function firstWeekdayOf(locale: string): number {
  const known = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number };
    weekInfo?: { firstDay: number };
  };
  return ((known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1) - 1;
}

/**
 * The last day on which a stay from `from` can end, given the nights that are taken: the first
 * taken night's own date, since its guest arrives when this one has left.
 */
export function lastCheckOut(
  from: string,
  isTaken: (night: string) => boolean,
  maxNights: number,
): string {
  let nights = 0;
  while (nights < maxNights && !isTaken(addDays(from, nights))) nights++;
  return addDays(from, nights);
}
