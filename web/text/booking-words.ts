import type { BookingStatus } from "../../shared/booking.ts";

export const bookingStatusWords: Record<BookingStatus, string> = {
  held: "Held",
  requested: "Asked for",
  confirmed: "Confirmed",
  checked_in: "At the berth",
  completed: "Completed",
  expired: "Ran out",
  declined: "Declined",
  cancelled: "Cancelled",
  no_show: "Did not come",
};
