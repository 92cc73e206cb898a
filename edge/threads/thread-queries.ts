import type { Thread } from "../../shared/api.ts";
import type { Member } from "../../shared/chat.ts";
import type { Sql } from "../platform/sql.ts";

interface ThreadRow {
  record: Thread;
}

/** A thread as its reader sees it: names, the newest message, how many are unread. */
const THREAD_RECORD = `
  jsonb_build_object(
    'id', t.id,
    'dockId', t.dock_id,
    'dockName', d.name,
    'guest', jsonb_build_object('id', guest.id, 'name', guest.name),
    'host', jsonb_build_object('id', host.id, 'name', host.name),
    'lastMessage', CASE WHEN last.seq IS NULL THEN NULL ELSE jsonb_build_object(
      'seq', last.seq, 'senderId', coalesce(last.sender_id::text, 'system'),
      'text', shown_message(last) ->> 'text', 'sentAt', iso_instant(last.sent_at),
      'shows', CASE WHEN last.more ? 'deleted' THEN 'deleted' WHEN last.more ? 'photo' THEN 'photo'
        WHEN last.more ? 'berth' THEN 'berth' WHEN last.more ? 'booking' THEN 'booking'
        ELSE 'text' END) END,
    'unread', (
      SELECT count(*) FROM thread_log l
      WHERE l.thread_id = t.id AND l.seq > me.read_seq AND l.kind = 'message'
        AND l.sender_id IS DISTINCT FROM me.person_id
        AND (l.more -> 'booking' ->> 'actorId') IS DISTINCT FROM me.person_id::text
        AND NOT coalesce(l.more ? 'deleted', false)),
    'isBlocked', EXISTS (
      SELECT FROM person_block k JOIN thread_member o ON o.thread_id = t.id
      WHERE k.blocker_id = me.person_id AND k.blocked_id = o.person_id),
    'isClosed', EXISTS (
      SELECT FROM person_block k JOIN thread_member o ON o.thread_id = t.id
      WHERE k.blocked_id = me.person_id AND k.blocker_id = o.person_id),
    'createdAt', iso_instant(t.created_at)) AS record`;

const THREAD_JOINS = `
  FROM thread_member me
  JOIN thread t ON t.id = me.thread_id
  JOIN dock d ON d.id = t.dock_id
  JOIN person guest ON guest.id = t.guest_id
  JOIN person host ON host.id = t.host_id
  LEFT JOIN LATERAL (
    SELECT * FROM thread_log l
    WHERE l.thread_id = t.id AND l.kind = 'message' ORDER BY seq DESC LIMIT 1
  ) last ON true`;

/** A thread of a person's, or undefined where it is not theirs. */
export async function findThread(
  sql: Sql,
  personId: string,
  threadId: string,
): Promise<Thread | undefined> {
  const [row] = await sql.query<ThreadRow>(
    `SELECT ${THREAD_RECORD} ${THREAD_JOINS}
     WHERE me.person_id = $1 AND me.thread_id = $2 AND me.removed_at IS NULL`,
    [personId, threadId],
  );
  return row?.record;
}

/** A person's threads, newest first, after the thread `before`. */
export async function listThreads(
  sql: Sql,
  personId: string,
  before: string | undefined,
  limit: number,
): Promise<Thread[]> {
  const rows = await sql.query<ThreadRow>(
    `SELECT ${THREAD_RECORD} ${THREAD_JOINS}
     WHERE me.person_id = $1 AND me.removed_at IS NULL AND ($2::uuid IS NULL OR t.id < $2)
     ORDER BY t.id DESC LIMIT $3`,
    [personId, before ?? null, limit],
  );
  return rows.map((row) => row.record);
}

/** Whether a thread's two ever agreed on a stay, and so are no strangers. */
export async function isKnownPair(sql: Sql, threadId: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM booking
     WHERE thread_id = $1 AND status IN ('confirmed', 'checked_in', 'completed') LIMIT 1`,
    [threadId],
  );
  return rows.length > 0;
}

/** The members of a thread with the version of that list. */
export async function threadMembers(
  sql: Sql,
  threadId: string,
): Promise<{ version: number; members: Member[] } | undefined> {
  const [row] = await sql.query<{ version: number; members: Member[] }>(
    `SELECT t.members_version AS version, thread_roster(t.id) AS members
     FROM thread t WHERE t.id = $1`,
    [threadId],
  );
  return row;
}
