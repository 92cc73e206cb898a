import type { BookingStatus } from "../../shared/booking.ts";
import { bookingStatusWords } from "../text/booking-words.ts";
import "./booking-status.css";

const TONES: Record<BookingStatus, "good" | "care" | "off"> = {
  held: "care",
  requested: "care",
  confirmed: "good",
  checked_in: "good",
  completed: "off",
  expired: "off",
  declined: "off",
  cancelled: "off",
  no_show: "off",
};

/** A booking's status by word and colour. */
export function BookingStatusBadge({ status }: { status: BookingStatus }) {
  return <span class={`booking-status ${TONES[status]}`}>{bookingStatusWords[status]}</span>;
}
