import { describe, expect, it } from "vitest";
import { formatDistance, formatStay } from "./format.ts";

describe("formatStay", () => {
  it("writes a stay as one span", () => {
    expect(formatStay("2027-07-03", "2027-07-10", "en-GB")).toMatch(/^3\D+10 Jul 2027$/);
  });

  it("leaves the year out where it goes without saying", () => {
    expect(formatStay("2027-07-03", "2027-07-10", "en-GB", "2027-01-02")).toMatch(/10 Jul$/);
    expect(formatStay("2028-07-03", "2028-07-10", "en-GB", "2027-01-02")).toMatch(/2028$/);
  });
});

describe("formatDistance", () => {
  it("speaks in the unit of the person", () => {
    expect(formatDistance(420, "m", "en-GB")).toBe("420 m");
    expect(formatDistance(4200, "m", "en-GB")).toBe("4.2 km");
    expect(formatDistance(42_000, "ft", "en-GB")).toBe("23 NM");
  });
});
