import type { SearchCursor } from "./search-cursor.ts";
import { MAX_LIMIT } from "./search-terms.ts";

// One search at a time uses these: nothing in it waits.
const keys = new Float64Array(MAX_LIMIT);
const ids = new Float64Array(MAX_LIMIT);
const tiles = new Int32Array(MAX_LIMIT);
const docks = new Int32Array(MAX_LIMIT);
const totals = new Float64Array(MAX_LIMIT);

/** The first docks of an order, chosen from as many as there are without sorting them all. */
export class TopDocks {
  readonly #limit: number;
  readonly #afterKey: number;
  readonly #afterId: number;
  readonly #shown: ReadonlySet<number> | undefined;
  /** Places of `keys` in use, in order; the worst key that still counts once all are. */
  #size = 0;
  #worst = Infinity;
  /** All that were offered, and those of them that come after the cursor. */
  total = 0;
  rest = 0;

  constructor(limit: number, after: SearchCursor | undefined) {
    this.#limit = limit;
    this.#afterKey = after ? after.key : -Infinity;
    this.#afterId = after ? after.id : 0;
    this.#shown = after && new Set(after.shown);
  }

  /** A dock of the answer; `key` ascending, equal ones by id; its price where that is known. */
  offer(key: number, id: number, tile: number, dock: number, total: number): void {
    this.total++;
    if (key < this.#afterKey || (key === this.#afterKey && id <= this.#afterId)) return;
    if (this.#shown !== undefined && this.#shown.has(id)) return;
    this.rest++;
    if (this.#size === this.#limit) {
      if (key > this.#worst || (key === this.#worst && id > ids[this.#size - 1]!)) return;
    } else this.#size++;
    let at = this.#size - 1;
    for (; at > 0; at--) {
      const before = keys[at - 1]!;
      if (before < key || (before === key && ids[at - 1]! < id)) break;
      keys[at] = before;
      ids[at] = ids[at - 1]!;
      tiles[at] = tiles[at - 1]!;
      docks[at] = docks[at - 1]!;
      totals[at] = totals[at - 1]!;
    }
    keys[at] = key;
    ids[at] = id;
    tiles[at] = tile;
    docks[at] = dock;
    totals[at] = total;
    this.#worst = keys[this.#size - 1]!;
  }

  /** The docks chosen, in order. */
  take(): TopDock[] {
    const chosen: TopDock[] = [];
    for (let at = 0; at < this.#size; at++) {
      chosen.push({ key: keys[at]!, tile: tiles[at]!, dock: docks[at]!, total: totals[at]! });
    }
    return chosen;
  }
}

/** Of a dock its key in the order, its tile's and its own places; NaN where nobody priced it. */
export interface TopDock {
  key: number;
  tile: number;
  dock: number;
  total: number;
}
