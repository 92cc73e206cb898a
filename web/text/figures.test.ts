import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minorToText, parseMoney, parseNumber } from "./figures.ts";

describe("parseMoney", () => {
  it.each(
    [
      ["85", "EUR", 8500],
      ["85.5", "EUR", 8550],
      ["85,50", "EUR", 8550],
      ["1,234.50", "EUR", 123450],
      ["1.234,50", "EUR", 123450],
      ["1 234", "EUR", 123400],
      ["1,234", "EUR", 123400],
      ["0", "EUR", 0],
      ["8500", "JPY", 8500],
      ["8,500", "JPY", 8500],
      ["1.250", "KWD", 1250],
      ["1.25", "KWD", 1250],
    ] as const,
  )("reads %s %s as %d", (text, currency, minor) => {
    expect(parseMoney(text, currency)).toBe(minor);
  });

  it("knows nothing typed from nonsense", () => {
    expect(parseMoney("  ", "EUR")).toBeUndefined();
    for (const text of ["-3", "ten", "1.2.3", "1,23,4", "€5", "1e3", ".", "12,"]) {
      expect(parseMoney(text, "EUR")).toBeNaN();
    }
    expect(parseMoney("85.5", "JPY")).toBeNaN();
  });

  it("reads back what a field shows", () => {
    const money = fc.record({
      minor: fc.integer({ min: 0, max: 100_000_000 }),
      currency: fc.constantFrom("EUR", "JPY", "KWD"),
    });
    fc.assert(fc.property(money, ({ minor, currency }) => {
      expect(parseMoney(minorToText(minor, currency), currency)).toBe(minor);
    }));
  });
});

describe("parseNumber", () => {
  it("takes either decimal mark", () => {
    expect([parseNumber("12.5"), parseNumber(" 12,5 "), parseNumber("7")]).toEqual([12.5, 12.5, 7]);
    expect(parseNumber("")).toBeUndefined();
    for (const text of ["-1", "1e3", "a", "1.2.3"]) expect(parseNumber(text)).toBeNaN();
  });
});
