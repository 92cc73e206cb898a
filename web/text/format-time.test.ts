import { describe, expect, it } from "vitest";
import { formatDate, formatMoment, formatSpan, formatUntil } from "./format-time.ts";

describe("dates", () => {
  it("names the day, and the year only where it is another", () => {
    expect(formatDate("2027-07-03", "en-GB", 2027)).toBe("Sat 3 Jul");
    expect(formatDate("2028-07-03", "en-GB", 2027)).toContain("2028");
  });

  it("shows today's messages by the clock, older ones with their date", () => {
    const now = Date.parse("2027-07-03T12:00:00Z");
    expect(formatMoment("2027-07-03T11:05:00Z", now, "en-GB")).toMatch(/^\d\d:\d\d$/);
    expect(formatMoment("2027-06-01T11:05:00Z", now, "en-GB")).toContain("Jun");
  });

  it("counts down in the unit that says most", () => {
    const now = Date.parse("2027-07-03T12:00:00Z");
    expect(formatUntil("2027-07-03T12:15:00Z", now, "en-GB")).toBe("in 15 minutes");
    expect(formatUntil("2027-07-04T11:00:00Z", now, "en-GB")).toBe("in 23 hours");
    expect(formatUntil("2027-07-09T12:00:00Z", now, "en-GB")).toBe("in 6 days");
  });

  it("names both days of a span that runs into the next", () => {
    const zone = "Europe/London";
    expect(formatSpan("2027-07-03T11:00:00Z", "2027-07-03T14:10:00Z", zone, "en-GB"))
      .toMatch(/^Sat,? 3 Jul,? 12:00.+15:10$/);
    expect(formatSpan("2027-07-03T11:00:00Z", "2027-07-04T02:00:00Z", zone, "en-GB"))
      .toMatch(/Sat.+3 Jul.+12:00.+Sun.+4 Jul.+03:00/);
  });
});
