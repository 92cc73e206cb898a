import type { BookingSnapshot } from "../../shared/hub.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";
import { findBooking } from "./booking-queries.ts";
import { recordToState } from "./booking-state.ts";

/** What a booking's room begins with: its state and who may watch it. */
export async function snapshotBooking(sql: Sql, id: string): Promise<BookingSnapshot> {
  const record = await findBooking(sql, id);
  if (!record) throw new Problem("not-found", "Cannot read booking: there is no such booking");
  const { guest, host } = record;
  return {
    booking: recordToState(record),
    payment: record.payment && { ...record.payment, version: record.version },
    membersVersion: 1,
    members: [
      { userId: guest.id, role: "guest", name: guest.name },
      { userId: host.id, role: "host", name: host.name },
    ],
  };
}
