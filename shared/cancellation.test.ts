import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CANCELLATION_TIERS, refundMinor, refundPercent, refundSteps } from "./cancellation.ts";

const CHECK_IN = Date.parse("2027-07-03T18:00:00Z");
const HOUR = 3_600_000;

describe("refundPercent", () => {
  test.each(
    [
      ["flexible", 24, 100],
      ["flexible", 23.999, 0],
      ["moderate", 120, 100],
      ["moderate", 119, 50],
      ["moderate", 24, 50],
      ["moderate", 23, 0],
      ["strict", 336, 100],
      ["strict", 335, 50],
      ["strict", 168, 50],
      ["strict", 167, 0],
      ["strict", -5, 0],
    ] as const,
  )("%s, %d hours before check-in: %i %%", (policy, hours, percent) => {
    const tiers = CANCELLATION_TIERS[policy];
    expect(refundPercent(tiers, CHECK_IN, CHECK_IN - hours * HOUR)).toBe(percent);
  });

  test("never grows as time goes by", () => {
    fc.assert(fc.property(
      fc.constantFrom(...Object.values(CANCELLATION_TIERS)),
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.nat(1_000),
      (tiers, hours, later) => {
        const at = CHECK_IN + hours * HOUR;
        expect(refundPercent(tiers, CHECK_IN, at + later * HOUR))
          .toBeLessThanOrEqual(refundPercent(tiers, CHECK_IN, at));
      },
    ));
  });
});

describe("refundMinor", () => {
  test("rounds once, half away from zero", () => {
    expect(refundMinor(1_001, CANCELLATION_TIERS.moderate, CHECK_IN, CHECK_IN - 48 * HOUR)).toBe(
      501,
    );
    expect(refundMinor(0, CANCELLATION_TIERS.strict, CHECK_IN, CHECK_IN)).toBe(0);
  });
});

test("refundSteps says the last instant of each tier", () => {
  expect(refundSteps(CANCELLATION_TIERS.moderate, CHECK_IN)).toEqual([
    { untilMs: CHECK_IN - 120 * HOUR, percent: 100 },
    { untilMs: CHECK_IN - 24 * HOUR, percent: 50 },
  ]);
});
