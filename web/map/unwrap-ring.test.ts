import { describe, expect, it } from "vitest";
import { clipRing } from "./polygon-clip.ts";
import { unwrapRing } from "./unwrap-ring.ts";

function area(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return Math.abs(sum) / 2;
}

const WORLD = [-180, -90, 180, 90] as const;

describe("unwrapRing", () => {
  it("leaves a ring that stays on one side as it is", () => {
    const ring = [10, 10, 20, 10, 20, 20, 10, 10];
    expect(unwrapRing(ring)).toEqual([ring]);
  });

  it("gives both halves of an island on the antimeridian", () => {
    const taveuni = [178, -18, -178, -18, -178, -16, 178, -16, 178, -18];
    const halves = unwrapRing(taveuni).map((ring) => clipRing(ring, WORLD));
    expect(halves.map(area)).toEqual([4, 4]);
  });

  it("closes a coast around a pole along the pole", () => {
    const antarctica: number[] = [];
    for (let lon = -180; lon <= 180; lon += 10) antarctica.push(lon === 180 ? -180 : lon, -70);
    const whole = unwrapRing(antarctica).map((ring) => area(clipRing(ring, WORLD)));
    expect(whole.reduce((sum, part) => sum + part, 0)).toBeCloseTo(360 * 20, 6);
  });
});
