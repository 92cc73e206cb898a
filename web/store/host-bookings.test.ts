import { describe, expect, it } from "vitest";
import type { Booking } from "../../shared/booking.ts";
import { sortBookings } from "./host-bookings.ts";

const now = Date.parse("2027-07-03T12:00:00Z");

function booking(id: string, status: Booking["status"], from: string, to: string): Booking {
  const dock = { timeZone: "Europe/Lisbon" };
  return { id, status, from, to, dock, createdAt: `2027-06-0${id.length}T00:00:00Z` } as Booking;
}

describe("sortBookings", () => {
  it("parts what waits, who is here and who comes; what is over or off is left out", () => {
    const { requests, here, coming } = sortBookings([
      booking("bb", "requested", "2027-09-01", "2027-09-02"),
      booking("a", "requested", "2027-10-01", "2027-10-02"),
      booking("c", "confirmed", "2027-08-01", "2027-08-04"),
      booking("d", "confirmed", "2027-07-20", "2027-07-22"),
      booking("e", "confirmed", "2027-07-02", "2027-07-05"),
      booking("f", "checked_in", "2027-07-01", "2027-07-03"),
      booking("g", "confirmed", "2027-06-01", "2027-06-05"),
      booking("h", "cancelled", "2027-08-01", "2027-08-04"),
      booking("i", "declined", "2027-08-01", "2027-08-04"),
    ], now);
    const ids = (bookings: readonly Booking[]) => bookings.map(({ id }) => id);
    expect([ids(requests), ids(here), ids(coming)]).toEqual([["a", "bb"], ["f", "e"], ["d", "c"]]);
  });

  it("goes by the dock's own date", () => {
    const fiji = { ...booking("a", "confirmed", "2027-07-04", "2027-07-06") };
    fiji.dock = { ...fiji.dock, timeZone: "Pacific/Fiji" };
    expect(sortBookings([fiji], now).here).toHaveLength(1);
    expect(sortBookings([{ ...fiji, dock: { ...fiji.dock, timeZone: "UTC" } }], now).here)
      .toHaveLength(0);
  });

  it("leaves an answered request in its place", () => {
    const answered = booking("a", "declined", "2027-09-01", "2027-09-02");
    expect(sortBookings([answered], now, new Set(["a"])).requests).toEqual([answered]);
  });
});
