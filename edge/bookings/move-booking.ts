import {
  type Booking,
  BOOKING_MOVES,
  type BookingMove,
  type BookingRole,
} from "../../shared/booking.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { moveBookingRow } from "./booking-queries.ts";
import { readBooking } from "./read-booking.ts";

/**
 * Makes a move of the booking's lifecycle for whoever may: the table of moves says who, the
 * database says whether its state still allows it.
 */
export async function moveBooking(
  sql: Sql,
  person: Person,
  bookingId: string,
  move: BookingMove,
  version: number | undefined,
): Promise<Booking> {
  const { role } = await readBooking(sql, person, bookingId);
  const rule = BOOKING_MOVES[move];
  if (!rule.by.includes(role satisfies BookingRole)) {
    throw new Problem("forbidden", `Cannot ${move} booking: that is not for its ${role}`);
  }
  const outcome = await moveBookingRow(sql, {
    bookingId,
    actorId: person.id,
    role,
    name: move,
    from: rule.from,
    to: rule.to,
    version,
  });
  if (outcome.refused === undefined) return { ...outcome.answer, role };
  const current = outcome.current ? { ...outcome.current, role } : undefined;
  if (outcome.refused === "stale") {
    throw new Problem("stale", `Cannot ${move} booking: it has changed meanwhile`, { current });
  }
  throw new Problem(
    "move-not-allowed",
    outcome.reason === "too-early"
      ? "Cannot check in: the arrival day has not come"
      : `Cannot ${move} booking: it is ${current?.status ?? "gone"}`,
    { current },
  );
}
