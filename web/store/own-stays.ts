import { LIVE_STATUSES } from "../../shared/booking.ts";
import type { Booking } from "../../shared/booking.ts";
import { todayIn } from "../../shared/stay.ts";
import { listBookings } from "../api/bookings-api.ts";
import type { Http } from "../api/http.ts";
import { readAll } from "./read-all.ts";

export interface SortedStays {
  /** Under way or still to come, the next first. */
  ahead: readonly Booking[];
  /** Over, or off; the latest first. */
  past: readonly Booking[];
}

export function readOwnStays(http: Http, abort: AbortSignal): Promise<Booking[]> {
  return readAll((cursor) => listBookings(http, "guest", cursor, abort));
}

/** A guest's stays by what is still to come of them, by each dock's own date. */
export function sortStays(bookings: readonly Booking[], nowMs: number): SortedStays {
  const isAhead = ({ status, to, dock }: Booking) =>
    LIVE_STATUSES.includes(status) &&
    (status === "checked_in" || to >= todayIn(dock.timeZone, nowMs));
  const byFrom = bookings.toSorted((a, b) =>
    a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1
  );
  return {
    ahead: byFrom.filter(isAhead),
    past: byFrom.filter((booking) => !isAhead(booking)).toReversed(),
  };
}
