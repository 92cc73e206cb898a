import { type Tile, versionOfDock } from "../../shared/tile.ts";
import type { DockChange, LogPart } from "./change-log-queries.ts";
import type { LeafDirectory } from "./leaf-directory.ts";
import { isSeen, isWithin, type Snapshot } from "./snapshot.ts";

/** A leaf's docks, in one tile or in several, as some reading of the database saw them. */
export interface LeafCopy {
  pages: readonly Tile[];
  snapshot: Snapshot;
}

/** The last of what is known of a dock: its last change, and the last that was not of nights alone. */
interface KnownDock {
  last: DockChange;
  remade: DockChange | undefined;
}

/** One part of the log with the time at which it was read. */
interface KeptPart {
  until: Snapshot;
  changes: readonly DockChange[];
  readMs: number;
}

/**
 * The changes of docks that this process knows of: all that `floor` does not see and `until` does.
 * Says of a copy of a leaf whether it has them.
 */
export class KnownChanges {
  directory: LeafDirectory;
  #floor: Snapshot;
  #until: Snapshot;
  #parts: KeptPart[] = [];
  #count = 0;
  #byLeaf = new Map<string, Map<number, KnownDock>>();

  constructor(directory: LeafDirectory, floor: Snapshot) {
    this.directory = directory;
    this.#floor = floor;
    this.#until = floor;
  }

  get until(): Snapshot {
    return this.#until;
  }

  /** Adds a part that begins where what is known ends, or before; answers what of it was new. */
  add({ until, changes }: LogPart, readMs: number): DockChange[] {
    const news = changes.filter(({ xid }) => !isSeen(this.#until, xid));
    this.#until = until;
    const last = this.#parts.at(-1);
    if (news.length === 0 && last) last.until = until;
    if (news.length > 0) this.#parts.push({ until, changes: news, readMs });
    this.#count += news.length;
    for (const change of news) this.#index(change);
    return news;
  }

  /** Leaves have split: what is known belongs to other leaves now. */
  rekey(directory: LeafDirectory): void {
    this.directory = directory;
    this.#byLeaf = new Map();
    for (const { changes } of this.#parts) for (const change of changes) this.#index(change);
  }

  /**
   * Forgets whole parts, the oldest first, that were read before a time or are more than so many
   * changes; `beforehand` is told of their leaves while it can still be asked about copies of them.
   */
  forget(beforeMs: number, most: number, beforehand: (leaves: Set<string>) => void): void {
    let count = this.#count;
    const gone = this.#parts.findIndex(({ readMs, changes }) => {
      const isKept = readMs >= beforeMs && count <= most;
      if (!isKept) count -= changes.length;
      return isKept;
    });
    const old = this.#parts.slice(0, gone < 0 ? this.#parts.length : gone);
    if (old.length === 0) return;
    const changes = old.flatMap((part) => part.changes);
    beforehand(new Set(changes.flatMap((change) => this.#leavesOf(change))));
    this.#parts.splice(0, old.length);
    this.#count -= changes.length;
    this.#floor = old.at(-1)!.until;
    for (const change of changes) this.#unindex(change);
  }

  /** The newest parts that together have at most so many changes, as one. */
  newest(most: number): Pick<LogPart, "since" | "until" | "changes"> {
    let count = 0;
    let from = this.#parts.length;
    while (from > 0 && count + this.#parts[from - 1]!.changes.length <= most) {
      count += this.#parts[--from]!.changes.length;
    }
    return {
      since: this.#parts[from - 1]?.until ?? this.#floor,
      until: this.#until,
      changes: this.#parts.slice(from).flatMap(({ changes }) => changes),
    };
  }

  /** Whether a copy that came from elsewhere is young enough to be told what it misses. */
  canJudge({ pages, snapshot }: LeafCopy): boolean {
    const [first] = pages;
    return first !== undefined && this.directory.has(first.quadkey) &&
      isWithin(this.#floor, snapshot);
  }

  /**
   * The docks whose nights a copy has to learn anew, none where it has every change that is known;
   * undefined where more than nights has changed.
   */
  missing({ pages, snapshot }: LeafCopy): number[] | undefined {
    const docks = this.#byLeaf.get(pages[0]!.quadkey);
    if (!docks) return [];
    const missing: number[] = [];
    for (const [id, { last, remade }] of docks) {
      if (isSeen(snapshot, last.xid)) continue;
      const version = Math.max(...pages.map((page) => versionOfDock(page, id)));
      if (version >= last.version) continue;
      if (remade && version < remade.version && !isSeen(snapshot, remade.xid)) return undefined;
      // A dock that is not for sale here has no nights to show.
      if (version > 0) missing.push(id);
    }
    return missing;
  }

  #leavesOf({ cell, cellBefore }: DockChange): string[] {
    const leaf = this.directory.leafOf(cell);
    const before = cellBefore === null ? leaf : this.directory.leafOf(cellBefore);
    return before === leaf ? [leaf] : [leaf, before];
  }

  #index(change: DockChange): void {
    for (const leaf of this.#leavesOf(change)) {
      let docks = this.#byLeaf.get(leaf);
      if (!docks) this.#byLeaf.set(leaf, docks = new Map());
      const known = docks.get(change.dockId);
      docks.set(change.dockId, {
        last: newer(known?.last, change),
        remade: change.isNights ? known?.remade : newer(known?.remade, change),
      });
    }
  }

  #unindex(change: DockChange): void {
    for (const leaf of this.#leavesOf(change)) {
      const docks = this.#byLeaf.get(leaf);
      const known = docks?.get(change.dockId);
      if (!docks || !known) continue;
      if (known.last === change) docks.delete(change.dockId);
      else if (known.remade === change) docks.set(change.dockId, { ...known, remade: undefined });
      if (docks.size === 0) this.#byLeaf.delete(leaf);
    }
  }
}

function newer(known: DockChange | undefined, change: DockChange): DockChange {
  return known && known.version > change.version ? known : change;
}
