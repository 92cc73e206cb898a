import type { SharedCache } from "../platform/cache.ts";
import { endsWithin } from "../platform/patience.ts";
import type { Sql } from "../platform/sql.ts";
import {
  type LogPart,
  type LogStart,
  readChangeLog,
  readLeaves,
  startChangeLog,
} from "./change-log-queries.ts";
import { ChangeWindow, WINDOW_CHANGES, type WindowLook } from "./change-window.ts";
import { KnownChanges } from "./known-changes.ts";
import { createLeafDirectory, type LeafDirectory } from "./leaf-directory.ts";
import { isWithin } from "./snapshot.ts";

/** A process that answers has looked at the log within this long: at most two looks a second. */
const FRESH_MS = 500;
/** Changes are forgotten this long after they were read, or when there are more than so many. */
const KEPT_MS = 15 * 60_000;
const MOST_KNOWN = 50_000;
/** Whoever has not looked for longer begins anew: the log may have been pruned meanwhile. */
const LONGEST_ABSENCE_MS = 60 * 60_000;
/** An answer waits so long for what hangs; what is known serves on. */
export const PATIENCE_MS = 1_000;
/** A look that takes longer is given up, so that another one can be tried. */
const LOOK_LIMIT_MS = 5_000;

export interface ChangeLogOptions {
  sql: Sql;
  cache: SharedCache | undefined;
  /** Where the database is: copies of one elsewhere go by the same name otherwise. */
  databaseHost: string;
  now: () => number;
  background: (work: Promise<unknown>) => void;
  /** Changes of these leaves are about to be forgotten: copies that lack one must go. */
  onForget: (leaves: ReadonlySet<string>) => void;
  /** The log was lost track of: nothing that is held can be trusted. */
  onLost: () => void;
}

/**
 * What this process knows of changes to docks. It looks before it answers, at the window in the
 * shared cache where that proves to have everything, else at the database.
 */
export class ChangeLog {
  readonly #options: ChangeLogOptions;
  #known: KnownChanges | undefined;
  #database = "";
  #window: ChangeWindow | undefined;
  #directoryVersion = 0;
  #leastDirectory = 0;
  #looking: { startMs: number; done: Promise<void> } | undefined;
  #lookedMs = -Infinity;
  #failedMs = -Infinity;
  /** Writes of this process that were told, and those that the last reading cannot have missed. */
  #writes = 0;
  #writesRead = 0;
  #changesSeen = 0;

  constructor(options: ChangeLogOptions) {
    this.#options = options;
  }

