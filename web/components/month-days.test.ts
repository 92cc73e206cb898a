import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateToDay, dayToDate, weekdayOf } from "../../shared/stay.ts";
import { firstWeekdayOf, lastCheckOut, monthStart, monthWeeks } from "./month-days.ts";

const date = fc.integer({ min: 0, max: 40_000 }).map(dayToDate);

describe("monthWeeks", () => {
  it("holds each day of the month once, under its weekday", () => {
    fc.assert(fc.property(date, fc.nat(6), (day, firstWeekday) => {
      const start = monthStart(day);
      const weeks = monthWeeks(start, firstWeekday);
      const days = weeks.flat().filter((cell) => cell !== null);
      expect(days[0]).toBe(start);
      expect(days).toHaveLength(dateToDay(monthStart(day, 1)) - dateToDay(start));
      for (const week of weeks) {
        week.forEach((cell, i) => {
          if (cell) expect(weekdayOf(dateToDay(cell))).toBe((firstWeekday + i) % 7);
        });
      }
    }));
  });
});

describe("monthStart", () => {
  it("moves over the turn of the year both ways", () => {
    expect(monthStart("2027-12-24", 1)).toBe("2028-01-01");
    expect(monthStart("2027-01-24", -1)).toBe("2026-12-01");
    expect(monthStart("2027-03-31")).toBe("2027-03-01");
  });
});

describe("lastCheckOut", () => {
  it("ends on the day the next guest arrives", () => {
    expect(lastCheckOut("2027-07-03", (night) => night === "2027-07-06", 90)).toBe("2027-07-06");
  });

  it("ends at the longest stay", () => {
    expect(lastCheckOut("2027-07-03", () => false, 5)).toBe("2027-07-08");
  });
});

describe("firstWeekdayOf", () => {
  it("knows where weeks begin on Sunday", () => {
    expect([firstWeekdayOf("en-US"), firstWeekdayOf("de-DE")]).toEqual([6, 0]);
  });
});
