import type { HostDock } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { touchCalendar } from "./change-queries.ts";
import { type ReadDockRow, selectDock } from "./dock-queries.ts";
import { rowToHostDock } from "./dock-row.ts";

/** Whoever asks; null is somebody who is not signed in. */
export type Reader = Pick<Person, "id" | "role"> | null;

/** A dock that a reader may see; a draft is nobody's but its managers'. */
export async function seeDock(sql: Sql, reader: Reader, dockId: number): Promise<ReadDockRow> {
  const row = await selectDock(sql, dockId, reader?.id ?? null);
  if (row !== undefined) {
    row.manages ||= reader?.role === "admin";
    if (row.status !== "draft" || row.manages) return row;
  }
  throw new Problem("not-found", `Cannot find dock: there is no dock ${dockId}`);
}

/**
 * A dock that its host, its harbour's staff or an admin manages. `action` begins the sentence of
 * the refusal.
 */
export async function seeManagedDock(
  sql: Sql,
  reader: Reader,
  dockId: number,
  action: string,
): Promise<ReadDockRow> {
  const row = await seeDock(sql, reader, dockId);
  if (!row.manages) {
    throw new Problem("forbidden", `${action}: it belongs to somebody else`);
  }
  return row;
}

/** A dock to change: its calendar locked, the number of the change, the row as it is under the lock. */
export interface LockedDock {
  row: ReadDockRow;
  calendarVersion: number;
}

/** Locks a dock that the person manages; part of a transaction. */
export async function lockManagedDock(
  tx: Sql,
  person: NonNullable<Reader>,
  dockId: number,
  action: string,
): Promise<LockedDock> {
  // Asked first without the lock, so that a stranger's attempts hold nobody up.
  await seeManagedDock(tx, person, dockId, action);
  const calendarVersion = await touchCalendar(tx, dockId);
  return { row: await seeManagedDock(tx, person, dockId, action), calendarVersion };
}

/** Throws `stale` with the current record where a write was made for another version of it. */
export function refuseStale(
  action: string,
  row: ReadDockRow,
  version: number | undefined,
): void {
  if (version === undefined || row.version === version) return;
  throw new Problem("stale", `${action}: it has version ${row.version}`, {
    current: rowToHostDock(row),
  });
}

/** The dock as it is after a change, for who made it. */
export async function readHostDock(sql: Sql, reader: Reader, dockId: number): Promise<HostDock> {
  return rowToHostDock(await seeDock(sql, reader, dockId));
}
