import { MAX_DEPTH } from "../../../shared/quadkey.ts";
import type { Leaf } from "../../docks/leaf-directory.ts";

/** Docks that a leaf of the search's tiles holds before it splits: place_dock's capacity. */
export const LEAF_CAPACITY = 512;

export interface TileLeaves {
  /** Together they cover the root, empty ones too: a new dock finds its leaf. */
  leaves: Leaf[];
  /** The leaf of a cell at full depth. */
  leafOf(cell: string): string;
}

/**
 * The leaves under a quadkey for docks at these full-depth cells in it, as if each had been
 * published in turn.
 */
export function splitIntoLeaves(cells: readonly string[], root = ""): TileLeaves {
  // 42 bits: exact as a double, and a million sort in a tenth of a second.
  const sorted = Float64Array.from(cells, (cell) => parseInt(cell, 4)).sort();
  const leaves: Leaf[] = [];
  const firsts: number[] = [];

  function split(quadkey: string, first: number, from: number, to: number): void {
    if (to - from <= LEAF_CAPACITY || quadkey.length === MAX_DEPTH) {
      leaves.push({ quadkey, docks: to - from });
      firsts.push(first);
      return;
    }
    const width = 4 ** (MAX_DEPTH - quadkey.length - 1);
    let at = from;
    for (let digit = 0; digit < 4; digit++) {
      const end = digit === 3 ? to : firstNotBelow(sorted, first + (digit + 1) * width, at, to);
      split(quadkey + digit, first + digit * width, at, end);
      at = end;
    }
  }

  split(root, parseInt(root.padEnd(MAX_DEPTH, "0"), 4), 0, sorted.length);
  const starts = Float64Array.from(firsts);
  return {
    leaves,
    leafOf(cell) {
      const value = parseInt(cell, 4);
      return leaves[firstNotBelow(starts, value + 1, 0, starts.length) - 1]!.quadkey;
    },
  };
}

function firstNotBelow(sorted: Float64Array, value: number, from: number, to: number): number {
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (sorted[middle]! < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
