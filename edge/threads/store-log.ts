import type { LogFlush, LogStored } from "../../shared/hub.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";
import { clashes, eraseDeleted, insertEntries, maxSeq, raiseReads } from "./log-queries.ts";

/** What a flush came to; `refused` stored nothing and answers 409. */
export interface FlushResult extends LogStored {
  refused: boolean;
}

/**
 * Stores what a room flushes, by the rules at LogFlush (shared/hub.ts): an older epoch or a clash
 * stores nothing, and entries are taken only while they follow the log without a hole.
 */
export function storeLog(sql: Sql, threadId: string, flush: LogFlush): Promise<FlushResult> {
  return sql.transaction(async (tx) => {
    const [thread] = await tx.query<{ epoch: number }>(
      `SELECT epoch FROM thread WHERE id = $1 FOR UPDATE`,
      [threadId],
    );
    if (!thread) throw new Problem("not-found", "Cannot store log: there is no such thread");
    const { epoch } = thread;
    const before = await maxSeq(tx, threadId);
    if (flush.epoch < epoch || (await clashes(tx, threadId, flush.entries))) {
      return { epoch, stored: before, refused: true };
    }
    let stored = before;
    const next = flush.entries.filter((entry) => {
      if (entry.seq !== stored + 1) return false;
      stored = entry.seq;
      return true;
    });
    if (flush.epoch > epoch) {
      // A restored database has an older epoch than its rooms; it must not be given out again.
      await tx.query(`UPDATE thread SET epoch = $2 WHERE id = $1`, [threadId, flush.epoch]);
    }
    if (next.length > 0) await insertEntries(tx, threadId, next);
    const deletions = next.filter((entry) => entry.kind === "delete");
    if (deletions.length > 0) await eraseDeleted(tx, threadId, deletions);
    await raiseReads(tx, threadId, flush.reads);
    return { epoch: Math.max(epoch, flush.epoch), stored, refused: false };
  });
}
