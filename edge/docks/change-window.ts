import * as z from "zod/mini";
import type { SharedCache } from "../platform/cache.ts";
import type { DockChange, LogPart } from "./change-log-queries.ts";
import { isSeen, isWithin, parseSnapshot, type Snapshot, snapshotToText } from "./snapshot.ts";

/** Changes that the window shows at most: a second of a very busy world. */
export const WINDOW_CHANGES = 500;
/** A window that was read longer ago is left alone, by the cache's own clock. */
const FRESH_MS = 250;
/** It is of no use when nobody has written it anew for so long. */
const TTL_SECONDS = 60;

/** As it is kept: when the database was read at the latest, and what was read. */
const KeptWindow = z.object({
  readMs: z.number(),
  since: z.string(),
  until: z.string(),
  directoryVersion: z.number(),
  changes: z.array(
    z.tuple([z.number(), z.number(), z.string(), z.nullable(z.string()), z.number(), z.boolean()]),
  ),
});

/** What a look at the window found. */
export interface WindowLook {
  /** The cache's clock before anything else was read. */
  clockMs: number;
  /** What the log has got since a snapshot, where the window can prove that it has all of that. */
  part: LogPart | undefined;
}

/**
 * The newest changes in the cache that processes share, put there by whoever read them in the
 * database: so that one process reads the log and the others see what it saw. The database alone is
 * the truth; each window says which snapshots it lies between, and one that is old, lost, cut short
 * or written by a slower process proves nothing and is passed over.
 */
export class ChangeWindow {
  readonly #cache: SharedCache;
  readonly #key: string;

  constructor(cache: SharedCache, database: string) {
    this.#cache = cache;
    this.#key = `changes:1:${database}`;
  }

  /** What is new since a snapshot; undefined where the cache is away. */
  async look(since: Snapshot): Promise<WindowLook | undefined> {
    const found = await this.#cache.getTimed(this.#key);
    if (!found) return undefined;
    const { value, clockMs } = found;
    return { clockMs, part: value === undefined ? undefined : toPart(value, since, clockMs) };
  }

  /** Shows others the newest of what is known, read from the database after `clockMs`. */
  async show(
    newest: Pick<LogPart, "since" | "until" | "changes">,
    directoryVersion: number,
    clockMs: number,
  ): Promise<void> {
    const kept: z.infer<typeof KeptWindow> = {
      readMs: clockMs,
      since: snapshotToText(newest.since),
      until: snapshotToText(newest.until),
      directoryVersion,
      changes: newest.changes.map(({ dockId, version, cell, cellBefore, xid, isNights }) => [
        dockId,
        version,
        cell,
        cellBefore,
        xid,
        isNights,
      ]),
    };
    await this.#cache.setMany([[this.#key, JSON.stringify(kept)]], TTL_SECONDS);
  }
}

function toPart(text: string, since: Snapshot, clockMs: number): LogPart | undefined {
  const kept = parseWindow(text);
  if (!kept || clockMs - kept.readMs > FRESH_MS) return undefined;
  if (!isWithin(kept.since, since) || !isWithin(since, kept.until)) return undefined;
  return { ...kept, since, changes: kept.changes.filter(({ xid }) => !isSeen(since, xid)) };
}

function parseWindow(text: string): (LogPart & { readMs: number }) | undefined {
  try {
    const { readMs, since, until, directoryVersion, changes } = KeptWindow.parse(JSON.parse(text));
    return {
      readMs,
      since: parseSnapshot(since),
      until: parseSnapshot(until),
      directoryVersion,
      changes: changes.map(([dockId, version, cell, cellBefore, xid, isNights]): DockChange => ({
        dockId,
        version,
        cell,
        cellBefore,
        xid,
        isNights,
      })),
    };
  } catch {
    // Whatever is wrong with it: the database says the same.
    return undefined;
  }
}
