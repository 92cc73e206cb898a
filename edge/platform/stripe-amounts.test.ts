import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minorToStripe, stripeToMinor } from "./stripe-amounts.ts";

describe("minorToStripe", () => {
  test.each([
    ["USD", 1_050, 1_050],
    ["JPY", 1_050, 1_050],
    ["ISK", 1_050, 105_000],
    ["KWD", 1_050, 1_050],
  ])("%s %i is %i at Stripe", (currency, minor, amount) => {
    expect(minorToStripe(minor, currency)).toBe(amount);
  });

  test("refuses thousandths that Stripe cannot take", () => {
    expect(() => minorToStripe(1_051, "KWD")).toThrow(RangeError);
  });

  test("comes back as it went", () => {
    fc.assert(fc.property(
      fc.integer({ min: 0, max: 1e9 }),
      fc.constantFrom("USD", "JPY", "ISK", "UGX", "EUR"),
      (minor, currency) => {
        expect(stripeToMinor(minorToStripe(minor, currency), currency)).toBe(minor);
      },
    ));
  });
});
