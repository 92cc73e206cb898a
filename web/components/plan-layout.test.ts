import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DockKind } from "../../shared/dock.ts";
import { layPlan } from "./plan-layout.ts";
import { placeBoat } from "./plan-shapes.ts";

const kind = fc.constantFrom(...DockKind.options);
const seed = fc.integer({ min: 1, max: 0xffff_ffff });

describe("layPlan", () => {
  it("draws the same dock the same way", () => {
    fc.assert(fc.property(kind, seed, fc.boolean(), (of, from, isWide) => {
      expect(layPlan(of, from, isWide)).toEqual(layPlan(of, from, isWide));
    }));
  });

  it("offers one berth near the middle, with finite shapes everywhere", () => {
    fc.assert(fc.property(kind, seed, fc.boolean(), (of, from, isWide) => {
      const plan = layPlan(of, from, isWide);
      expect(plan.berth).not.toBe("");
      expect(Math.abs(plan.guest.x - 160)).toBeLessThan(80);
      const drawn = [plan.guest, ...plan.boats].map(placeBoat);
      for (const path of [...drawn, plan.land, plan.works, plan.lines, plan.dots]) {
        expect(path).not.toMatch(/NaN|Infinity|undefined/);
      }
    }));
  });

  it("draws different docks differently", () => {
    expect(layPlan("slip", 1).boats).not.toEqual(layPlan("slip", 2).boats);
  });
});
