import { describe, expect, it } from "vitest";
import type { Booking, BookingStatus } from "../../shared/booking.ts";
import { sortStays } from "./own-stays.ts";

function stay(id: string, status: BookingStatus, from: string, to: string): Booking {
  // Only what the sorting reads.
  return { id, status, from, to, dock: { timeZone: "Pacific/Auckland" } } as Booking;
}

// Already the 4th in Auckland.
const now = Date.parse("2027-07-03T14:00:00Z");
const ids = (bookings: readonly Booking[]) => bookings.map(({ id }) => id);

describe("sortStays", () => {
  it("puts the next stay first, and the latest past one first", () => {
    const { ahead, past } = sortStays([
      stay("late", "confirmed", "2027-09-01", "2027-09-03"),
      stay("old", "completed", "2026-07-01", "2026-07-03"),
      stay("soon", "requested", "2027-07-10", "2027-07-12"),
      stay("off", "cancelled", "2027-07-20", "2027-07-22"),
    ], now);
    expect(ids(ahead)).toEqual(["soon", "late"]);
    expect(ids(past)).toEqual(["off", "old"]);
  });

  it("goes by the dock's own date", () => {
    const { ahead, past } = sortStays([
      stay("leaves today", "confirmed", "2027-07-01", "2027-07-04"),
      stay("left yesterday", "confirmed", "2027-07-01", "2027-07-03"),
      stay("still there", "checked_in", "2027-06-01", "2027-07-01"),
    ], now);
    expect(ids(ahead)).toEqual(["still there", "leaves today"]);
    expect(ids(past)).toEqual(["left yesterday"]);
  });
});
