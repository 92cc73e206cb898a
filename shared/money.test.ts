import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  convertMinor,
  divideRounded,
  formatMoney,
  minorDigits,
  multiplyDivideRounded,
} from "./money.ts";

describe("divideRounded", () => {
  test("rounds half away from zero", () => {
    expect([5, 15, 14, -5, -15, -14, 0].map((n) => divideRounded(n, 10)))
      .toEqual([1, 2, 1, -1, -2, -1, 0]);
  });

  test("is exact while everything is a safe integer", () => {
    const n = fc.integer({ min: -1e15, max: 1e15 });
    fc.assert(fc.property(n, fc.integer({ min: 1, max: 1_000_000 }), (n, d) => {
      const [wide, by] = [BigInt(Math.abs(n)), BigInt(d)];
      const exact = (2n * wide + by) / (2n * by);
      expect(BigInt(divideRounded(n, d))).toBe(n < 0 ? -exact : exact);
    }));
  });
});

test("multiplyDivideRounded is exact where the product is no safe integer", () => {
  expect(multiplyDivideRounded(100_000_000_000, 100_000, 10_000)).toBe(1_000_000_000_000);
  const a = fc.integer({ min: 0, max: 1e12 });
  fc.assert(
    fc.property(a, fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }), (a, b, d) => {
      fc.pre(Math.floor(a / d) * b <= Number.MAX_SAFE_INTEGER / 4);
      const exact = (2n * BigInt(a) * BigInt(b) + BigInt(d)) / (2n * BigInt(d));
      expect(BigInt(multiplyDivideRounded(a, b, d))).toBe(exact);
    }),
  );
});

describe("currencies", () => {
  test("have their own minor unit", () => {
    expect(["EUR", "JPY", "KWD", "XPF", "ISK"].map(minorDigits)).toEqual([2, 0, 3, 0, 0]);
  });

  test("are written without empty decimals", () => {
    expect(formatMoney(1_234, "EUR", "en")).toBe("€12.34");
    expect(formatMoney(1_200, "EUR", "en")).toBe("€12");
    expect(formatMoney(1_200, "JPY", "en")).toBe("¥1,200");
    expect(formatMoney(-1_250, "USD", "en")).toBe("-$12.50");
  });

  test("are converted over the euro, with their minor units", () => {
    const rates = { version: 1, perEuro: { EUR: 1, USD: 1.25, JPY: 160, KWD: 0.4, GBP: 2 } };
    expect(convertMinor(10_000, "EUR", "USD", rates)).toBe(12_500);
    expect(convertMinor(12_500, "USD", "JPY", rates)).toBe(16_000);
    expect(convertMinor(16_000, "JPY", "KWD", rates)).toBe(40_000);
    expect(convertMinor(7, "SEK", "SEK", rates)).toBe(7);
    expect([1, 3, -1].map((minor) => convertMinor(minor, "EUR", "KWD", rates))).toEqual([
      4,
      12,
      -4,
    ]);
    expect([29, 57, -57].map((minor) => convertMinor(minor, "GBP", "EUR", rates))).toEqual([
      15,
      29,
      -29,
    ]);
    expect(convertMinor(7, "SEK", "EUR", rates)).toBeUndefined();
    expect(convertMinor(7, "EUR", "SEK", rates)).toBeUndefined();
  });
});
