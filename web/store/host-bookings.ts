import type { Booking } from "../../shared/booking.ts";
import { todayIn } from "../../shared/stay.ts";

export interface SortedBookings {
  /** Asked for and not answered, the one asked first above. */
  requests: readonly Booking[];
  /** At the berth today. */
  here: readonly Booking[];
  /** Still to come, the next first. */
  coming: readonly Booking[];
}

/**
 * A host's bookings by what they ask of the host today; what is over or off is left out. Those in
 * `answered` stay among the requests, so that an answer does not make its card vanish.
 */
export function sortBookings(
  bookings: readonly Booking[],
  nowMs: number,
  answered: ReadonlySet<string> = new Set(),
): SortedBookings {
  const ahead = bookings
    .filter(({ id }) => !answered.has(id))
    .filter(({ to, dock }) => to >= todayIn(dock.timeZone, nowMs))
    .toSorted((a, b) => a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1);
  const isHere = ({ status, from, dock }: Booking) =>
    status === "checked_in" || (status === "confirmed" && from <= todayIn(dock.timeZone, nowMs));
  return {
    requests: bookings
      .filter(({ id, status }) => status === "requested" || answered.has(id))
      .toSorted((a, b) => a.createdAt < b.createdAt ? -1 : 1),
    here: ahead.filter(isHere),
    coming: ahead.filter((one) =>
      (one.status === "confirmed" || one.status === "held") && !isHere(one)
    ),
  };
}