  get known(): KnownChanges {
    if (!this.#known) throw new Error("the change log has not been read yet");
    return this.#known;
  }

  /** The directory as of the last look. */
  get directory(): LeafDirectory {
    return this.known.directory;
  }

  /** Names the database whose log it is. */
  get database(): string {
    return this.#database;
  }

  /** Grows whenever a look tells of something new. */
  get changesSeen(): number {
    return this.#changesSeen;
  }

  /**
   * Looks for changes, unless that was done within the last half second. One look serves everybody
   * who waits. Where nothing can be read, what is known serves on.
   */
  async catchUp(): Promise<void> {
    // A look that was under way when this process wrote may have missed that.
    for (let looks = 0; looks < 3 && this.#isDue(); looks++) {
      try {
        if (!await this.#waitForLook()) return;
      } catch (error) {
        if (!this.#known) throw error;
        return;
      }
    }
  }

  /** A later list of leaves was seen than the one that is known: the next look fetches it. */
  noteDirectory(version: number): void {
    if (version <= this.#leastDirectory) return;
    this.#leastDirectory = version;
    this.#writes++;
  }

  /** Something was answered without a change that is known: whoever keeps the answer must not. */
  noteStale(): void {
    this.#changesSeen++;
  }

  get isDirectoryOld(): boolean {
    return this.#leastDirectory > this.#directoryVersion;
  }

  /** Makes the next answer read the database first: a write of this process is not to be missed. */
  noteWrite(): void {
    this.#writes++;
  }

  #isDue(): boolean {
    const nowMs = this.#options.now();
    if (this.#known && nowMs - this.#failedMs < FRESH_MS) return false;
    return this.#writesRead < this.#writes || nowMs - this.#lookedMs >= FRESH_MS;
  }

  /** Waits for the look under way, or for a new one; false where patience ended first. */
  async #waitForLook(): Promise<boolean> {
    const { now } = this.#options;
    if (!this.#looking || now() - this.#looking.startMs >= LOOK_LIMIT_MS) this.#beginLook();
    const { done, startMs } = this.#looking!;
    if (!this.#known) {
      await done;
      return true;
    }
    const leftMs = startMs + PATIENCE_MS - now();
    if (leftMs <= 0) return false;
    return await endsWithin(done, leftMs);
  }

  #beginLook(): void {
    const startMs = this.#options.now();
    const done = this.#look().catch((error: unknown) => {
      this.#failedMs = this.#options.now();
      throw error;
    }).finally(() => {
      if (this.#looking?.done === done) this.#looking = undefined;
    });
    // Whoever waits hears of a failure; a look that nobody waits for any more must not end the
    // process.
    done.catch(() => {});
    this.#looking = { startMs, done };
  }

  async #look(): Promise<void> {
    const startMs = this.#options.now();
    const isAbsent = startMs - this.#lookedMs > LONGEST_ABSENCE_MS;
    if (!this.#known || isAbsent) return await this.#start(startMs);
    const writes = this.#writes;
    const since = this.#known.until;
    const found = this.#writesRead < writes ? undefined : await this.#window?.look(since);
    if (found?.part) return await this.#take(found.part, startMs);
    const part = await readChangeLog(this.#options.sql, since);
    if (!part) return await this.#start(startMs);
    await this.#take(part, startMs);
    this.#writesRead = Math.max(this.#writesRead, writes);
    if (found) this.#show(found);
  }

  /** Begins anew, with nothing of what was known. */
  async #start(startMs: number): Promise<void> {
    const { sql, cache, databaseHost, onLost } = this.#options;
    const writes = this.#writes;
    const start: LogStart = await startChangeLog(sql);
    const { version, leaves } = await readLeaves(sql);
    onLost();
    this.#known = new KnownChanges(createLeafDirectory(version, leaves), start.since);
    this.#known.add(start, startMs);
    this.#database = `${databaseHost}-${start.database}`;
    this.#window = cache && new ChangeWindow(cache, this.#database);
    this.#directoryVersion = this.#leastDirectory = version;
    this.#changesSeen++;
    this.#lookedMs = startMs;
    this.#writesRead = Math.max(this.#writesRead, writes);
  }

  async #take(part: LogPart, startMs: number): Promise<void> {
    const leaves = this.#isOutdated(part) ? await readLeaves(this.#options.sql) : undefined;
    // Another look may have been quicker, where this one was given up.
    if (isWithin(part.since, this.known.until) && isWithin(this.known.until, part.until)) {
      if (leaves && leaves.version >= this.#directoryVersion) {
        this.known.rekey(createLeafDirectory(leaves.version, leaves.leaves));
        this.#directoryVersion = leaves.version;
        this.#leastDirectory = Math.max(this.#leastDirectory, leaves.version);
        this.#changesSeen++;
      }
      this.#changesSeen += this.known.add(part, startMs).length;
    }
    this.known.forget(startMs - KEPT_MS, MOST_KNOWN, this.#options.onForget);
    this.#lookedMs = Math.max(this.#lookedMs, startMs);
  }

  /** Leaves have split, or one that was empty, and so left out of views, has got a dock. */
  #isOutdated({ directoryVersion, changes }: LogPart): boolean {
    if (directoryVersion > this.#directoryVersion) return true;
    return changes.some(({ cell }) => this.directory.isEmpty(this.directory.leafOf(cell)));
  }

  #show({ clockMs }: WindowLook): void {
    if (!this.#window) return;
    const newest = this.known.newest(WINDOW_CHANGES);
    this.#options.background(this.#window.show(newest, this.#directoryVersion, clockMs));
  }
}
