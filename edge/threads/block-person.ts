import { isUuid } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";

/**
 * Blocks somebody: both leave the rooms of all their conversations, and the other one opens no new
 * one. What was written stays readable to both. Blocking twice is harmless.
 *
 * @throws {Problem} `not-found` where they share no conversation: nobody else's name is to be had.
 */
export async function blockPerson(
  sql: Sql,
  blockerId: string,
  blockedId: string,
): Promise<void> {
  await sql.transaction(async (tx) => {
    if (!isUuid(blockedId) || !await shareThread(tx, blockerId, blockedId)) {
      throw new Problem("not-found", "Cannot block person: you have no conversation with them");
    }
    const added = await tx.query(
      `INSERT INTO person_block (blocker_id, blocked_id) VALUES ($1, $2)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [blockerId, blockedId],
    );
    if (added.length > 0) await tx.query(`SELECT renew_rosters($1, $2)`, [blockerId, blockedId]);
  });
}

/** Takes a block back; harmless where there is none. */
export async function unblockPerson(
  sql: Sql,
  blockerId: string,
  blockedId: string,
): Promise<void> {
  await sql.transaction(async (tx) => {
    const removed = await tx.query(
      `DELETE FROM person_block WHERE blocker_id = $1 AND blocked_id = $2 RETURNING 1`,
      [blockerId, blockedId],
    );
    if (removed.length > 0) await tx.query(`SELECT renew_rosters($1, $2)`, [blockerId, blockedId]);
  });
}

/** Whether either of two people has blocked the other. */
export async function isBlockedPair(sql: Sql, one: string, other: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM person_block
     WHERE (blocker_id = $1 AND blocked_id = $2) OR (blocker_id = $2 AND blocked_id = $1)`,
    [one, other],
  );
  return rows.length > 0;
}

async function shareThread(sql: Sql, one: string, other: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM thread_member a JOIN thread_member b ON b.thread_id = a.thread_id
     WHERE a.person_id = $1 AND b.person_id = $2 AND a.person_id <> b.person_id LIMIT 1`,
    [one, other],
  );
  return rows.length > 0;
}
