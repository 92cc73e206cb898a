import type { Booking } from "../../shared/booking.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { type BookingRecord, findBooking } from "./booking-queries.ts";

/** One booking for its guest, its host or an admin; for anybody else there is none. */
export async function readBooking(sql: Sql, person: Person, id: string): Promise<Booking> {
  const record = await findBooking(sql, id);
  const role = record && roleIn(record, person);
  if (!role) {
    throw new Problem("not-found", "Cannot find booking: there is none of yours by that id");
  }
  return { ...record, role };
}

/** The part that somebody plays in a booking, undefined for a stranger. */
export function roleIn(record: BookingRecord, person: Person): Booking["role"] | undefined {
  if (record.guest.id === person.id) return "guest";
  if (record.host.id === person.id) return "host";
  return person.role === "admin" ? "admin" : undefined;
}
