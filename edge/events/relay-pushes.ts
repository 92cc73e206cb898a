import type { InboxPush } from "../../shared/hub.ts";
import type { Deps } from "../deps.ts";
import type { Sql } from "../platform/sql.ts";
import { threadMembers } from "../threads/thread-queries.ts";

const BATCH = 100;

interface PendingPush {
  id: string;
  party: "thread" | "inbox";
  room_id: string;
  body: Extract<InboxPush, { kind: "close" }> | null;
}

/**
 * Tells rooms what the outbox of pushes holds (rosters, sockets to close): at least once, by as many
 * processes as like. What the hub did not take stays for the next round.
 */
export async function relayPushes({ sql, hub }: Pick<Deps, "sql" | "hub">): Promise<number> {
  const pending = await sql.query<PendingPush>(
    `SELECT id, party, room_id, body FROM room_push ORDER BY id LIMIT $1`,
    [BATCH],
  );
  const told = await Promise.allSettled(pending.map((push) => tell({ sql, hub }, push)));
  const failed = told.find((result) => result.status === "rejected");
  if (failed) throw failed.reason;
  return pending.length;
}

async function tell(
  { sql, hub }: Pick<Deps, "sql" | "hub">,
  { id, party, room_id, body }: PendingPush,
): Promise<void> {
  if (body?.kind === "close") await hub.close(body);
  if (party === "thread") {
    const list = await threadMembers(sql, room_id);
    if (list) await hub.publish("thread", room_id, { kind: "members", ...list });
  }
  await sql.query(`DELETE FROM room_push WHERE id = $1`, [id]);
}

/**
 * Has all sockets closed that a session opened, or all of a person's: written with what ended them,
 * brought by `relayPushes`.
 */
export async function pushClose(
  sql: Sql,
  { userId, sessionId }: { userId: string; sessionId?: string },
): Promise<void> {
  const body: InboxPush = {
    kind: "close",
    userId,
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  await sql.query(`INSERT INTO room_push (party, room_id, body) VALUES ('inbox', $1, $2::jsonb)`, [
    userId,
    JSON.stringify(body),
  ]);
}
