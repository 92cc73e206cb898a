import { type Bbox, bboxCentre, createMeeting } from "../../shared/geo.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";
import type { Leaf } from "./leaf-directory.ts";
import { directionOf } from "./place-table.ts";

/** Numbers of a node's box: west, south, east, north. */
const SIDES = 4;
/** Numbers of the ball that holds the middles of a node's leaves: its middle, its radius. */
const BALL = 4;

/** The quadtree above leaves that hold docks: what lies in a box, without looking at all leaves. */
export interface LeafTree {
  /** Leaves that meet a box. */
  leavesIn(box: Bbox): Leaf[];
  /**
   * Leaves that meet a box, at most so many: the nearest to the box's middle first, by the middles
   * of the leaves. `isAll`: there are no more. Costs what it finds, however many there are.
   */
  nearestIn(box: Bbox, most: number): { leaves: Leaf[]; isAll: boolean };
}

/** `leaves`: those that hold docks, in the order of their quadkeys. */
export function createLeafTree(leaves: readonly Leaf[]): LeafTree {
  // Each node before all below it: a search skips what lies under a node that its box does not meet.
  const boxes: number[] = [];
  const balls: number[] = [];
  const skips: number[] = [];
  const leafAt: (Leaf | undefined)[] = [];
  const middles = leaves.map(({ quadkey }) => directionOf(bboxCentre(quadkeyToBbox(quadkey))));

  function plant(quadkey: string, from: number, to: number): void {
    if (from === to) return;
    const node = skips.length;
    const { west, south, east, north } = quadkeyToBbox(quadkey);
    boxes.push(west, south, east, north);
    balls.push(...ballAround(middles, from, to));
    skips.push(0);
    const first = leaves[from]!;
    leafAt.push(first.quadkey === quadkey ? first : undefined);
    if (first.quadkey !== quadkey) {
      let start = from;
      for (const digit of "0123") {
        let end = start;
        while (end < to && leaves[end]!.quadkey[quadkey.length] === digit) end++;
        plant(quadkey + digit, start, end);
        start = end;
      }
    }
    skips[node] = skips.length;
  }

  plant("", 0, leaves.length);
  const sides = Float64Array.from(boxes);
  const spheres = Float64Array.from(balls);
  const nexts = Int32Array.from(skips);

  return {
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

    nearestIn(box, most) {
      const found: Leaf[] = [];
      const meets = createMeeting(box);
      const [x, y, z] = directionOf(bboxCentre(box));
      const queue = new NodeQueue();

      /** Nothing below a node is nearer than its ball; a leaf's is its middle. */
      function offer(node: number): void {
        const side = node * SIDES;
        if (!meets(sides[side]!, sides[side + 1]!, sides[side + 2]!, sides[side + 3]!)) return;
        const at = node * BALL;
        const away = Math.hypot(spheres[at]! - x, spheres[at + 1]! - y, spheres[at + 2]! - z);
        queue.push(away - spheres[at + 3]!, node);
      }

      if (nexts.length > 0) offer(0);
      for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
        const leaf = leafAt[node];
        if (!leaf) {
          const end = nexts[node]!;
          for (let child = node + 1; child < end; child = nexts[child]!) offer(child);
        } else if (found.length === most) return { leaves: found, isAll: false };
        else found.push(leaf);
      }
      return { leaves: found, isAll: true };
    },
  };
}

function ballAround(
  middles: readonly (readonly [number, number, number])[],
  from: number,
  to: number,
): [x: number, y: number, z: number, radius: number] {
  if (to - from === 1) return [...middles[from]!, 0];
  let [x, y, z] = [0, 0, 0];
  for (let i = from; i < to; i++) {
    const [dx, dy, dz] = middles[i]!;
    x += dx / (to - from);
    y += dy / (to - from);
    z += dz / (to - from);
  }
  let radius = 0;
  for (let i = from; i < to; i++) {
    const [dx, dy, dz] = middles[i]!;
    radius = Math.max(radius, Math.hypot(dx - x, dy - y, dz - z));
  }
  // A hair wider, so that rounding leaves no leaf outside.
  return [x, y, z, radius * (1 + 1e-9) + 1e-12];
}

/** Nodes by a number, the least first, of equals the earlier one: a binary heap. */
class NodeQueue {
  readonly #keys: number[] = [];
  readonly #nodes: number[] = [];

  push(key: number, node: number): void {
    let at = this.#keys.length;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.#isBelow(key, node, above)) break;
      this.#keys[at] = this.#keys[above]!;
      this.#nodes[at] = this.#nodes[above]!;
      at = above;
    }
    this.#keys[at] = key;
    this.#nodes[at] = node;
  }

  pop(): number | undefined {
    const first = this.#nodes[0];
    const key = this.#keys.pop();
    const node = this.#nodes.pop();
    const count = this.#keys.length;
    if (key === undefined || node === undefined || count === 0) return first;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      const right = child + 1;
      if (right < count && this.#isBelow(this.#keys[right]!, this.#nodes[right]!, child)) {
        child = right;
      }
      if (this.#isBelow(key, node, child)) break;
      this.#keys[at] = this.#keys[child]!;
      this.#nodes[at] = this.#nodes[child]!;
      at = child;
    }
    this.#keys[at] = key;
    this.#nodes[at] = node;
    return first;
  }

  #isBelow(key: number, node: number, other: number): boolean {
    const difference = key - this.#keys[other]!;
    return difference < 0 || (difference === 0 && node < this.#nodes[other]!);
  }
}
