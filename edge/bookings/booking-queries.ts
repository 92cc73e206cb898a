import { NamedVessel, type NewBoat } from "../../shared/boat.ts";
import type { Booking } from "../../shared/booking.ts";
import { Problem } from "../../shared/problem.ts";
import { onlyRow, retryTransient, type Sql, type SqlValue } from "../platform/sql.ts";

/** A booking as Postgres tells it (`booking_record`): all but the reader's role. */
export type BookingRecord = Omit<Booking, "role">;

/** What the booking functions answer: the record, or why nothing was done. */
export type BookingOutcome =
  | { answer: BookingRecord; refused?: never }
  | { refused: string; reason?: string | null; current?: BookingRecord | null };

/** What `book` (migration 0009) takes. */
export interface BookRequest {
  id: string;
  threadId: string;
  dockId: number;
  /** The record that fit and price were judged on; another one answers `dock-changed`. */
  dockVersion: number;
  from: string;
  to: string;
  loaCm: number;
  vessel: NamedVessel;
  quote: object;
  /** Whether fit lets this be booked at once, where the dock does. */
  instant: boolean;
}

/** Books in one round trip; a retry with the same key gets the same answer. */
export async function book(
  sql: Sql,
  guestId: string,
  key: string,
  bodyHash: string,
  request: BookRequest,
): Promise<BookingOutcome> {
  return await ask(sql, "book($1, $2, $3, $4)", [
    guestId,
    key,
    bodyHash,
    JSON.stringify(request),
  ]);
}

/** The answer that a key already has on a route, where its body is the same. */
export async function keptBooking(
  sql: Sql,
  guestId: string,
  route: string,
  key: string,
  bodyHash: string,
): Promise<BookingRecord | undefined> {
  const [row] = await sql.query<{ answer: BookingRecord }>(
    `SELECT answer FROM idempotency
     WHERE person_id = $1 AND route = $2 AND key = $3 AND body_hash = $4`,
    [guestId, route, key, bodyHash],
  );
  return row?.answer;
}

/** A saved boat of this person's as a booking's vessel. */
export async function ownedVessel(sql: Sql, ownerId: string, boatId: string): Promise<NamedVessel> {
  const [row] = await sql.query<{ record: NewBoat }>(
    `SELECT record FROM boat WHERE id = $1 AND owner_id = $2`,
    [boatId, ownerId],
  );
  if (!row) throw new Problem("not-found", "Cannot find boat: there is none of yours by that id");
  // The schema drops what a booking does not need, such as the hull's own length.
  return NamedVessel.parse(row.record);
}

/** One booking by its id. */
export async function findBooking(sql: Sql, id: string): Promise<BookingRecord | undefined> {
  const rows = await sql.query<{ record: BookingRecord | null }>(
    `SELECT booking_record($1) AS record`,
    [id],
  );
  return onlyRow(rows).record ?? undefined;
}

/** A person's bookings as guest, as host or both, newest first, after the booking `before`. */
export async function listBookings(
  sql: Sql,
  personId: string,
  role: "guest" | "host" | undefined,
  before: string | undefined,
  limit: number,
): Promise<BookingRecord[]> {
  const rows = await sql.query<{ record: BookingRecord }>(
    `SELECT booking_record(id) AS record FROM booking
     WHERE ((guest_id = $1 AND $2 IS DISTINCT FROM 'host')
         OR (host_id = $1 AND $2 IS DISTINCT FROM 'guest'))
       AND ($3::uuid IS NULL OR id < $3)
     ORDER BY id DESC LIMIT $4`,
    [personId, role ?? null, before ?? null, limit],
  );
  return rows.map((row) => row.record);
}

/** Makes a move in one round trip (`move_booking`, migration 0008). */
export function moveBookingRow(
  sql: Sql,
  move: {
    bookingId: string;
    actorId: string;
    role: string;
    name: string;
    version: number | undefined;
  },
): Promise<BookingOutcome> {
  return ask(sql, "move_booking($1, $2, $3, $4, $5)", [
    move.bookingId,
    move.actorId,
    move.role,
    move.name,
    move.version ?? null,
  ]);
}

/**
 * Asks one of the functions that answer a BookingOutcome, in one round trip; once more where only the
 * timing was at fault. Not for a part of a transaction.
 */
export function ask(
  sql: Sql,
  call: string,
  values: readonly SqlValue[],
): Promise<BookingOutcome> {
  return retryTransient(() => askOnce(sql, call, values));
}

/** The same as a part of a transaction, which its owner tries again as a whole. */
export async function askOnce(
  sql: Sql,
  call: string,
  values: readonly SqlValue[],
): Promise<BookingOutcome> {
  const rows = await sql.query<{ outcome: BookingOutcome }>(`SELECT ${call} AS outcome`, values);
  return onlyRow(rows).outcome;
}
