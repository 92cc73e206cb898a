import type { HostDock } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock, readHostDock, refuseStale } from "./dock-access.ts";
import { bumpDock, placeDock } from "./dock-queries.ts";
import { rowToHostDock } from "./dock-row.ts";

const ACTION = "Cannot pause dock";

/**
 * Takes a dock out of search and sale; the stays that it has remain. One that is paused already
 * stays as it is. `version` is checked where it is given.
 *
 * @throws {Problem} `stale`, `not-bookable` for a draft, `forbidden`, `not-found`.
 */
export function pauseDock(
  sql: Sql,
  person: Person,
  dockId: number,
  version?: number,
): Promise<HostDock> {
  return sql.transaction(async (tx) => {
    const { row, calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    if (row.status === "paused") return rowToHostDock(row);
    if (row.status === "draft") {
      throw new Problem("not-bookable", `${ACTION}: it is a draft and not on sale yet`);
    }
    refuseStale(ACTION, row, version);
    await placeDock(tx, dockId, "paused");
    await bumpDock(tx, dockId);
    await recordDockEvent(tx, {
      dockId,
      version: calendarVersion,
      kind: "dock.paused",
      body: { actorId: person.id, before: { status: row.status }, after: { status: "paused" } },
    });
    return readHostDock(tx, person, dockId);
  });
}
