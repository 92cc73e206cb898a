import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lengthToText, parseLength } from "./length-text.ts";

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
