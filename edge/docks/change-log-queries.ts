import { onlyRow, type Sql } from "../platform/sql.ts";
import type { Leaf } from "./leaf-directory.ts";
import { parseSnapshot, type Snapshot, snapshotBelow, snapshotToText } from "./snapshot.ts";

/** A change of a dock that the log tells. */
export interface DockChange {
  dockId: number;
  version: number;
  /** Where it lies, and where it lay before where it was moved: cells of full depth. */
  cell: string;
  cellBefore: string | null;
  /** Its transaction's number. */
  xid: number;
  /** Only what is taken of it has changed. */
  isNights: boolean;
}

/** The changes that one snapshot of the log shows and an earlier one does not. */
export interface LogPart {
  since: Snapshot;
  until: Snapshot;
  /** Version of the leaves' directory as of `until`. */
  directoryVersion: number;
  changes: DockChange[];
}

/** Where a process that begins finds itself. */
export interface LogStart extends LogPart {
  /** Tells this database from every other one that a cache may have tiles of. */
  database: string;
}

type ChangeRow = [number, number, string, string | null, number, boolean];

interface LogRow {
  until: string;
  directory_version: number;
  changes: ChangeRow[] | null;
}

/** A process that has missed more changes than these begins anew. */
const MOST_CHANGES = 20_000;

/** How far back a process that begins reads, so that tiles filled before it began can serve. */
const LOOK_BACK = "15 minutes";

/**
 * Events that change nothing of a dock but its nights. What is not known to be one of these may
 * have changed all of it, and other docks of its leaf too.
 */
const IS_NIGHTS = "(booking_id IS NOT NULL OR kind IN ('block.created', 'block.deleted'))";

const PART = `SELECT pg_current_snapshot()::text AS until,
  (SELECT version FROM tile_directory) AS directory_version,
  (SELECT jsonb_agg(jsonb_build_array(
     dock_id, version, cell, cell_before, xid::text::bigint, is_nights)) FROM change) AS changes`;

/**
 * What the log has got since a snapshot; undefined where that is too much to catch up with. A number
 * given by a sequence would skip what commits late; what a snapshot did not see does not.
 */
export async function readChangeLog(sql: Sql, since: Snapshot): Promise<LogPart | undefined> {
  const row = onlyRow(
    await sql.query<LogRow>(
      `WITH change AS (
         SELECT dock_id, version, cell, cell_before, xid, ${IS_NIGHTS} AS is_nights FROM event
         WHERE xid >= pg_snapshot_xmin($1::pg_snapshot)
           AND NOT pg_visible_in_snapshot(xid, $1::pg_snapshot)
         LIMIT ${MOST_CHANGES + 1})
       ${PART}`,
      [snapshotToText(since)],
    ),
  );
  const until = parseSnapshot(row.until);
  // A database that was restored from the past begins its count again.
  if (until.max < since.max) return undefined;
  const changes = (row.changes ?? []).map(rowToChange);
  if (changes.length > MOST_CHANGES) return undefined;
  return { since, until, directoryVersion: row.directory_version, changes };
}

/** The log's last minutes. */
export async function startChangeLog(sql: Sql): Promise<LogStart> {
  const row = onlyRow(
    await sql.query<LogRow & { from_xid: number; database: string }>(
      `WITH old AS (
         SELECT coalesce(greatest(
           (SELECT xid FROM event WHERE at <= now() - interval '${LOOK_BACK}'
            ORDER BY xid DESC LIMIT 1),
           (SELECT xid FROM event ORDER BY xid DESC OFFSET ${MOST_CHANGES} LIMIT 1)), '0') AS xid),
       change AS (
         SELECT dock_id, version, cell, cell_before, event.xid, ${IS_NIGHTS} AS is_nights
         FROM event, old WHERE event.xid > old.xid)
       ${PART}, (SELECT xid::text::bigint + 1 FROM old) AS from_xid,
         (SELECT extract(epoch FROM applied_at) * 1e6 FROM schema_migration
          WHERE version = 1)::bigint || '-' ||
         (SELECT oid FROM pg_database WHERE datname = current_database()) AS database`,
    ),
  );
  const until = parseSnapshot(row.until);
  return {
    since: snapshotBelow(until, Math.min(row.from_xid, until.max)),
    until,
    directoryVersion: row.directory_version,
    changes: (row.changes ?? []).map(rowToChange),
    database: row.database,
  };
}

function rowToChange([dockId, version, cell, cellBefore, xid, isNights]: ChangeRow): DockChange {
  return { dockId, version, cell, cellBefore, xid, isNights };
}

/** All leaves with the version of that list, in one snapshot. */
export async function readLeaves(sql: Sql): Promise<{ version: number; leaves: Leaf[] }> {
  return onlyRow(
    await sql.query<{ version: number; leaves: Leaf[] }>(
      `SELECT (SELECT version FROM tile_directory) AS version,
         jsonb_agg(jsonb_build_object('quadkey', quadkey, 'docks', docks)) AS leaves
       FROM tile_leaf`,
    ),
  );
}

/** A dock's nights at a version, for a tile that has it at an older one. */
export interface DockNights {
  id: number;
  version: number;
  /** As of TileDock. */
  occupied: number[];
  /** More than its nights has changed since: its leaf has to be read anew. */
  isRemade: boolean;
}

/**
 * What is taken of some docks from a day on, with what else has changed since the versions that
 * are known of them; from the primary, in one snapshot.
 */
export async function readNights(
  sql: Sql,
  known: readonly { id: number; version: number }[],
  fromDay: number,
): Promise<DockNights[]> {
  const rows = await sql.query<{
    id: number;
    version: number;
    is_remade: boolean;
    occupied: number[][];
  }>(
    `SELECT c.dock_id AS id, c.version, EXISTS (
       SELECT FROM event e
       WHERE e.dock_id = c.dock_id AND e.version > known.version AND NOT ${IS_NIGHTS}) AS is_remade,
       (SELECT coalesce(jsonb_agg(jsonb_build_array(
          lower(o.nights) - date '1970-01-01', upper(o.nights) - date '1970-01-01',
          lower(o.span), coalesce(upper(o.span), -1)) ORDER BY o.nights), '[]')
        FROM occupancy o
        WHERE o.dock_id = c.dock_id AND o.nights && daterange(date '1970-01-01' + $3::int, NULL)
       ) AS occupied
     FROM unnest($1::bigint[], $2::bigint[]) AS known (id, version)
     JOIN calendar c ON c.dock_id = known.id`,
    [known.map(({ id }) => id), known.map(({ version }) => version), fromDay],
  );
  return rows.map(({ id, version, is_remade: isRemade, occupied }) => ({
    id,
    version,
    occupied: occupied.flat(),
    isRemade,
  }));
}
