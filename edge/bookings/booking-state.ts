import type { BookingState } from "../../shared/chat.ts";
import type { BookingRecord } from "./booking-queries.ts";

/** What a room shows of a booking: no name and no text, which stay in Postgres. */
export function recordToState(record: BookingRecord): BookingState {
  const { version, status, dockId, from, to, spanCm, currency, totalMinor } = record;
  const { owedMinor, deadline } = record;
  return { version, status, dockId, from, to, spanCm, currency, totalMinor, owedMinor, deadline };
}
