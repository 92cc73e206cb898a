import type { QuoteAnswer } from "../../shared/api.ts";
import type { Booking } from "../../shared/booking.ts";
import { refundMinor, refundPercent } from "../../shared/cancellation.ts";
import type { Stay } from "../../shared/stay.ts";
import { readQuote } from "../api/docks-api.ts";
import type { Http } from "../api/http.ts";
import { owedDepositMinor } from "./booking-money.ts";

/** The price of a stay as it would become, for its own boat. */
export function readChangeQuote(
  http: Http,
  booking: Pick<Booking, "id" | "dockId">,
  stay: Stay,
  signal?: AbortSignal,
): Promise<QuoteAnswer> {
  return readQuote(http, booking.dockId, stay, { bookingId: booking.id }, signal);
}

/** What a change does to the price. Ashore the difference is settled with the host. */
export interface PriceDifference {
  dueMinor: number;
  /** Of what the stay costs less, what goes back to the card, and the percent that the terms give. */
  backMinor: number;
  percent: number;
}

export function differenceOf(
  booking: Booking,
  totalMinor: number,
  nowMs: number,
): PriceDifference {
  const { collection, cancellationTiers: tiers, policyFrom } = booking;
  if (collection === "at_dock") {
    const more = totalMinor - booking.totalMinor;
    return { dueMinor: Math.max(0, more), backMinor: Math.max(0, -more), percent: 100 };
  }
  const less = booking.owedMinor - owedDepositMinor(booking) - totalMinor;
  const from = Date.parse(policyFrom);
  return {
    dueMinor: Math.max(0, -less),
    backMinor: less > 0 ? refundMinor(less, tiers, from, nowMs) : 0,
    percent: refundPercent(tiers, from, nowMs),
  };
}
