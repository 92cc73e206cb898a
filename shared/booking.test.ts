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

  test("leaves no end, and reaches every status", () => {
    const ends = BookingStatus.options.filter((status) => !LIVE_STATUSES.includes(status));
    for (const { from, to } of Object.values(BOOKING_MOVES)) {
      expect(from.filter((status) => ends.includes(status))).toEqual([]);
      expect(from).not.toContain(to);
    }
    const begun = ["held", "requested"];
    const reached = Object.values(BOOKING_MOVES).map((move) => move.to);
    expect(new Set([...begun, ...reached])).toEqual(new Set(BookingStatus.options));
  });
});
