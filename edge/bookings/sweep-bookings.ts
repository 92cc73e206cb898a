import { onlyRow, retryTransient, type Sql } from "../platform/sql.ts";

/** How much of each kind one sweep ends; what is left comes in the next. */
const DOCKS = 100;
const BOOKINGS = 100;

/**
 * Ends what has run out: holds and requests, changes that were not paid, stays whose time is over; and
 * closes nights that come on sale within a closure. Everything by the database's clock and under each dock's own lock, so that any number of
 * processes may sweep at once. Answers how many holds and requests ended.
 */
export async function sweepBookings(sql: Sql): Promise<number> {
  const call = <T>(text: string, value: string | number) =>
    retryTransient(async () => onlyRow(await sql.query<{ done: T }>(text, [value])).done);
  const expired = await call<number>("SELECT expire_overdue($1) AS done", DOCKS);
  // One transaction each: a change may hold two docks, and two changes the same in turn.
  const changes = await sql.query<{ id: string }>("SELECT changes_due($1) AS id", [BOOKINGS]);
  for (const { id } of changes) await call("SELECT expire_change($1) AS done", id);
  await call("SELECT complete_past($1) AS done", BOOKINGS);
  await call("SELECT extend_closures($1) AS done", DOCKS);
  return expired;
}
