import { expect, test } from "vitest";
import type { SearchItem } from "../../shared/api.ts";
import type { Verdict } from "../../shared/fit.ts";
import { nearestFree } from "./nearest-free.ts";

/** A dock so many thousandths of a degree east of the first one. */
function dock(id: number, verdict: Verdict | null, thousandths = id): SearchItem {
  const fit = verdict && { verdict, reasons: [] };
  // The rest of an item has no say in it.
  return { id, lat: 41.5, lon: -71.3 + thousandths / 1_000, fit } as unknown as SearchItem;
}

const found = (items: SearchItem[], taken: number[] = []) =>
  nearestFree(items, items[0]!, (id) => taken.includes(id))?.item.id;

test("nearestFree offers the nearest that fits and is free", () => {
  const items = [dock(0, "fits"), dock(9, "fits"), dock(2, "fits"), dock(1, "no"), dock(3, "fits")];
  expect(found(items)).toBe(2);
  expect(found(items, [2])).toBe(3);
  expect(nearestFree(items, items[0]!, () => false)!.awayM).toBeCloseTo(166, -1);
});

test("nearestFree prefers what fits without conditions, and knows of no boat", () => {
  expect(found([dock(0, "fits"), dock(1, "conditional"), dock(5, "fits")])).toBe(5);
  expect(found([dock(0, "fits"), dock(1, "unknown"), dock(5, "conditional")])).toBe(5);
  expect(found([dock(0, null), dock(4, null)])).toBe(4);
  expect(found([dock(0, "fits"), dock(4, "unknown"), dock(5, "no")])).toBeUndefined();
});
