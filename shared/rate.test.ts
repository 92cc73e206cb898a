import { describe, expect, test } from "vitest";
import { Rate } from "./rate.ts";

describe("rates", () => {
  const isRate = (values: object) =>
    Rate.safeParse({ currency: "EUR", basis: "per_night", minor: 1, ...values }).success;

  test("take percents to a thousandth, exactly", () => {
    for (let i = 0; i <= 100_000; i += 7) {
      expect(isRate({ taxPercent: i / 1000 })).toBe(true);
    }
    expect(isRate({ taxPercent: 7.7255 })).toBe(false);
    expect(isRate({ taxPercent: 100.001 })).toBe(false);
  });

  test("have seasons of days that some year has", () => {
    const season = (from: string, to: string) =>
      isRate({ seasons: [{ name: "Summer", from, to, minor: 1 }] });
    expect(season("12-01", "02-29")).toBe(true);
    for (const day of ["02-30", "04-31", "00-10", "13-01", "6-1", "01-00"]) {
      expect(season("01-01", day)).toBe(false);
    }
  });

  test("are in whole minor units", () => {
    expect(isRate({ minor: 1.5 })).toBe(false);
    expect(isRate({ minor: -1 })).toBe(false);
    expect(isRate({ currency: "eur" })).toBe(false);
    expect(isRate({ weekdayPercents: [100] })).toBe(false);
  });
});
