import type { BookingEvent } from "../../shared/stay-change.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { readBooking } from "./read-booking.ts";

/** What happened to a booking, oldest first, for its guest, its host or an admin. */
export async function readHistory(
  sql: Sql,
  person: Person,
  bookingId: string,
  page: { after: number | undefined; limit: number },
): Promise<BookingEvent[]> {
  await readBooking(sql, person, bookingId);
  const rows = await sql.query<{ event: BookingEvent }>(
    `SELECT jsonb_build_object(
       'version', version, 'at', iso_instant(at), 'kind', kind,
       'actor', jsonb_build_object('id', body -> 'actorId', 'role', body -> 'actorRole'),
       'before', body -> 'before', 'after', body -> 'after',
       'amounts', coalesce(body -> 'amounts', 'null')) AS event
     FROM event WHERE booking_id = $1 AND version > $2
     ORDER BY version LIMIT $3`,
    [bookingId, page.after ?? 0, page.limit],
  );
  return rows.map((row) => row.event);
}
