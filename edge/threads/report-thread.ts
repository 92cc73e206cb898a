import type { NewReport, Report } from "../../shared/report.ts";
import { Problem } from "../../shared/problem.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";
import { messageAt } from "./log-queries.ts";

/** Reports that one person may make in a day. */
const REPORTS_A_DAY = 20;

const REPORT = `jsonb_build_object(
  'id', id, 'threadId', thread_id, 'reporterId', reporter_id, 'reportedId', reported_id,
  'seq', seq, 'reason', reason, 'note', note, 'evidence', evidence,
  'createdAt', iso_instant(created_at)) AS record`;

/**
 * Reports the other one of a conversation, or one of their messages, which is kept as it stands.
 *
 * @throws {Problem} `not-found` for no such message of theirs, `rate-limited`.
 */
export async function reportThread(
  sql: Sql,
  thread: { id: string; otherId: string },
  reporterId: string,
  id: string,
  { seq, reason, note }: NewReport,
): Promise<Report> {
  const message = seq === undefined ? undefined : await messageAt(sql, thread.id, seq);
  if (seq !== undefined && message?.senderId !== thread.otherId) {
    throw new Problem("not-found", "Cannot report message: there is no such message of theirs");
  }
  const { count } = onlyRow(
    await sql.query<{ count: number }>(
      `SELECT count(*) AS count FROM report
       WHERE reporter_id = $1 AND created_at > now() - interval '1 day'`,
      [reporterId],
    ),
  );
  if (count >= REPORTS_A_DAY) {
    throw new Problem("rate-limited", "Cannot report: that are enough for one day");
  }
  const rows = await sql.query<{ record: Report }>(
    `INSERT INTO report
       (id, thread_id, reporter_id, reported_id, seq, reason, note, evidence)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb) RETURNING ${REPORT}`,
    [
      id,
      thread.id,
      reporterId,
      thread.otherId,
      seq ?? null,
      reason,
      note ?? "",
      message === undefined ? null : JSON.stringify(message),
    ],
  );
  return onlyRow(rows).record;
}

/** All reports, newest first, before the report `before`. */
export async function listReports(
  sql: Sql,
  before: string | undefined,
  limit: number,
): Promise<Report[]> {
  const rows = await sql.query<{ record: Report }>(
    `SELECT ${REPORT} FROM report WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before ?? null, limit],
  );
  return rows.map(({ record }) => record);
}
