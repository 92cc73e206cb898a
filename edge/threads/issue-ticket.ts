import type { Ticket } from "../../shared/api.ts";
import { isUuid } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import { type RoomName, roomToName } from "../../shared/ticket.ts";
import type { Deps } from "../deps.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";

const MEMBERSHIP = {
  thread: `SELECT 1 FROM jsonb_array_elements(thread_roster($1)) AS m
           WHERE m ->> 'userId' = $2`,
  booking: `SELECT 1 FROM booking WHERE id = $1 AND $2 IN (guest_id, host_id)`,
} as const;

/** A ticket for a room that the person belongs to; the room itself knows its members too. */
export async function issueTicket(
  deps: Deps,
  sql: Sql,
  person: Person,
  room: RoomName,
): Promise<Ticket> {
  if (!(await belongs(sql, person.id, room))) {
    throw new Problem("not-found", `Cannot give ticket: ${roomToName(room)} is no room of yours`);
  }
  return await deps.hub.issueTicket({
    room: roomToName(room),
    userId: person.id,
    sessionId: person.sessionId,
  });
}

async function belongs(sql: Sql, personId: string, room: RoomName): Promise<boolean> {
  if (room.party === "inbox") return room.id === personId;
  // Postgres would refuse to compare what is no UUID.
  if (!isUuid(room.id)) return false;
  return (await sql.query(MEMBERSHIP[room.party], [room.id, personId])).length > 0;
}
