import { type Booking, type BookingMove, mayEver } from "../../shared/booking.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { type BookingOutcome, moveBookingRow } from "./booking-queries.ts";
import { readBooking } from "./read-booking.ts";

/**
 * Makes a move of the booking's lifecycle for whoever may: the table of moves says who, the
 * database says whether its state still allows it.
 *
 * @throws {Problem} `forbidden`, `stale` and `move-not-allowed` with the `current` record,
 *   `payment-required`, `not-found`.
 */
export async function moveBooking(
  sql: Sql,
  person: Person,
  bookingId: string,
  move: BookingMove,
  version: number | undefined,
): Promise<Booking> {
  const { role } = await readBooking(sql, person, bookingId);
  if (!mayEver(move, role)) {
    throw new Problem("forbidden", `Cannot ${move} booking: that is not for its ${role}`);
  }
  const outcome = await moveBookingRow(sql, {
    bookingId,
    actorId: person.id,
    role,
    name: move,
    version,
  });
  return answerOf(outcome, role, `Cannot ${move} booking`);
}

const REASONS: Readonly<Record<string, string>> = {
  "too-early": "the arrival day has not come",
  "held-until": "the berth is kept for its guest until later today",
  "deposit-settled": "what becomes of the deposit is decided already",
  "has-come": "the boat lies there, so that only the day of departure can be another",
  "change-under-way": "the payment of another change is under way",
};

/** The booking of an outcome, or its refusal. `action` begins the sentence. */
export function answerOf(outcome: BookingOutcome, role: Booking["role"], action: string): Booking {
  if (outcome.refused === undefined) return { ...outcome.answer, role };
  const current = outcome.current ? { ...outcome.current, role } : undefined;
  switch (outcome.refused) {
    case "not-found":
      throw new Problem("not-found", `${action}: there is none of yours by that id`);
    case "stale":
      throw new Problem("stale", `${action}: it has changed meanwhile`, { current });
    case "payment-required":
      throw new Problem("payment-required", `${action}: its guest has not given a card yet`, {
        current,
      });
    case "dates-taken":
      throw new Problem("dates-taken", `${action}: that night is taken, or its time is over`, {
        current,
      });
    case "more-than-deposit":
      throw new Problem("invalid", `${action}: the deposit is less`, {
        issues: [{ path: "keepMinor", message: "must not be more than the deposit" }],
      });
    default:
      throw new Problem(
        "move-not-allowed",
        `${action}: ${REASONS[outcome.reason ?? ""] ?? `it is ${current?.status ?? "gone"}`}`,
        { current },
      );
  }
}
