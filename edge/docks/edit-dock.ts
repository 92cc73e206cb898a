import type { DockPatch, HostDock, NewDock } from "../../shared/dock.ts";
import { applyPatch } from "../../shared/patch.ts";
import { Problem } from "../../shared/problem.ts";
import { todayIn } from "../../shared/stay.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock, readHostDock, refuseStale } from "./dock-access.ts";
import {
  hasStaysAhead,
  layClosures,
  lockTileDirectory,
  placeDock,
  selectDockHarbour,
  updateDock,
} from "./dock-queries.ts";
import { rowToNewDock } from "./dock-row.ts";
import { checkDock, dockToColumns, refuseIssues } from "./dock-rules.ts";

const ACTION = "Cannot edit dock";

/**
 * Changes what a patch names. The whole that results must hold; kind and quay length stay as they
 * are while somebody is to lie there.
 *
 * @throws {Problem} `stale` with the `current` record, `dock-in-use`, `invalid`, `forbidden`,
 *   `not-found`.
 */
export async function editDock(
  sql: Sql,
  person: Person,
  dockId: number,
  version: number,
  patch: DockPatch,
  nowMs: number,
): Promise<HostDock> {
  const fields = Object.keys(patch);
  if (fields.length === 0) {
    refuseIssues(ACTION, [{ path: "", message: "the patch names nothing to change" }]);
  }
  return await sql.transaction(async (tx) => {
    const { row, calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    refuseStale(ACTION, row, version);
    const before = rowToNewDock(row);
    const after = applyPatch(before, patch);
    const harbour = await selectDockHarbour(tx, row.harbour_id, person.id);
    if (harbour === undefined) throw new Error(`dock ${dockId} has no harbour`);
    checkDock(ACTION, after, harbour);
    if (isReshaped(before, after)) {
      const today = todayIn(row.time_zone, nowMs);
      if (await hasStaysAhead(tx, dockId, today)) {
        throw new Problem(
          "dock-in-use",
          `${ACTION}: its kind and length are in use by stays ahead`,
        );
      }
    }
    const columns = dockToColumns(dockId, after, harbour);
    const isMoved = columns.cell !== row.cell;
    const isPlaced = row.status === "published" && isMoved;
    if (isPlaced) await lockTileDirectory(tx);
    await updateDock(tx, dockId, columns);
    await layClosures(tx, dockId);
    if (isPlaced) await placeDock(tx, dockId, "published");
    await recordDockEvent(tx, {
      dockId,
      version: calendarVersion,
      kind: "dock.edited",
      cellBefore: isMoved ? row.cell : undefined,
      body: { actorId: person.id, fields },
    });
    return readHostDock(tx, person, dockId);
  });
}

function isReshaped(before: NewDock, after: NewDock): boolean {
  return before.kind !== after.kind || before.lengthCm !== after.lengthCm;
}
