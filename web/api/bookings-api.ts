import type { NewBooking, Ticket } from "../../shared/api.ts";
import type { Booking } from "../../shared/booking.ts";
import type { DepositClaim, FirstRefusal, StayChange } from "../../shared/stay-change.ts";
import type { Http, Page } from "./http.ts";

export type BookingSide = "guest" | "host";
export type AskedMove = "accept" | "decline" | "cancel" | "check-in" | "check-out" | "no-show";
/** What a booking is told beside its moves. */
export type Asked =
  | { path: "extend"; body: StayChange }
  | { path: "first-refusal"; body: FirstRefusal }
  | { path: "deposit"; body: DepositClaim };

/** Bookings in which one is the guest, or the host. */
export function listBookings(
  http: Http,
  role: BookingSide,
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<Booking>> {
  return http.get("bookings", { role, cursor, limit: 50 }, signal);
}

export function readBooking(http: Http, id: string, signal?: AbortSignal): Promise<Booking> {
  return http.get(`bookings/${encodeURIComponent(id)}`, undefined, signal);
}

/** Books; the key must stay the same until an answer has come. */
export function createBooking(
  http: Http,
  body: NewBooking,
  idempotencyKey: string,
): Promise<Booking> {
  return http.send("POST", "bookings", { body, idempotencyKey });
}

export function moveBooking(
  http: Http,
  seen: Pick<Booking, "id" | "version">,
  move: AskedMove,
  idempotencyKey: string,
): Promise<Booking> {
  return askBooking(http, seen, move, {}, idempotencyKey);
}

/** Tells a booking something, on the state of it that was seen. */
export function askBooking(
  http: Http,
  seen: Pick<Booking, "id" | "version">,
  path: AskedMove | Asked["path"],
  body: object,
  idempotencyKey: string,
): Promise<Booking> {
  return http.send("POST", `bookings/${seen.id}/${path}`, {
    body,
    ifMatch: seen.version,
    idempotencyKey,
  });
}

/** Leave to enter one room once, within a minute: `thread:ID`, `booking:ID` or `inbox:me`. */
export function takeTicket(http: Http, room: string): Promise<Ticket> {
  return http.send("POST", "realtime/tickets", { body: { room } });
}
