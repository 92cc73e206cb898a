import { type Tile, versionOfDock } from "../../shared/tile.ts";
import type { Sql } from "../platform/sql.ts";
import { createLeafDirectory, type LeafDirectory } from "./leaf-directory.ts";
import { type DockChange, type LogPart, readChangeLog, readLeaves } from "./tile-queries.ts";

/** A process that answers has read the log within this long: at most two readings a second. */
const FRESH_MS = 500;

/** Changes are forgotten this long after they were read; an older fill is then read anew. */
const KEPT_MS = 30 * 60_000;

interface KnownChange extends DockChange {
  readMs: number;
}

/**
 * What this process knows of changes to docks: read from the database before it answers, told by
 * its own writes at once. It decides which tiles may still serve.
 */
export class ChangeLog {
  readonly #sql: Sql;
  readonly #now: () => number;
  #directory: LeafDirectory | undefined;
  #horizon: number | undefined;
  #coveredFrom = Infinity;
  #readMs = -Infinity;
  #reading: Promise<void> | undefined;
  #changesSeen = 0;
  #byLeaf = new Map<string, Map<number, KnownChange>>();

  constructor(sql: Sql, now: () => number) {
    this.#sql = sql;
    this.#now = now;
  }

  /** The directory as of the last reading. */
  get directory(): LeafDirectory {
    if (!this.#directory) throw new Error("the change log has not been read yet");
    return this.#directory;
  }

  /** Grows whenever a reading tells of something new. */
  get changesSeen(): number {
    return this.#changesSeen;
  }

  /**
   * Reads what has changed, unless that was done within the last half second. One reading serves
   * everybody who waits. Where the database is away, what is known serves on.
   */
  async catchUp(): Promise<void> {
    if (this.#now() - this.#readMs < FRESH_MS) return;
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    try {
      await this.#reading;
    } catch (error) {
      if (!this.#directory) throw error;
    }
  }

  /** Makes the next answer read the log first: a write of this process is not to be missed. */
  expire(): void {
    this.#readMs = -Infinity;
  }

  /** Whether a leaf's tiles, all read at once, hold every change that is known of its docks. */
  isCurrent(pages: readonly Tile[]): boolean {
    const [first] = pages;
    if (!first) return false;
    const asOf = Number(first.asOf);
    if (asOf < this.#coveredFrom || !this.directory.has(first.quadkey)) return false;
    for (const { dockId, version, xid } of this.#byLeaf.get(first.quadkey)?.values() ?? []) {
      if (xid < asOf) continue;
      if (pages.every((page) => versionOfDock(page, dockId) < version)) return false;
    }
    return true;
  }

  async #read(): Promise<void> {
    const startMs = this.#now();
    const part = await readChangeLog(this.#sql, this.#horizon);
    if (this.#isOutdated(part)) {
      const { version, leaves } = await readLeaves(this.#sql);
      this.#rekey(createLeafDirectory(version, leaves));
    }
    for (const change of part.changes) this.#remember({ ...change, readMs: startMs });
    this.#coveredFrom = Math.min(this.#coveredFrom, part.coveredFrom);
    this.#horizon = part.horizon;
    this.#forget(startMs - KEPT_MS);
    this.#readMs = startMs;
  }

  /** Leaves have split, or one that was empty, and so left out of views, has got a dock. */
  #isOutdated({ directoryVersion, changes }: LogPart): boolean {
    const directory = this.#directory;
    if (directory?.version !== directoryVersion) return true;
    return changes.some(({ cell }) => directory.isEmpty(directory.leafOf(cell)));
  }

  #remember(change: KnownChange): void {
    for (const cell of new Set([change.cell, change.cellBefore ?? change.cell])) {
      const leaf = this.directory.leafOf(cell);
      const changes = this.#byLeaf.get(leaf) ?? new Map<number, KnownChange>();
      this.#byLeaf.set(leaf, changes);
      const known = changes.get(change.dockId);
      if (known && known.version >= change.version) continue;
      changes.set(change.dockId, change);
      this.#changesSeen++;
    }
  }

  /** Leaves have split or joined: what is known belongs to other leaves now. */
  #rekey(directory: LeafDirectory): void {
    const known = [...this.#byLeaf.values()].flatMap((changes) => [...changes.values()]);
    this.#directory = directory;
    this.#changesSeen++;
    this.#byLeaf = new Map();
    for (const change of known) this.#remember(change);
  }

  #forget(beforeMs: number): void {
    for (const [leaf, changes] of this.#byLeaf) {
      for (const [dockId, change] of changes) {
        if (change.readMs >= beforeMs) continue;
        changes.delete(dockId);
        this.#coveredFrom = Math.max(this.#coveredFrom, change.xid + 1);
      }
      if (changes.size === 0) this.#byLeaf.delete(leaf);
    }
  }
}
