import { onlyRow, type Sql, type SqlValue } from "../platform/sql.ts";

/** A change of a dock that its readers can see, beside the moves of its bookings. */
export type DockEventKind =
  | "dock.edited"
  | "dock.published"
  | "dock.paused"
  | "block.created"
  | "block.deleted";

/**
 * Locks a dock's calendar and numbers the change that follows: the first statement of whatever
 * changes a dock. The dock must be there.
 */
export async function touchCalendar(tx: Sql, dockId: number): Promise<number> {
  const rows = await tx.query<{ version: number }>("SELECT touch_calendar($1) AS version", [
    dockId,
  ]);
  return onlyRow(rows).version;
}

/** Writes a change into the log that caches and water rooms read. `body` holds ids, never words. */
export async function recordDockEvent(
  tx: Sql,
  event: {
    dockId: number;
    version: number;
    kind: DockEventKind;
    cellBefore?: string | undefined;
    body: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const values: SqlValue[] = [
    event.dockId,
    event.version,
    event.kind,
    event.cellBefore ?? null,
    JSON.stringify(event.body),
  ];
  await tx.query(
    `INSERT INTO event (dock_id, version, kind, cell, cell_before, body)
     SELECT id, $2, $3, cell, $4, $5::jsonb FROM dock WHERE id = $1`,
    values,
  );
}
