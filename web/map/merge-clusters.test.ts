import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterSize, mergeClusters } from "./merge-clusters.ts";

const cluster = fc.record({
  x: fc.integer({ min: 0, max: 390 }),
  y: fc.integer({ min: 0, max: 600 }),
  count: fc.integer({ min: 1, max: 100_000 }),
});

test("mergeClusters loses no dock and leaves none upon another", () => {
  fc.assert(fc.property(fc.array(cluster, { maxLength: 64 }), (clusters) => {
    const merged = mergeClusters(clusters);
    const total = (all: typeof clusters) => all.reduce((sum, { count }) => sum + count, 0);
    expect(total(merged)).toBe(total(clusters));
    for (const [i, a] of merged.entries()) {
      for (const b of merged.slice(i + 1)) {
        const apart = (clusterSize(a.count) + clusterSize(b.count)) / 2;
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(apart);
      }
    }
  }));
});

test("mergeClusters leaves what is apart as it is, and weighs what it puts together", () => {
  const apart = [{ x: 100, y: 0, count: 7 }, { x: 0, y: 0, count: 3 }];
  expect(mergeClusters(apart)).toEqual(apart);
  expect(mergeClusters([{ x: 0, y: 0, count: 30 }, { x: 20, y: 4, count: 10 }])).toEqual([
    { x: 5, y: 1, count: 40 },
  ]);
  expect(mergeClusters([])).toEqual([]);
});
