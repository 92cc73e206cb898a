import type { BookingStatus } from "./booking.ts";

/** What a conversation says of a booking's new state, where its reader has no words of its own. */
const NOTES: Readonly<Record<BookingStatus, string>> = {
  held: "Booking begun: the berth is held until it is paid",
  requested: "Booking requested: the host has been asked",
  confirmed: "Booking confirmed",
  checked_in: "Checked in",
  completed: "Stay completed",
  expired: "Booking expired",
  declined: "Booking declined",
  cancelled: "Booking cancelled",
  no_show: "Marked as no-show",
};

/** The words for a status; a status of a newer edge is said as it is. */
export function bookingNoteText(status: string): string {
  return (NOTES as Readonly<Record<string, string>>)[status] ?? `Booking: ${status}`;
}

/** States in which the two are no strangers any more. */
const KNOWN: readonly string[] = ["confirmed", "checked_in", "completed"] satisfies BookingStatus[];

export function isAgreed(status: string): boolean {
  return KNOWN.includes(status);
}
