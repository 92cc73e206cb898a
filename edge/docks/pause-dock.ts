import type { HostDock } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { changeDockStatus, type StatusMove } from "./change-dock-status.ts";

const action = "Cannot pause dock";

const MOVE: StatusMove = {
  to: "paused",
  action,
  check(from) {
    if (from !== "draft") return;
    throw new Problem("not-bookable", `${action}: it is a draft and not on sale yet`);
  },
};

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
  return changeDockStatus(sql, person, dockId, MOVE, version);
}
