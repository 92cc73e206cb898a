import { describe, expect, it } from "vitest";
import { BookingStatus } from "../../shared/booking.ts";
import { bookingSteps } from "./booking-steps.ts";

const times = {
  createdAt: "2027-06-01T08:00:00.000Z",
  checkInAt: "2027-07-03T12:00:00.000Z",
  checkOutAt: "2027-07-05T09:00:00.000Z",
};
const of = (status: BookingStatus) => bookingSteps({ status, ...times });

describe("bookingSteps", () => {
  it("has one step that a booking is at, whatever its status", () => {
    for (const status of BookingStatus.options) {
      expect(of(status).filter(({ state }) => state === "now")).toHaveLength(1);
    }
  });

  it("follows the course of a stay", () => {
    expect(of("requested").map(({ name, state }) => `${name} ${state}`)).toEqual([
      "asked now",
      "confirmed ahead",
      "arrived ahead",
      "left ahead",
    ]);
    expect(of("checked_in").map(({ state }) => state)).toEqual(["done", "done", "now", "ahead"]);
  });

  it("says of a booking that it was asked for only where that is known", () => {
    expect(of("requested")[0]?.name).toBe("asked");
    expect(of("confirmed")[0]?.name).toBe("booked");
  });

  it("ends where a booking was called off", () => {
    expect(of("declined").map(({ name }) => name)).toEqual(["asked", "declined"]);
    expect(of("no_show").map(({ name }) => name)).toEqual(["booked", "confirmed", "no-show"]);
  });

  it("gives planned times only for what is ahead", () => {
    expect(of("confirmed").map(({ at }) => at)).toEqual([
      times.createdAt,
      undefined,
      times.checkInAt,
      times.checkOutAt,
    ]);
    expect(of("completed").map(({ at }) => at)).toEqual([
      times.createdAt,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
