import type { HostDock } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { changeDockStatus } from "./change-dock-status.ts";

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
  const move = { to: "published", action: "Cannot publish dock" } as const;
  return changeDockStatus(sql, person, dockId, move, version);
}
