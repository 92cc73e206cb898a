import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clipRing } from "./polygon-clip.ts";

function area(ring: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    sum += ring[i]! * ring[j + 1]! - ring[j]! * ring[i + 1]!;
  }
  return Math.abs(sum) / 2;
}

describe("clipRing", () => {
  it("keeps a ring that lies inside", () => {
    expect(clipRing([1, 1, 2, 1, 2, 2], [0, 0, 4, 4])).toEqual([1, 1, 2, 1, 2, 2]);
  });

  it("gives nothing of a ring that lies outside", () => {
    expect(clipRing([5, 5, 6, 5, 6, 6], [0, 0, 4, 4])).toEqual([]);
  });

  it("gives the whole box where the ring surrounds it", () => {
    const clipped = clipRing([-9, -9, 9, -9, 9, 9, -9, 9], [0, 0, 4, 4]);
    expect(area(clipped)).toBe(16);
  });

  it("cuts triangles into parts whose areas sum to the whole", () => {
    const coordinate = fc.integer({ min: -50, max: 150 });
    fc.assert(
      fc.property(fc.tuple(...Array.from({ length: 6 }, () => coordinate)), (triangle) => {
        const whole = clipRing(triangle, [-50, -50, 150, 150]);
        const left = clipRing(triangle, [-50, -50, 40, 150]);
        const right = clipRing(triangle, [40, -50, 150, 150]);
        expect(area(left) + area(right)).toBeCloseTo(area(whole), 6);
      }),
    );
  });
});
