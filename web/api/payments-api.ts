import type { BookingEvent } from "../../shared/stay-change.ts";
import type { Statement } from "../../shared/ledger.ts";
import type { Payment, PayoutAccountAnswer, Payouts } from "../../shared/payment.ts";
import type { Http, Page } from "./http.ts";

/**
 * What a booking's card form needs. Asked again it is the same payment, as it stands at the provider
 * now: so any key does.
 */
export function openPayment(http: Http, bookingId: string, key: string): Promise<Payment> {
  return http.send("POST", `bookings/${bookingId}/payment`, { body: {}, idempotencyKey: key });
}

export function readHistory(
  http: Http,
  bookingId: string,
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<BookingEvent>> {
  return http.get(`bookings/${bookingId}/history`, { cursor, limit: 100 }, signal);
}

export function readPayouts(http: Http, cursor?: string, signal?: AbortSignal): Promise<Payouts> {
  return http.get("payouts", { cursor, limit: 25 }, signal);
}

/** The page where a host says who they are and where their money goes. */
export function openPayoutAccount(http: Http, key: string): Promise<PayoutAccountAnswer> {
  return http.send("POST", "payouts/account", { body: {}, idempotencyKey: key });
}

export function readStatement(
  http: Http,
  role: Statement["role"],
  cursor?: string,
  signal?: AbortSignal,
): Promise<Statement> {
  return http.get("statements", { role, cursor, limit: 25 }, signal);
}
