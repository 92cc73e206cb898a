import { describe, expect, test } from "vitest";
import { BOOKING_MOVES, BookingStatus, canMove, LIVE_STATUSES } from "./booking.ts";

describe("the booking's lifecycle", () => {
  test("lets each role make its own moves alone", () => {
    expect(canMove("accept", "requested", "host")).toBe(true);
    expect(canMove("accept", "requested", "guest")).toBe(false);
    expect(canMove("accept", "confirmed", "host")).toBe(false);
    expect(canMove("cancel", "confirmed", "guest")).toBe(true);
    expect(canMove("cancel", "checked_in", "guest")).toBe(false);
    expect(canMove("pay", "held", "guest")).toBe(false);
  });

  test("leaves no end but by a late payment, and reaches every status", () => {
    const ends = BookingStatus.options.filter((status) => !LIVE_STATUSES.includes(status));
    for (const { move, from, to } of BOOKING_MOVES) {
      expect(from.filter((status) => ends.includes(status))).toEqual(
        move === "revive" ? ["expired"] : [],
      );
      expect(from).not.toContain(to);
    }
    const begun = ["held", "requested"];
    const reached = BOOKING_MOVES.map((row) => row.to);
    expect(new Set([...begun, ...reached])).toEqual(new Set(BookingStatus.options));
  });

  test("has one row for a move from a status by a role", () => {
    const keys = BOOKING_MOVES.flatMap(({ move, from, by }) =>
      from.flatMap((status) => by.map((role) => `${move} ${status} ${role}`))
    );
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("gives all back whatever ends a stay but its own guest", () => {
    for (const { from, to, by, refund } of BOOKING_MOVES) {
      if (LIVE_STATUSES.includes(to) || to === "completed" || to === "no_show") continue;
      const isOwnWill = by.includes("guest") && from.includes("confirmed");
      expect(refund).toBe(isOwnWill ? "policy" : "all");
    }
  });
});
