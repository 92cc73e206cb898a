import type { Dock, HostDock } from "../../shared/dock.ts";
import type { Sql } from "../platform/sql.ts";
import { type Reader, seeDock } from "./dock-access.ts";
import { rowToDock, rowToHostDock } from "./dock-row.ts";

/**
 * A dock as its reader may see it: whole for who manages it, at its exact position for a guest with
 * a stay there, at its public position for everybody else.
 *
 * @throws {Problem} `not-found`, also for a stranger's draft.
 */
export async function readDock(
  sql: Sql,
  reader: Reader,
  dockId: number,
): Promise<Dock | HostDock> {
  const row = await seeDock(sql, reader, dockId);
  return row.manages ? rowToHostDock(row) : rowToDock(row, row.has_stay);
}
