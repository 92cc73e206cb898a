import type { Intent } from "../platform/payments.ts";
import { onlyRow, retryTransient, type Sql } from "../platform/sql.ts";

/** One step at the provider that a move of a booking asked for. */
export interface PaymentTask {
  /** Also the provider's idempotency key. */
  id: string;
  kind: "capture" | "cancel" | "refund" | "transfer" | "reverse";
  bookingId: string;
  paymentId: string | null;
  amountMinor: number | null;
  currency: string;
  /** How often it was begun, this time included. */
  attempts: number;
  intentId: string | null;
  /** Where the host's money goes, once they have said. */
  accountId: string | null;
  /** Of a reversal: what it takes back. */
  transferId: string | null;
}

/** Takes tasks that are due; who does not finish them in time loses them to the next. */
export async function claimTasks(
  sql: Sql,
  count: number,
  leaseSeconds: number,
): Promise<PaymentTask[]> {
  const rows = await sql.query<{ task: PaymentTask }>(
    `SELECT claim_payment_tasks($1, make_interval(secs => $2)) AS task`,
    [count, leaseSeconds],
  );
  return rows.map(({ task }) => task);
}

/** Records a task's outcome and all that follows from it in one transaction. */
export async function finishTask(
  sql: Sql,
  taskId: string,
  providerId: string,
  intent: Intent | undefined,
): Promise<void> {
  await retryTransient(() =>
    sql.query(`SELECT finish_payment_task($1, $2, $3)`, [
      taskId,
      providerId,
      intent === undefined ? null : JSON.stringify(intent),
    ])
  );
}

/** Records that a task was not done; `afterMs` undefined: it never will be. */
export async function failTask(
  sql: Sql,
  taskId: string,
  error: string,
  afterMs: number | undefined,
): Promise<void> {
  await retryTransient(() =>
    sql.query(`SELECT fail_payment_task($1, $2, make_interval(secs => $3))`, [
      taskId,
      error,
      afterMs === undefined ? null : afterMs / 1_000,
    ])
  );
}

/** Puts the payouts that are due among the tasks; answers how many bookings were looked at. */
export async function queuePayouts(sql: Sql, count: number): Promise<number> {
  const rows = await retryTransient(() =>
    sql.query<{ looked: number }>(`SELECT queue_payouts($1) AS looked`, [count])
  );
  return onlyRow(rows).looked;
}

/** Bookings whose deposit nobody has claimed in time. */
export async function depositsDue(sql: Sql, count: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(`SELECT deposits_due($1) AS id`, [count]);
  return rows.map(({ id }) => id);
}

export async function returnDeposit(sql: Sql, bookingId: string): Promise<void> {
  await retryTransient(() => sql.query(`SELECT return_deposit($1)`, [bookingId]));
}

/**
 * Tasks that failed for good, or that have been tried for long: an operator looks at these. A bank
 * that takes days over a debit is none of them.
 */
export async function countStuckTasks(sql: Sql): Promise<number> {
  const rows = await sql.query<{ stuck: number }>(
    `SELECT count(*) AS stuck FROM payment_task
     WHERE state = 'failed'
       OR (state = 'due' AND attempts >= 10 AND error NOT LIKE 'processing:%')`,
  );
  return onlyRow(rows).stuck;
}
