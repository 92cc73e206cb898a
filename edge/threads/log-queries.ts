import type { LogEntry, Message, ReadMarks } from "../../shared/chat.ts";
import type { Sql } from "../platform/sql.ts";

interface EntryRow {
  entry: LogEntry;
}

const ENTRY = `jsonb_build_object(
    'kind', kind, 'seq', seq, 'id', id, 'clientId', client_id,
    'senderId', coalesce(sender_id::text, 'system'), 'sentAt', iso_instant(sent_at))
  || CASE kind WHEN 'delete' THEN '{}' ELSE jsonb_build_object('text', text) END
  || CASE kind WHEN 'message' THEN '{}'
    ELSE jsonb_build_object('target', target, 'targetId', target_id) END
  || coalesce(more, '{}') AS entry`;

/** A log's own name for whoever wrote an entry, as the table keeps it. */
const SENDER = (name: string) => `nullif(${name}, 'system')::uuid`;

/** Messages below `before`, newest first. */
export async function messagesBefore(
  sql: Sql,
  threadId: string,
  before: number | undefined,
  limit: number,
): Promise<Message[]> {
  const rows = await sql.query<{ message: Message }>(
    `SELECT shown_message(l) AS message FROM thread_log l
     WHERE thread_id = $1 AND kind = 'message' AND ($2::bigint IS NULL OR seq < $2)
     ORDER BY seq DESC LIMIT $3`,
    [threadId, before ?? null, limit],
  );
  return rows.map(({ message }) => message);
}

/** A message as it is shown, undefined where there is none at that seq. */
export async function messageAt(
  sql: Sql,
  threadId: string,
  seq: number,
): Promise<Message | undefined> {
  const [row] = await sql.query<{ message: Message }>(
    `SELECT shown_message(l) AS message FROM thread_log l
     WHERE thread_id = $1 AND kind = 'message' AND seq = $2`,
    [threadId, seq],
  );
  return row?.message;
}

/** Entries above `after`, ascending. */
export async function entriesAfter(
  sql: Sql,
  threadId: string,
  after: number,
  limit: number,
): Promise<LogEntry[]> {
  const rows = await sql.query<EntryRow>(
    `SELECT ${ENTRY} FROM thread_log WHERE thread_id = $1 AND seq > $2 ORDER BY seq LIMIT $3`,
    [threadId, after, limit],
  );
  return rows.map((row) => row.entry);
}

/** The entry that a sender named so, if it was stored. */
export async function entryOf(
  sql: Sql,
  threadId: string,
  senderId: string,
  clientId: string,
): Promise<LogEntry[]> {
  const rows = await sql.query<EntryRow>(
    `SELECT ${ENTRY} FROM thread_log
     WHERE thread_id = $1 AND sender_id IS NOT DISTINCT FROM ${SENDER("$2")} AND client_id = $3`,
    [threadId, senderId, clientId],
  );
  return rows.map((row) => row.entry);
}

/** The newest entries, ascending. */
export async function lastEntries(sql: Sql, threadId: string, limit: number): Promise<LogEntry[]> {
  const rows = await sql.query<EntryRow>(
    `SELECT ${ENTRY} FROM thread_log WHERE thread_id = $1 ORDER BY seq DESC LIMIT $2`,
    [threadId, limit],
  );
  return rows.map((row) => row.entry).reverse();
}

/** The highest seq of a thread's log, 0 where it is empty. */
export async function maxSeq(sql: Sql, threadId: string): Promise<number> {
  const [row] = await sql.query<{ seq: number }>(
    `SELECT coalesce(max(seq), 0) AS seq FROM thread_log WHERE thread_id = $1`,
    [threadId],
  );
  return row?.seq ?? 0;
}

