import type { Booking } from "../../shared/booking.ts";
import { Problem } from "../../shared/problem.ts";
import type { FirstRefusal } from "../../shared/stay-change.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { ask } from "./booking-queries.ts";
import { answerOf } from "./move-booking.ts";
import { readBooking } from "./read-booking.ts";

const ACTION = "Cannot give first refusal";

/**
 * Keeps the night after a stay for its guest until a local time of the check-out day: to others it
 * is taken, a longer stay of theirs may use it. Null gives the night free again.
 *
 * @throws {Problem} `dates-taken`, `stale` and `move-not-allowed` with the `current` record,
 *   `forbidden`, `not-found`.
 */
export async function giveFirstRefusal(
  sql: Sql,
  person: Person,
  bookingId: string,
  { until }: FirstRefusal,
  version: number | undefined,
): Promise<Booking> {
  const { role } = await readBooking(sql, person, bookingId);
  if (role === "guest") throw new Problem("forbidden", `${ACTION}: that is for its host`);
  const outcome = await ask(sql, "set_first_refusal($1, $2, $3, $4, $5)", [
    bookingId,
    person.id,
    role,
    until,
    version ?? null,
  ]);
  return answerOf(outcome, role, ACTION);
}
