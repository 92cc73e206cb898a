import type { Booking } from "../../shared/booking.ts";
import { Problem } from "../../shared/problem.ts";
import type { DepositClaim } from "../../shared/stay-change.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { askOnce } from "./booking-queries.ts";
import { answerOf } from "./move-booking.ts";
import { readBooking } from "./read-booking.ts";

const ACTION = "Cannot keep deposit";

/**
 * Keeps a part of a deposit for the host, once, from the guest's arrival until it goes back by
 * itself two days after check-out; the rest goes back at once.
 *
 * @throws {Problem} `stale` and `move-not-allowed` with the `current` record, `invalid` for more
 *   than there is, `forbidden`, `not-found`.
 */
export async function claimDeposit(
  sql: Sql,
  person: Person,
  bookingId: string,
  claim: DepositClaim,
  version: number | undefined,
): Promise<Booking> {
  const { role } = await readBooking(sql, person, bookingId);
  if (role === "guest") throw new Problem("forbidden", `${ACTION}: that is for its host`);
  // With an Idempotency-Key this is a part of a transaction, which is tried again as a whole.
  const outcome = await sql.transaction((tx) =>
    askOnce(tx, "claim_deposit($1, $2, $3, $4, $5, $6)", [
      bookingId,
      person.id,
      role,
      claim.keepMinor,
      claim.reason,
      version ?? null,
    ])
  );
  return answerOf(outcome, role, ACTION);
}
