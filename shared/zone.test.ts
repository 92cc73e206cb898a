import { describe, expect, test } from "vitest";
import { dateToDay } from "./stay.ts";
import { stayFault, stayFaultText, type StayTerms } from "./stay-terms.ts";
import { createZoneClock, localInstant, timeToMinutes } from "./zone.ts";

function at(timeZone: string, date: string, time: string): string {
  return new Date(localInstant(timeZone, dateToDay(date), timeToMinutes(time))).toISOString();
}

describe("localInstant", () => {
  test("knows summer and winter, halves of hours, and both sides of the date line", () => {
    expect(at("America/New_York", "2027-07-03", "14:00")).toBe("2027-07-03T18:00:00.000Z");
    expect(at("America/New_York", "2027-01-03", "14:00")).toBe("2027-01-03T19:00:00.000Z");
    expect(at("Asia/Kolkata", "2027-07-03", "14:00")).toBe("2027-07-03T08:30:00.000Z");
    expect(at("Pacific/Kiritimati", "2027-07-03", "00:00")).toBe("2027-07-02T10:00:00.000Z");
    expect(at("Pacific/Pago_Pago", "2027-07-03", "23:59")).toBe("2027-07-04T10:59:00.000Z");
  });

  test("means standard time where clocks skip a time or show it twice, as PostgreSQL does", () => {
    // SELECT '2027-03-14 02:30'::timestamp AT TIME ZONE 'America/New_York' and so on.
    expect(at("America/New_York", "2027-03-14", "02:30")).toBe("2027-03-14T07:30:00.000Z");
    expect(at("America/New_York", "2027-11-07", "01:30")).toBe("2027-11-07T06:30:00.000Z");
    expect(at("Europe/Lisbon", "2027-10-31", "01:30")).toBe("2027-10-31T01:30:00.000Z");
    expect(at("America/New_York", "2027-11-07", "12:00")).toBe("2027-11-07T17:00:00.000Z");
    expect(at("America/New_York", "2027-03-14", "12:00")).toBe("2027-03-14T16:00:00.000Z");
  });

  test("refuses a zone that does not exist", () => {
    expect(() => at("Europe/Atlantis", "2027-07-03", "14:00")).toThrow(RangeError);
  });
});

describe("stayFault", () => {
  const TERMS: StayTerms = {
    timeZone: "Pacific/Auckland",
    minNights: 2,
    maxNights: 10,
    noticeHours: 24,
    windowDays: 100,
    checkInFrom: "14:00",
  };
  // 2027-07-01 02:00 in Auckland (UTC+12).
  const clock = createZoneClock(Date.parse("2027-06-30T14:00:00Z"));
  const ask = (from: string, to: string, terms: Partial<StayTerms> = {}) =>
    stayFault({ ...TERMS, ...terms }, dateToDay(from), dateToDay(to), clock);

  test("counts days in the dock's own zone", () => {
    expect(ask("2027-06-30", "2027-07-04")).toBe("past");
    expect(ask("2027-06-30", "2027-07-04", { timeZone: "UTC", noticeHours: 0 })).toBeUndefined();
  });

  test("keeps the least and the most nights", () => {
    expect(ask("2027-07-05", "2027-07-06")).toBe("min-nights");
    expect(ask("2027-07-05", "2027-07-07")).toBeUndefined();
    expect(ask("2027-07-05", "2027-07-15")).toBeUndefined();
    expect(ask("2027-07-05", "2027-07-16")).toBe("max-nights");
  });

  test("sells no night beyond the window", () => {
    expect(ask("2027-10-06", "2027-10-09")).toBeUndefined();
    expect(ask("2027-10-07", "2027-10-10")).toBe("window");
  });

  test("keeps the notice to the hour before check-in", () => {
    expect(ask("2027-07-01", "2027-07-04")).toBe("notice");
    expect(ask("2027-07-02", "2027-07-05", { noticeHours: 36 })).toBeUndefined();
    expect(ask("2027-07-02", "2027-07-05", { noticeHours: 37 })).toBe("notice");
    expect(ask("2027-07-02", "2027-07-05", { noticeHours: 37, checkInFrom: "15:00" }))
      .toBeUndefined();
  });

  test("keeps the notice where the day begins long before UTC's", () => {
    // 00:00 of 2 July in Kiritimati (UTC+14) is 10:00 of 1 July in UTC, 20 hours from now.
    const line = { timeZone: "Pacific/Kiritimati", checkInFrom: "00:00" };
    expect(ask("2027-07-02", "2027-07-05", { ...line, noticeHours: 20 })).toBeUndefined();
    expect(ask("2027-07-02", "2027-07-05", { ...line, noticeHours: 21 })).toBe("notice");
  });

  test("without notice today can still be booked after check-in has begun", () => {
    expect(ask("2027-07-01", "2027-07-03", { noticeHours: 0, checkInFrom: "00:00" }))
      .toBeUndefined();
  });

  test("has a sentence for each fault", () => {
    expect(stayFaultText("past", TERMS)).toContain("past");
    expect(stayFaultText("min-nights", TERMS)).toContain("2 nights or more");
    expect(stayFaultText("max-nights", TERMS)).toContain("10 nights");
    expect(stayFaultText("window", TERMS)).toContain("100 days");
    expect(stayFaultText("notice", TERMS)).toContain("24 hours");
  });
});
