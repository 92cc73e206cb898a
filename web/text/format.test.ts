import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatDate,
  formatDistance,
  formatMoment,
  formatStay,
  formatUntil,
  lengthToText,
  parseLength,
} from "./format.ts";

describe("parseLength", () => {
  it.each(
    [
      ["12.4", "m", 1240],
      ["12,4", "m", 1240],
      [" 12.4 m ", "ft", 1240],
      ["180 cm", "ft", 180],
      ["40", "ft", 1219],
      ["40'", "m", 1219],
      ["40′ 6″", "ft", 1234],
      ["40 ft 6 in", "ft", 1234],
      ["40'6\"", "ft", 1234],
    ] as const,
  )("reads %s in %s as %d cm", (text, unit, cm) => {
    expect(parseLength(text, unit)).toBe(cm);
  });

  it("knows nothing typed from nonsense", () => {
    expect(parseLength("  ", "m")).toBeUndefined();
    for (const text of ["twelve", "-3", "1.2.3", "12 kg", "'6"]) {
      expect(parseLength(text, "m")).toBeNaN();
    }
  });

  it("reads back what a field shows, to the centimetre it can show", () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 30_000 }), (cm) => {
      expect(parseLength(lengthToText(cm, "m"), "m")).toBe(cm);
      expect(Math.abs(parseLength(lengthToText(cm, "ft"), "ft")! - cm)).toBeLessThanOrEqual(1);
    }));
  });
});

describe("dates", () => {
  it("names the day, and the year only where it is another", () => {
    expect(formatDate("2027-07-03", "en-GB", 2027)).toBe("Sat 3 Jul");
    expect(formatDate("2028-07-03", "en-GB", 2027)).toContain("2028");
  });

  it("writes a stay as one span", () => {
    expect(formatStay("2027-07-03", "2027-07-10", "en-GB")).toMatch(/^3\D+10 Jul 2027$/);
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
});

describe("formatDistance", () => {
  it("speaks in the unit of the person", () => {
    expect(formatDistance(420, "m", "en-GB")).toBe("420 m");
    expect(formatDistance(4200, "m", "en-GB")).toBe("4.2 km");
    expect(formatDistance(42_000, "ft", "en-GB")).toBe("23 NM");
  });
});
