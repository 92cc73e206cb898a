import { expect, test } from "vitest";
import { createEdgeCache, type RuntimeCache } from "./edge-cache.ts";

/** A runtime's caches as they are at their worst: nothing in them ever gets old. */
function createRuntime() {
  const areas = new Map<string, Map<string, Response>>();
  let isBroken = false;
  let opened = 0;
  return {
    breakDown: () => (isBroken = true),
    mend: () => (isBroken = false),
    opened: () => opened,
    open: (area: string): Promise<RuntimeCache> => {
      opened++;
      const kept = areas.get(area) ?? new Map<string, Response>();
      areas.set(area, kept);
      return Promise.resolve({
        match(url) {
          if (isBroken) return Promise.reject(new Error("no such file"));
          return Promise.resolve(kept.get(url)?.clone());
        },
        put(url, response) {
          if (isBroken) return Promise.reject(new Error("no such file"));
          kept.set(url, response);
          return Promise.resolve();
        },
      });
    },
  };
}

const BYTES = new Uint8Array([1, 2, 3]);

test("the edge cache gives back what it was given, for so long, in its area", async () => {
  const runtime = createRuntime();
  let nowMs = 1_000;
  const cache = createEdgeCache("a", runtime.open, () => nowMs);
  await cache.setMany([["one", BYTES], ["two", new Uint8Array()]], 60);
  expect(await cache.getMany(["one", "two", "three"])).toEqual([
    BYTES,
    new Uint8Array(),
    undefined,
  ]);
  const other = createEdgeCache("b", runtime.open, () => nowMs);
  expect(await other.getMany(["one"])).toEqual([undefined]);
  nowMs += 60_000;
  expect(await cache.getMany(["one"])).toEqual([undefined]);
  expect(runtime.opened()).toBe(2);
});

test("the edge cache has nothing while the runtime's is broken, and opens it again", async () => {
  const runtime = createRuntime();
  const cache = createEdgeCache("a", runtime.open, () => 0);
  runtime.breakDown();
  await cache.setMany([["one", BYTES]], 60);
  expect(await cache.getMany(["one"])).toEqual([undefined]);
  runtime.mend();
  await cache.setMany([["one", BYTES]], 60);
  expect(await cache.getMany(["one"])).toEqual([BYTES]);
  expect(runtime.opened()).toBe(3);
  const without = createEdgeCache("a", () => Promise.reject(new Error("none")), () => 0);
  await without.setMany([["one", BYTES]], 60);
  expect(await without.getMany(["one"])).toEqual([undefined]);
});
