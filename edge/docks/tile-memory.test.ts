import { expect, test } from "vitest";
import { tileDock, toTile } from "../../shared/tile-dock.fixture.ts";
import { tileBytes } from "../../shared/tile.ts";
import { TileMemory } from "./tile-memory.ts";

const SNAPSHOT = { min: 1, max: 1, running: new Set<number>() };

function leafOf(docks: number) {
  const tile = toTile(Array.from({ length: docks }, (_, i) => tileDock({ id: i + 1 })));
  return { pages: [tile], snapshot: SNAPSHOT, currentAt: 0 };
}

test("TileMemory holds what its bytes allow, and lets go of the longest unused", () => {
  const one = leafOf(10);
  const bytes = tileBytes(one.pages[0]!);
  const memory = new TileMemory(2 * bytes);
  memory.keep("0", one);
  memory.keep("1", leafOf(10));
  expect(memory.use("0")).toBe(one);
  memory.keep("2", leafOf(10));
  expect([memory.use("0"), memory.use("1")]).toEqual([one, undefined]);
  expect(memory.bytes).toBe(2 * bytes);
  memory.keep("0", leafOf(0));
  expect(memory.bytes).toBeLessThan(2 * bytes);
  memory.drop("2");
  memory.drop("2");
  memory.clear();
  expect(memory.bytes).toBe(0);
  expect(memory.use("0")).toBeUndefined();
});

test("TileMemory keeps the newest even where it is too large alone", () => {
  const memory = new TileMemory(1);
  memory.keep("0", leafOf(1));
  memory.keep("1", leafOf(1));
  expect([memory.use("0"), memory.use("1")?.pages.length]).toEqual([undefined, 1]);
});
