import { tileBytes } from "../../shared/tile.ts";
import type { LeafCopy } from "./known-changes.ts";

/** A copy of a leaf in this process's memory. */
export interface HeldLeaf extends LeafCopy {
  /** What `changesSeen` was when it was last found to have every change. */
  currentAt: number;
}

/** Leaves in memory, bounded by bytes: the longest unused go first. */
export class TileMemory {
  readonly #budgetBytes: number;
  /** In the order of use. */
  readonly #leaves = new Map<string, { leaf: HeldLeaf; bytes: number }>();
  #bytes = 0;

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** A leaf, which counts as its use. */
  use(quadkey: string): HeldLeaf | undefined {
    const entry = this.#leaves.get(quadkey);
    if (!entry) return undefined;
    this.#leaves.delete(quadkey);
    this.#leaves.set(quadkey, entry);
    return entry.leaf;
  }

  keep(quadkey: string, leaf: HeldLeaf): void {
    this.drop(quadkey);
    const bytes = leaf.pages.reduce((sum, page) => sum + tileBytes(page), 0);
    this.#leaves.set(quadkey, { leaf, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#leaves.keys()) {
      if (this.#bytes <= this.#budgetBytes || oldest === quadkey) break;
      this.drop(oldest);
    }
  }

  drop(quadkey: string): void {
    const entry = this.#leaves.get(quadkey);
    if (!entry) return;
    this.#leaves.delete(quadkey);
    this.#bytes -= entry.bytes;
  }

  clear(): void {
    this.#leaves.clear();
    this.#bytes = 0;
  }
}
