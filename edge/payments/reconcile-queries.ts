import type { Sql } from "../platform/sql.ts";

/** A payment as we have it, with what the ledger says came in and went back. */
export interface OurPayment {
  id: string;
  bookingId: string;
  intentId: string;
  status: string;
  currency: string;
  capturedMinor: number;
  refundedMinor: number;
  ledgerCapturedMinor: number;
  ledgerRefundedMinor: number;
}

export interface OurTask {
  id: string;
  bookingId: string;
  kind: "refund" | "transfer" | "reverse";
  providerId: string | null;
  /** Of a reversal: what it takes back. */
  transferId: string | null;
  currency: string;
  amountMinor: number;
}

export interface StuckStep {
  id: string;
  bookingId: string | null;
  what: string;
  attempts: number;
  error: string;
}

/** Payments that the provider has an intent for, made since an instant; all of them, or one. */
export function ourPayments(
  sql: Sql,
  sinceMs: number,
  paymentId: string | null = null,
): Promise<OurPayment[]> {
  return sql.query<OurPayment>(
    `SELECT p.id, p.booking_id AS "bookingId", p.intent_id AS "intentId", p.status, p.currency,
       p.captured_minor AS "capturedMinor", p.refunded_minor AS "refundedMinor",
       coalesce(l.captured, 0)::bigint AS "ledgerCapturedMinor",
       coalesce(l.refunded, 0)::bigint AS "ledgerRefundedMinor"
     FROM payment p
     LEFT JOIN LATERAL (
       SELECT sum(e.amount_minor) FILTER (WHERE t.kind = 'capture') AS captured,
         -sum(e.amount_minor) FILTER (WHERE t.kind IN ('refund', 'refund-failed')) AS refunded
       FROM ledger_transfer t
       JOIN ledger_entry e ON e.transfer_id = t.id
       JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'provider'
       WHERE t.payment_id = p.id) AS l ON true
     WHERE p.intent_id IS NOT NULL AND p.created_at >= to_timestamp($1 / 1000.0)
       AND ($2::uuid IS NULL OR p.id = $2)
     ORDER BY p.id`,
    [sinceMs, paymentId],
  );
}

/** Steps at the provider that we say are done. */
export function ourDoneTasks(sql: Sql, sinceMs: number): Promise<OurTask[]> {
  return sql.query<OurTask>(
    `SELECT t.id, t.booking_id AS "bookingId", t.kind, t.provider_id AS "providerId",
       t.result ->> 'transferId' AS "transferId", b.quote ->> 'currency' AS currency,
       t.amount_minor AS "amountMinor"
     FROM payment_task t JOIN booking b ON b.id = t.booking_id
     WHERE t.state = 'done' AND t.kind IN ('refund', 'transfer', 'reverse')
       AND t.provider_id IS NOT NULL AND t.created_at >= to_timestamp($1 / 1000.0)
     ORDER BY t.id`,
    [sinceMs],
  );
}

/** Whether a step is done by now. */
export async function isTaskDone(sql: Sql, taskId: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT FROM payment_task WHERE id = $1 AND state = 'done'`,
    [taskId],
  );
  return rows.length > 0;
}

/**
 * Lets a step that failed be tried again; false where there is none, and where it was done and the
 * bank undid it: that money has to go another way.
 */
export async function retryTask(sql: Sql, taskId: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE payment_task SET state = 'due', done_at = NULL, lease_until = NULL,
       due_at = clock_timestamp(), attempts = greatest(attempts, 1)
     WHERE id = $1 AND state = 'failed'
       AND NOT EXISTS (SELECT FROM ledger_transfer WHERE key = 'refund:' || payment_task.id) RETURNING id`,
    [taskId],
  );
  return rows.length > 0;
}

/** What a person has to look at, whatever the provider says. */
export function stuckSteps(sql: Sql): Promise<StuckStep[]> {
  return sql.query<StuckStep>(
    `SELECT id::text, booking_id AS "bookingId", kind || ' ' || state AS what, attempts,
       coalesce(error, '') AS error
     FROM payment_task
     WHERE state = 'failed'
       OR (state = 'due' AND attempts >= 10 AND error NOT LIKE 'processing:%')
     UNION ALL
     SELECT id, NULL, 'webhook ' || type, attempts, coalesce(error, '')
     FROM webhook_event WHERE applied_at IS NULL AND attempts >= 5
     ORDER BY 1`,
  );
}
