import type { HostDock } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock, readHostDock, refuseStale } from "./dock-access.ts";
import { bumpDock, placeDock } from "./dock-queries.ts";
import { rowToHostDock } from "./dock-row.ts";

/** A move of a dock from one status to another. */
export interface StatusMove {
  to: "published" | "paused";
  /** How its refusals begin: `Cannot publish dock`. */
  action: string;
  /** Refuses a dock that cannot make the move from the status that it has. */
  check?: (from: HostDock["status"]) => void;
}

/**
 * Gives a dock another status and its place among the tiles' leaves, or takes it away. One that has
 * the status stays as it is. `version` is checked where it is given.
 *
 * @throws {Problem} `stale`, `forbidden`, `not-found`, and what `check` throws.
 */
export function changeDockStatus(
  sql: Sql,
  person: Person,
  dockId: number,
  { to, action, check }: StatusMove,
  version?: number,
): Promise<HostDock> {
  return sql.transaction(async (tx) => {
    const { row, calendarVersion } = await lockManagedDock(tx, person, dockId, action);
    if (row.status === to) return rowToHostDock(row);
    check?.(row.status);
    refuseStale(action, row, version);
    await placeDock(tx, dockId, to);
    await bumpDock(tx, dockId);
    await recordDockEvent(tx, {
      dockId,
      version: calendarVersion,
      kind: `dock.${to}`,
      body: { actorId: person.id, before: { status: row.status }, after: { status: to } },
    });
    return readHostDock(tx, person, dockId);
  });
}
