import type { BookingEvent } from "../../shared/stay-change.ts";
import type { Http } from "../api/http.ts";
import { readHistory } from "../api/payments-api.ts";
import { readAll } from "./read-all.ts";

/** What happened to a booking, oldest first. */
export function readBookingHistory(
  http: Http,
  bookingId: string,
  signal?: AbortSignal,
): Promise<BookingEvent[]> {
  return readAll((cursor) => readHistory(http, bookingId, cursor, signal));
}
