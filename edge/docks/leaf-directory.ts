import { createLeafTree, type LeafTree } from "./leaf-tree.ts";

/** A leaf of the world's quadtree with how many docks are for sale in it. */
export interface Leaf {
  quadkey: string;
  docks: number;
}

/** Which quadkeys are leaves, at one version of the database's directory. */
export interface LeafDirectory extends LeafTree {
  readonly version: number;
  /** The leaf that holds a full-depth cell. */
  leafOf(cell: string): string;
  /** Whether a quadkey is a leaf. */
  has(quadkey: string): boolean;
  /** Whether a leaf held docks when the directory was read. */
  isEmpty(quadkey: string): boolean;
}

/**
 * A directory of leaves that together cover the world without overlap. What it finds in a box are
 * leaves that hold docks.
 */
export function createLeafDirectory(version: number, leaves: readonly Leaf[]): LeafDirectory {
  const byKey = new Map(leaves.map((leaf) => [leaf.quadkey, leaf]));
  const tree = createLeafTree(
    leaves.filter(({ docks }) => docks > 0).toSorted((a, b) => a.quadkey < b.quadkey ? -1 : 1),
  );
  return {
    version,
    leavesIn: (box) => tree.leavesIn(box),
    nearestIn: (box, most) => tree.nearestIn(box, most),
    leafOf(cell) {
      for (let depth = 0; depth <= cell.length; depth++) {
        const quadkey = cell.slice(0, depth);
        if (byKey.has(quadkey)) return quadkey;
      }
      throw new Error(`no leaf of directory ${version} holds cell ${cell}`);
    },
    has: (quadkey) => byKey.has(quadkey),
    isEmpty: (quadkey) => byKey.get(quadkey)?.docks === 0,
  };
}
