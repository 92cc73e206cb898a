import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  dateToDay,
  dayToDate,
  LocalDate,
  nightCount,
  nightsOf,
  Stay,
  TimeZone,
  todayIn,
  weekdayOf,
} from "./stay.ts";

describe("dates", () => {
  test("count days from 1970, and back", () => {
    expect(dateToDay("1970-01-01")).toBe(0);
    expect(dateToDay("2028-02-29")).toBe(21_243);
    fc.assert(fc.property(fc.integer({ min: -10_000, max: 60_000 }), (day) => {
      expect(dateToDay(dayToDate(day))).toBe(day);
    }));
  });

  test("that are not of the calendar are none", () => {
    for (
      const text of ["2027-02-29", "2027-02-30", "2027-13-01", "2027-1-1", "", "2027-01-01T00"]
    ) {
      expect(dateToDay(text)).toBeNaN();
      expect(LocalDate.safeParse(text).success).toBe(false);
    }
    expect(LocalDate.safeParse("2028-02-29").success).toBe(true);
  });

  test("know their weekday, Monday first", () => {
    expect(weekdayOf(dateToDay("2027-07-05"))).toBe(0);
    expect(weekdayOf(dateToDay("2027-07-11"))).toBe(6);
    expect(weekdayOf(-4)).toBe(6);
    expect(weekdayOf(0)).toBe(3);
  });
});

describe("stays", () => {
  test("are nights from the first to the day before the last", () => {
    const stay = { from: "2028-02-27", to: "2028-03-01" };
    expect(nightCount(stay)).toBe(3);
    expect(nightsOf(stay)).toEqual(["2028-02-27", "2028-02-28", "2028-02-29"]);
  });

  test("have a night at least", () => {
    expect(Stay.safeParse({ from: "2027-07-03", to: "2027-07-04" }).success).toBe(true);
    expect(Stay.safeParse({ from: "2027-07-03", to: "2027-07-03" }).success).toBe(false);
    expect(Stay.safeParse({ from: "2027-07-03", to: "2027-07-02" }).success).toBe(false);
  });
});

describe("zones", () => {
  test("have a today of their own", () => {
    const now = Date.parse("2027-07-03T11:30:00Z");
    expect(todayIn("Pacific/Auckland", now)).toBe("2027-07-03");
    expect(todayIn("Pacific/Kiritimati", now)).toBe("2027-07-04");
    expect(todayIn("Pacific/Pago_Pago", now)).toBe("2027-07-03");
    expect(todayIn("Pacific/Pago_Pago", now - 3_600_000)).toBe("2027-07-02");
  });

  test("that do not exist are refused", () => {
    expect(TimeZone.safeParse("Europe/Lisbon").success).toBe(true);
    expect(TimeZone.safeParse("Europe/Atlantis").success).toBe(false);
    expect(() => todayIn("Europe/Atlantis", 0)).toThrow(RangeError);
  });
});
