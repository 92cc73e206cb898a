import { groupBy } from "../../shared/group-by.ts";
import { cellToWater, toWaterChange } from "../../shared/water.ts";
import type { Deps } from "../deps.ts";

/** Events that one round takes; what is left comes in the next. */
const BATCH = 500;

export interface CellEvent {
  dock_id: number;
  version: number;
  kind: string;
  cell: string;
  cell_before: string | null;
  body: Readonly<Record<string, unknown>>;
}

/** Tells the waters that events lie in, where a dock moved both. Twice is harmless. */
export async function tellWaters(
  hub: Pick<Deps["hub"], "publish">,
  events: readonly CellEvent[],
): Promise<void> {
  const told = events.flatMap((event) => {
    const cells = [event.cell, ...(event.cell_before === null ? [] : [event.cell_before])];
    return [...new Set(cells.map(cellToWater))].map((water) => ({ water, event }));
  });
  await Promise.all(
    [...groupBy(told, ({ water }) => water)].map(([water, some]) =>
      hub.publish("water", water, {
        kind: "water",
        changes: some.map(({ event }) => toWaterChange({ ...event, dockId: event.dock_id })),
      })
    ),
  );
}

/**
 * Brings the docks' own events (edits, blocks) from the outbox to the waters they lie in. Those of
 * bookings come with their booking's (relay-events.ts).
 */
export async function relayWater({ sql, hub }: Pick<Deps, "sql" | "hub">): Promise<number> {
  const pending = await sql.query<CellEvent>(
    `SELECT dock_id, version, kind, cell, cell_before, body FROM event
     WHERE relayed_at IS NULL AND booking_id IS NULL
     ORDER BY at, dock_id, version LIMIT $1`,
    [BATCH],
  );
  if (pending.length === 0) return 0;
  await tellWaters(hub, pending);
  await sql.query(
    `UPDATE event e SET relayed_at = now()
     FROM jsonb_to_recordset($1::jsonb) AS p(dock_id bigint, version bigint)
     WHERE e.dock_id = p.dock_id AND e.version = p.version`,
    [JSON.stringify(pending.map(({ dock_id, version }) => ({ dock_id, version })))],
  );
  return pending.length;
}
