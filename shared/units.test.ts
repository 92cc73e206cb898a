import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cmToFeetInches, feetToCm, formatLength, metresToCm } from "./units.ts";

describe("units", () => {
  test("turn feet, inches and metres into centimetres", () => {
    expect(feetToCm(40)).toBe(1_219);
    expect(metresToCm(12.345)).toBe(1_235);
    expect(cmToFeetInches(1_219)).toEqual({ feet: 40, inches: 0 });
    expect(formatLength(1_234, "m", "en")).toBe("12.34 m");
    expect(formatLength(1_234, "ft", "en")).toBe("40′ 6″");
    expect(formatLength(1_219, "ft", "en")).toBe("40′");
  });

  test("never write twelve inches", () => {
    fc.assert(fc.property(fc.nat(30_000), (cm) => {
      const { feet, inches } = cmToFeetInches(cm);
      expect(inches).toBeLessThan(12);
      expect(Math.abs(feet * 30.48 + inches * 2.54 - cm)).toBeLessThanOrEqual(1.27 + 1e-9);
    }));
  });
});
