import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock } from "./dock-access.ts";
import { layClosures } from "./dock-queries.ts";
import { deleteBlockRow } from "./night-queries.ts";

const ACTION = "Cannot remove block";

/** Puts a block's nights back on sale. @throws {Problem} `forbidden`, `not-found`. */
export function removeBlock(
  sql: Sql,
  person: Person,
  dockId: number,
  blockId: string,
): Promise<void> {
  return sql.transaction(async (tx) => {
    const { calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    const gone = await deleteBlockRow(tx, dockId, blockId);
    if (gone === undefined) {
      throw new Problem("not-found", `${ACTION}: the dock has no block ${blockId}`);
    }
    await layClosures(tx, dockId);
    const { from, to, spanCm } = gone;
    await recordDockEvent(tx, {
      dockId,
      version: calendarVersion,
      kind: "block.deleted",
      body: { actorId: person.id, blockId, before: { from, to, spanCm } },
    });
  });
}
