import { type Bbox, bboxesMeet } from "../../shared/geo.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";

/** A leaf of the world's quadtree with how many docks are for sale in it. */
export interface Leaf {
  quadkey: string;
  docks: number;
}

/** Which quadkeys are leaves, at one version of the database's directory. */
export interface LeafDirectory {
  readonly version: number;
  /** Leaves that hold docks and meet a box. */
  leavesIn(box: Bbox): Leaf[];
  /** The leaf that holds a full-depth cell. */
  leafOf(cell: string): string;
  /** Whether a quadkey is a leaf. */
  has(quadkey: string): boolean;
  /** Whether a leaf held docks when the directory was read. */
  isEmpty(quadkey: string): boolean;
}

/** A directory of leaves that together cover the world without overlap. */
export function createLeafDirectory(version: number, leaves: readonly Leaf[]): LeafDirectory {
  const byKey = new Map(leaves.map((leaf) => [leaf.quadkey, leaf]));

  function visit(quadkey: string, box: Bbox, found: Leaf[]): void {
    if (!bboxesMeet(quadkeyToBbox(quadkey), box)) return;
    const leaf = byKey.get(quadkey);
    if (leaf) {
      if (leaf.docks > 0) found.push(leaf);
      return;
    }
    for (const digit of "0123") visit(quadkey + digit, box, found);
  }

  return {
    version,
    leavesIn(box) {
      const found: Leaf[] = [];
      visit("", box, found);
      return found;
    },
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
