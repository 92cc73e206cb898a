import type { Booking } from "../../shared/booking.ts";
import { todayIn } from "../../shared/stay.ts";

export interface SortedBookings {
  /** Asked for and not answered, the one that ends first above. */
  requests: readonly Booking[];
  /** At the berth today. */
  here: readonly Booking[];
  /** Still to come, the next first. */
  coming: readonly Booking[];
}

/** A host's bookings by what they ask of the host today; what is over or off is left out. */
export function sortBookings(bookings: readonly Booking[], nowMs: number): SortedBookings {
  const ahead = bookings
    .filter(({ to, dock }) => to >= todayIn(dock.timeZone, nowMs))
    .toSorted((a, b) => a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1);
  const isHere = ({ status, from, dock }: Booking) =>
    status === "checked_in" || (status === "confirmed" && from <= todayIn(dock.timeZone, nowMs));
  return {
    requests: bookings
      .filter(({ status }) => status === "requested")
      .toSorted((a, b) => Date.parse(a.deadline ?? a.from) - Date.parse(b.deadline ?? b.from)),
    here: ahead.filter(isHere),
    coming: ahead.filter((one) =>
      (one.status === "confirmed" || one.status === "held") && !isHere(one)
    ),
  };
}
