import type { Closure } from "./dock.ts";
import { dayToYearPlace, monthDayToPlace, yearPlaceSeasons } from "./season.ts";
import type { ZoneClock } from "./zone.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What a dock asks of every stay, in its own zone. */
export interface StayTerms {
  timeZone: string;
  minNights: number;
  maxNights: number;
  noticeHours: number;
  windowDays: number;
  /** `HH:MM`. */
  checkInFrom: string;
  /** Left out where they are nights taken already, as in a tile. */
  closures?: readonly Closure[];
}

/** The words of the database's `stay_fault`, which decides at booking by its own clock. */
export type StayFault = "past" | "min-nights" | "max-nights" | "window" | "closed" | "notice";

/**
 * Which of a dock's terms the nights `[fromDay, toDay)` break, if any: arrival before the dock's
 * today, too few or too many nights, nights further ahead than it sells, nights of a closure, or a
 * check-in sooner than its notice. A dock without notice can still be booked after today's check-in has begun.
 * `was` are the nights that the guest has there already: what they keep is no news to the dock.
 */
export function stayFault(
  terms: StayTerms,
  fromDay: number,
  toDay: number,
  clock: ZoneClock,
  was?: { fromDay: number; toDay: number },
): StayFault | undefined {
  const nights = toDay - fromDay;
  const today = clock.today(terms.timeZone);
  const begins = fromDay !== was?.fromDay;
  if ((begins && fromDay < today) || toDay < today) return "past";
  if (nights < terms.minNights) return "min-nights";
  if (nights > terms.maxNights) return "max-nights";
  if (toDay > Math.max(today + terms.windowDays, was?.toDay ?? -Infinity)) return "window";
  if (terms.closures?.length && hasClosedNight(terms.closures, fromDay, toDay, was)) {
    return "closed";
  }
  if (!begins) return undefined;
  const noticedAt = clock.nowMs + terms.noticeHours * HOUR_MS;
  // No zone is a day ahead of UTC: from here on the notice is kept whatever the zone.
  if (terms.noticeHours === 0 || (fromDay - 1) * DAY_MS >= noticedAt) return undefined;
  return clock.instant(terms.timeZone, fromDay, terms.checkInFrom) < noticedAt
    ? "notice"
    : undefined;
}

function hasClosedNight(
  closures: readonly Closure[],
  fromDay: number,
  toDay: number,
  was: { fromDay: number; toDay: number } | undefined,
): boolean {
  const closed = yearPlaceSeasons(closures.map(({ from, to }) => ({
    from: monthDayToPlace(from),
    to: monthDayToPlace(to),
  })));
  for (let day = fromDay; day < toDay; day++) {
    const isNew = !was || day < was.fromDay || day >= was.toDay;
    if (isNew && closed[dayToYearPlace(day)] !== 0) return true;
  }
  return false;
}

/** What a fault says to the guest. */
export function stayFaultText(fault: StayFault, terms: StayTerms): string {
  switch (fault) {
    case "past":
      return "the arrival is in the past";
    case "min-nights":
      return `it takes stays of ${terms.minNights} nights or more`;
    case "max-nights":
      return `it takes stays of ${terms.maxNights} nights at most`;
    case "window":
      return `its nights are sold ${terms.windowDays} days ahead`;
    case "closed":
      return "it is closed on some of those nights";
    case "notice":
      return `it asks for ${terms.noticeHours} hours between booking and check-in`;
  }
}
