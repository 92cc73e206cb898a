import type { Block } from "../../shared/api.ts";
import { isLinear, type NewBlock } from "../../shared/dock.ts";
import { type Issue, Problem } from "../../shared/problem.ts";
import { dateToDay, todayIn } from "../../shared/stay.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock } from "./dock-access.ts";
import type { DockRow } from "./dock-row.ts";
import { refuseIssues } from "./dock-rules.ts";
import { expireDue, insertBlock } from "./night-queries.ts";

const ACTION = "Cannot block nights";
/** A slip of the keyboard must not close a berth for a century. */
const MAX_DAYS_AHEAD = 5 * 366;

/**
 * Takes nights of a dock, or of a part of a quay, out of sale. What is taken already stays as it
 * is: a block never overwrites a stay, nor another block.
 *
 * @throws {Problem} `dates-taken`, `invalid`, `forbidden`, `not-found`.
 */
export function createBlock(
  sql: Sql,
  person: Person,
  dockId: number,
  block: NewBlock,
  nowMs: number,
): Promise<Block> {
  return sql.transaction(async (tx) => {
    const { row, calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    refuseIssues(ACTION, blockFaults(row, block, nowMs));
    const version = await expireDue(tx, dockId, calendarVersion);
    const made = await insertBlock(tx, dockId, {
      from: block.from,
      to: block.to,
      note: block.note,
      spanCm: block.spanCm,
    });
    if (made === undefined) {
      throw new Problem("dates-taken", `${ACTION}: a stay or another block has some of them`);
    }
    const { id: blockId, from, to, spanCm } = made;
    await recordDockEvent(tx, {
      dockId,
      version,
      kind: "block.created",
      body: { actorId: person.id, blockId, after: { from, to, spanCm } },
    });
    return made;
  });
}

function blockFaults(dock: DockRow, block: NewBlock, nowMs: number): Issue[] {
  const issues: Issue[] = [];
  const today = dateToDay(todayIn(dock.time_zone, nowMs));
  if (block.from >= block.to) issues.push({ path: "to", message: "must be after `from`" });
  if (dateToDay(block.to) <= today) {
    issues.push({ path: "to", message: "must not be over already" });
  }
  if (dateToDay(block.to) > today + MAX_DAYS_AHEAD) {
    issues.push({ path: "to", message: "must be within five years" });
  }
  if (block.spanCm !== undefined) {
    const [lo, hi] = block.spanCm;
    if (!isLinear(dock.kind) || dock.length_cm === null) {
      issues.push({ path: "spanCm", message: "is for quays only: a berth is blocked as a whole" });
    } else if (lo >= hi || hi > dock.length_cm) {
      issues.push({ path: "spanCm", message: `must be a part of the quay's ${dock.length_cm} cm` });
    }
  }
  return issues;
}
