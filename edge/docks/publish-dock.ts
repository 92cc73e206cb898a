import type { HostDock } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock, readHostDock, refuseStale } from "./dock-access.ts";
import { bumpDock, placeDock } from "./dock-queries.ts";
import { rowToHostDock } from "./dock-row.ts";

const ACTION = "Cannot publish dock";

/**
 * Lets a dock be found and booked. One that is published already stays as it is.
 * `version` is checked where it is given.
 *
 * @throws {Problem} `stale`, `forbidden`, `not-found`.
 */
export function publishDock(
  sql: Sql,
  person: Person,
  dockId: number,
  version?: number,
): Promise<HostDock> {
  return sql.transaction(async (tx) => {
    const { row, calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    if (row.status === "published") return rowToHostDock(row);
    refuseStale(ACTION, row, version);
    await placeDock(tx, dockId, "published");
    await bumpDock(tx, dockId);
    await recordDockEvent(tx, {
      dockId,
      version: calendarVersion,
      kind: "dock.published",
      body: { actorId: person.id, before: { status: row.status }, after: { status: "published" } },
    });
    return readHostDock(tx, person, dockId);
  });
}
