import fc from "fast-check";
import { expect, test } from "vitest";
import { MAX_DEPTH, positionToQuadkey } from "../../../shared/quadkey.ts";
import { splitIntoLeaves } from "./tile-leaves.ts";

const position = fc.record({
  lat: fc.oneof(
    fc.double({ min: 41.4, max: 41.6, noNaN: true }),
    fc.double({ min: -90, max: 90, noNaN: true }),
  ),
  lon: fc.oneof(
    fc.double({ min: -71.4, max: -71.3, noNaN: true }),
    fc.double({ min: -180, max: 180, noNaN: true }),
  ),
});

test("leaves cover the world once, hold at most 512 docks, and are no finer than that needs", () => {
  const positions = fc.array(position, { minLength: 0, maxLength: 2_000, size: "max" });
  fc.assert(
    fc.property(positions, (docks) => {
      const cells = docks.map((dock) => positionToQuadkey(dock));
      const tiles = splitIntoLeaves(cells);
      expect(tiles.leaves.reduce((area, { quadkey }) => area + 4 ** -quadkey.length, 0)).toBe(1);
      const counts = new Map(tiles.leaves.map((leaf) => [leaf.quadkey, 0]));
      for (const cell of cells) {
        const leaf = tiles.leafOf(cell);
        expect(cell.startsWith(leaf)).toBe(true);
        counts.set(leaf, counts.get(leaf)! + 1);
      }
      expect(tiles.leaves.map((leaf) => leaf.docks)).toEqual([...counts.values()]);
      for (const { quadkey, docks: count } of tiles.leaves) {
        expect(count).toBeLessThanOrEqual(quadkey.length < MAX_DEPTH ? 512 : Infinity);
        if (quadkey === "") continue;
        const around = cells.filter((cell) => cell.startsWith(quadkey.slice(0, -1)));
        expect(around.length).toBeGreaterThan(512);
      }
    }),
    { numRuns: 15 },
  );
});

test("docks that no split can part stay in one leaf at full depth", () => {
  const cell = positionToQuadkey({ lat: 41.5, lon: -71.33 });
  const tiles = splitIntoLeaves(Array.from({ length: 600 }, () => cell));
  expect(tiles.leafOf(cell)).toBe(cell);
  expect(tiles.leaves.find((leaf) => leaf.quadkey === cell)?.docks).toBe(600);
});

test("a leaf's own part is split as it would be in the whole world", () => {
  const cells = Array.from(
    { length: 1_500 },
    (_, i) => positionToQuadkey({ lat: 41.4 + (i % 40) * 1e-3, lon: -71.4 + i * 1e-4 }),
  );
  const world = splitIntoLeaves(cells);
  const root = cells[0]!.slice(0, 5);
  expect(cells.every((cell) => cell.startsWith(root))).toBe(true);
  const part = splitIntoLeaves(cells, root);
  expect(part.leaves).toEqual(world.leaves.filter(({ quadkey }) => quadkey.startsWith(root)));
  expect(cells.map((cell) => part.leafOf(cell))).toEqual(cells.map((cell) => world.leafOf(cell)));
});