/** Which of these entries clash with what is stored: another id at a seq, or another seq for a name. */
export async function clashes(
  sql: Sql,
  threadId: string,
  entries: readonly LogEntry[],
): Promise<boolean> {
  const rows = await sql.query<{ clash: boolean }>(
    `SELECT EXISTS (
       SELECT 1 FROM jsonb_to_recordset($2::jsonb)
         AS e(seq bigint, id uuid, "clientId" text, "senderId" text)
       JOIN thread_log l ON l.thread_id = $1 AND (
         (l.seq = e.seq AND l.id <> e.id) OR
         (l.sender_id IS NOT DISTINCT FROM ${
      SENDER('e."senderId"')
    } AND l.client_id = e."clientId" AND l.seq <> e.seq))
     ) AS clash`,
    [threadId, JSON.stringify(entries)],
  );
  return rows[0]?.clash ?? false;
}

/** The keys of an entry that have a column; the others are kept together. */
const COLUMNS = `'{seq,kind,id,clientId,senderId,text,sentAt,target,targetId}'::text[]`;

/** Stores entries; those already there are passed over. */
export async function insertEntries(
  sql: Sql,
  threadId: string,
  entries: readonly LogEntry[],
): Promise<void> {
  await sql.query(
    `INSERT INTO thread_log (
       thread_id, seq, kind, id, client_id, sender_id, text, sent_at, target, target_id, more)
     SELECT $1, (e ->> 'seq')::bigint, e ->> 'kind', (e ->> 'id')::uuid, e ->> 'clientId',
       ${SENDER("e ->> 'senderId'")}, coalesce(e ->> 'text', ''), (e ->> 'sentAt')::timestamptz,
       (e ->> 'target')::bigint, (e ->> 'targetId')::uuid, nullif(e - ${COLUMNS}, '{}')
     FROM jsonb_array_elements($2::jsonb) AS e
     ON CONFLICT (thread_id, seq) DO NOTHING`,
    [threadId, JSON.stringify(entries)],
  );
}

/**
 * Erases what these deletions are of: the text of the message and of its edits, and its picture.
 * The rows stay, for their numbers are the log's.
 */
export async function eraseDeleted(
  sql: Sql,
  threadId: string,
  deletions: readonly Extract<LogEntry, { kind: "delete" }>[],
): Promise<void> {
  await sql.query(
    `WITH gone AS (
       SELECT m.seq, m.sender_id, m.client_id
       FROM jsonb_to_recordset($2::jsonb) AS d("senderId" uuid, target bigint, "targetId" uuid)
       JOIN thread_log m ON m.thread_id = $1 AND m.seq = d.target AND m.id = d."targetId"
         AND m.sender_id = d."senderId" AND m.kind = 'message'
     ), pictures AS (
       UPDATE thread_photo p SET deleted_at = now() FROM gone
       WHERE p.thread_id = $1 AND p.sender_id = gone.sender_id AND p.client_id = gone.client_id
     )
     UPDATE thread_log l SET text = '',
       more = CASE kind WHEN 'message' THEN '{"deleted": true}'::jsonb END
     FROM gone
     WHERE l.thread_id = $1 AND l.sender_id = gone.sender_id
       AND ((l.seq = gone.seq) OR (l.target = gone.seq AND l.kind = 'edit'))`,
    [threadId, JSON.stringify(deletions)],
  );
}

/** Raises how far each person has read; never lowers it. */
export async function raiseReads(sql: Sql, threadId: string, reads: ReadMarks): Promise<void> {
  await sql.query(
    `UPDATE thread_member m SET read_seq = r.value::bigint
     FROM jsonb_each_text($2::jsonb) AS r(key, value)
     WHERE m.thread_id = $1 AND m.person_id::text = r.key AND m.read_seq < r.value::bigint`,
    [threadId, JSON.stringify(reads)],
  );
}

/** How far each member has read. */
export async function readMarks(sql: Sql, threadId: string): Promise<ReadMarks> {
  const rows = await sql.query<{ person_id: string; read_seq: number }>(
    `SELECT person_id, read_seq FROM thread_member WHERE thread_id = $1 AND removed_at IS NULL`,
    [threadId],
  );
  return Object.fromEntries(rows.map((row) => [row.person_id, row.read_seq]));
}
