import { type Bbox, createMeeting } from "../../shared/geo.ts";
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

/** Numbers of a node's box: west, south, east, north. */
const SIDES = 4;

/** A directory of leaves that together cover the world without overlap. */
export function createLeafDirectory(version: number, leaves: readonly Leaf[]): LeafDirectory {
  const byKey = new Map(leaves.map((leaf) => [leaf.quadkey, leaf]));
  const full = leaves
    .filter(({ docks }) => docks > 0)
    .toSorted((a, b) => a.quadkey < b.quadkey ? -1 : 1);
  // The tree above the leaves that hold docks, each node before all below it: a search skips what
  // lies under a node that its box does not meet.
  const boxes: number[] = [];
  const skips: number[] = [];
  const leafAt: (Leaf | undefined)[] = [];

  function plant(quadkey: string, from: number, to: number): void {
    if (from === to) return;
    const node = skips.length;
    const { west, south, east, north } = quadkeyToBbox(quadkey);
    boxes.push(west, south, east, north);
    skips.push(0);
    const first = full[from]!;
    leafAt.push(first.quadkey === quadkey ? first : undefined);
    if (first.quadkey !== quadkey) {
      let start = from;
      for (const digit of "0123") {
        let end = start;
        while (end < to && full[end]!.quadkey[quadkey.length] === digit) end++;
        plant(quadkey + digit, start, end);
        start = end;
      }
    }
    skips[node] = skips.length;
  }

  plant("", 0, full.length);
  const sides = Float64Array.from(boxes);
  const nexts = Int32Array.from(skips);

  return {
    version,
    leavesIn(box) {
      const found: Leaf[] = [];
      const meets = createMeeting(box);
      for (let node = 0; node < nexts.length;) {
        const at = node * SIDES;
        if (!meets(sides[at]!, sides[at + 1]!, sides[at + 2]!, sides[at + 3]!)) {
          node = nexts[node]!;
          continue;
        }
        const leaf = leafAt[node];
        if (leaf) found.push(leaf);
        node++;
      }
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
