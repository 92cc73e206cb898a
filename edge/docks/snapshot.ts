/**
 * Which transactions a reading of Postgres saw (its type `pg_snapshot`): all below `min`, and those
 * below `max` that were not running. Of two snapshots of a primary one is within the other.
 */
export interface Snapshot {
  readonly min: number;
  readonly max: number;
  readonly running: ReadonlySet<number>;
}

/**
 * The snapshot of Postgres's text, `min:max:running,…`.
 *
 * @throws {RangeError} where it is none.
 */
export function parseSnapshot(text: string): Snapshot {
  const [, min, max, running] = /^(\d+):(\d+):((?:\d+(?:,\d+)*)?)$/.exec(text) ?? [];
  if (min === undefined || max === undefined || running === undefined) {
    throw new RangeError(`Cannot read snapshot: "${text}"`);
  }
  return {
    min: Number(min),
    max: Number(max),
    running: new Set(running === "" ? [] : running.split(",").map(Number)),
  };
}

/**
 * What a standby's reading saw for certain. Its `pg_current_snapshot()` leaves out which transactions
 * were running on the primary, so that nothing above the oldest of them can be relied upon.
 *
 * @throws {RangeError} as `parseSnapshot`.
 */
export function standbySnapshot(text: string): Snapshot {
  const { min } = parseSnapshot(text);
  return { min, max: min, running: new Set() };
}

/** The text that Postgres reads as the snapshot. */
export function snapshotToText({ min, max, running }: Snapshot): string {
  return `${min}:${max}:${[...running].sort((a, b) => a - b).join(",")}`;
}

/** Whether a transaction had ended when the snapshot was taken. */
export function isSeen({ min, max, running }: Snapshot, xid: number): boolean {
  return xid < min || (xid < max && !running.has(xid));
}

/** Whether the newer snapshot sees all that the older one sees. */
export function isWithin(older: Snapshot, newer: Snapshot): boolean {
  if (older.max > newer.max) return false;
  for (const xid of newer.running) if (isSeen(older, xid)) return false;
  return true;
}

/** Sees what ended before a transaction began that the snapshot may see or not. */
export function snapshotBelow({ min, running }: Snapshot, xid: number): Snapshot {
  const still = [...running].filter((other) => other < xid);
  return { min: Math.min(min, xid), max: xid, running: new Set(still) };
}
