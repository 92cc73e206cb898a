import type { Block } from "../../shared/api.ts";
import { todayIn } from "../../shared/stay.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { seeManagedDock } from "./dock-access.ts";
import { selectBlocks } from "./night-queries.ts";

/**
 * A dock's blocks that are not over, in order of their first nights.
 *
 * @throws {Problem} `forbidden`, `not-found`.
 */
export async function listBlocks(
  sql: Sql,
  person: Person,
  dockId: number,
  page: { after: { from: string; id: string } | undefined; limit: number },
  nowMs: number,
): Promise<Block[]> {
  const dock = await seeManagedDock(sql, person, dockId, "Cannot list blocks");
  return selectBlocks(sql, dockId, todayIn(dock.time_zone, nowMs), page);
}
