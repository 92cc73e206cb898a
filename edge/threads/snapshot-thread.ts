import type { ThreadSnapshot } from "../../shared/hub.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";
import { lastEntries, maxSeq, readMarks } from "./log-queries.ts";
import { isKnownPair, threadMembers } from "./thread-queries.ts";

const SNAPSHOT_ENTRIES = 100;

/**
 * What a room needs to begin. `claim` raises the thread's epoch first: a room without state takes
 * the numbering over, and whatever an older room still flushes is refused.
 */
export function snapshotThread(
  sql: Sql,
  threadId: string,
  claim: boolean,
): Promise<ThreadSnapshot> {
  return sql.transaction(async (tx) => {
    const [thread] = await tx.query<{ epoch: number }>(
      claim
        ? `UPDATE thread SET epoch = epoch + 1 WHERE id = $1 RETURNING epoch`
        : `SELECT epoch FROM thread WHERE id = $1`,
      [threadId],
    );
    const list = await threadMembers(tx, threadId);
    if (!thread || !list) {
      throw new Problem("not-found", "Cannot read thread: there is no such thread");
    }
    return {
      epoch: thread.epoch,
      maxSeq: await maxSeq(tx, threadId),
      membersVersion: list.version,
      members: list.members,
      reads: await readMarks(tx, threadId),
      isKnown: await isKnownPair(tx, threadId),
      lastEntries: await lastEntries(tx, threadId, SNAPSHOT_ENTRIES),
    };
  });
}
