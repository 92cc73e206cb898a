import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPhoto, MAX_SIDE, shownSize } from "./photo-size.ts";

const side = fc.integer({ min: 1, max: 20_000 });

describe("fitPhoto", () => {
  it("leaves what fits as it is, and makes the longer side of the rest fit", () => {
    expect(fitPhoto(1_200, 800)).toEqual({ width: 1_200, height: 800 });
    expect(fitPhoto(4_096, 3_072)).toEqual({ width: 2_048, height: 1_536 });
    expect(fitPhoto(3_000, 6_000)).toEqual({ width: 1_024, height: 2_048 });
  });

  it("makes nothing larger than it was or than it may be, and nothing of no size", () => {
    fc.assert(fc.property(side, side, (width, height) => {
      const fit = fitPhoto(width, height);
      expect(Math.max(fit.width, fit.height)).toBeLessThanOrEqual(MAX_SIDE);
      expect(fit.width).toBeLessThanOrEqual(width);
      expect(fit.height).toBeLessThanOrEqual(height);
      expect(Math.min(fit.width, fit.height)).toBeGreaterThanOrEqual(1);
    }));
  });
});

describe("shownSize", () => {
  it("keeps a picture's proportions to a pixel", () => {
    expect(shownSize(2_048, 1_536)).toEqual({ width: 320, height: 240 });
    expect(shownSize(1_024, 2_048)).toEqual({ width: 180, height: 360 });
    expect(shownSize(40, 30)).toEqual({ width: 40, height: 30 });
  });
});
