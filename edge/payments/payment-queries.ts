import type { Payment } from "../../shared/payment.ts";
import type { Intent, ProviderNews } from "../platform/payments.ts";
import { onlyRow, retryTransient, type Sql } from "../platform/sql.ts";

/** A payment's row, with what decides who may see and pay it. */
export interface PaymentRow {
  id: string;
  bookingId: string;
  bookingStatus: string;
  purpose: Payment["purpose"];
  capture: Payment["capture"];
  status: "new" | Payment["status"];
  currency: string;
  amountMinor: number;
  depositMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  intentId: string | null;
  clientSecret: string | null;
}

/**
 * The payment that a booking waits for, else the newest that was not given up; undefined where it
 * asks for none.
 */
export async function findPayment(sql: Sql, bookingId: string): Promise<PaymentRow | undefined> {
  const [row] = await sql.query<PaymentRow>(
    `SELECT p.id, p.booking_id AS "bookingId", b.status AS "bookingStatus", p.purpose, p.capture,
       p.status, p.currency, p.amount_minor AS "amountMinor", p.deposit_minor AS "depositMinor",
       p.captured_minor AS "capturedMinor", p.refunded_minor AS "refundedMinor",
       p.intent_id AS "intentId", p.client_secret AS "clientSecret"
     FROM payment p JOIN booking b ON b.id = p.booking_id
     LEFT JOIN stay_change c ON c.payment_id = p.id AND c.status = 'held'
     WHERE p.booking_id = $1
     ORDER BY c.id IS NOT NULL DESC, p.status <> 'cancelled' DESC, p.created_at DESC, p.id DESC
     LIMIT 1`,
    [bookingId],
  );
  return row;
}

/** Writes down the intent that the provider has for a payment. */
export async function recordOpened(sql: Sql, paymentId: string, intent: Intent): Promise<void> {
  await retryTransient(() =>
    sql.query(`SELECT payment_opened($1, $2, $3)`, [paymentId, intent.id, intent.clientSecret])
  );
}

/** Brings a payment to what its intent is; answers what was made of it. */
export async function applyIntent(sql: Sql, intent: Intent): Promise<string> {
  const rows = await retryTransient(() =>
    sql.query<{ outcome: string }>(`SELECT apply_intent($1) AS outcome`, [JSON.stringify(intent)])
  );
  return onlyRow(rows).outcome;
}

/** Whether it is known here that an intent's money came. */
export async function isCaptured(sql: Sql, intentId: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT FROM payment WHERE intent_id = $1 AND status = 'captured'`,
    [intentId],
  );
  return rows.length > 0;
}

/** Keeps an event; false where it is there already. */
export async function keepEvent(
  sql: Sql,
  event: { id: string; type: string; body: string },
): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO webhook_event (id, type, body) VALUES ($1, $2, $3)
     ON CONFLICT (id) DO NOTHING RETURNING id`,
    [event.id, event.type, event.body],
  );
  return rows.length > 0;
}

/** Events that were kept and not applied yet, oldest first. */
export function keptEvents(
  sql: Sql,
  limit: number,
): Promise<{ id: string; type: string; body: string; attempts: number }[]> {
  return sql.query(
    `SELECT id, type, body, attempts FROM webhook_event
     WHERE applied_at IS NULL AND retry_at <= clock_timestamp() ORDER BY received_at LIMIT $1`,
    [limit],
  );
}

/** Applies a kept event, once; null where somebody else has or does. */
export async function applyWebhook(
  sql: Sql,
  eventId: string,
  news: ProviderNews,
): Promise<string | null> {
  const rows = await retryTransient(() =>
    sql.query<{ outcome: string | null }>(`SELECT apply_webhook($1, $2) AS outcome`, [
      eventId,
      JSON.stringify(news),
    ])
  );
  return onlyRow(rows).outcome;
}

/** An event could not be applied now. */
export async function postponeEvent(
  sql: Sql,
  eventId: string,
  error: string,
  afterMs: number,
): Promise<void> {
  await sql.query(
    `UPDATE webhook_event SET attempts = attempts + 1, error = $2,
       retry_at = clock_timestamp() + make_interval(secs => $3)
     WHERE id = $1 AND applied_at IS NULL`,
    [eventId, error, afterMs / 1_000],
  );
}

/** Captured payments to ask the provider's fee of, each taken by one process at a time. */
export async function claimFeeChecks(
  sql: Sql,
  count: number,
): Promise<{ payment_id: string; intent_id: string }[]> {
  return await sql.query(`SELECT * FROM claim_fee_checks($1)`, [count]);
}

/** Books what the provider kept of a payment. */
export async function recordFee(sql: Sql, paymentId: string, feeMinor: number): Promise<void> {
  await retryTransient(() => sql.query(`SELECT payment_fee_known($1, $2)`, [paymentId, feeMinor]));
}

/** Forgets events that were applied long ago: they name people. */
export async function forgetEvents(sql: Sql): Promise<void> {
  await sql.query(`DELETE FROM webhook_event WHERE applied_at < now() - interval '90 days'`);
}

/** Payments that the provider should be asked for, each taken by one process at a time. */
export async function claimChecks(
  sql: Sql,
  count: number,
): Promise<{ payment_id: string; intent_id: string }[]> {
  return await sql.query(`SELECT * FROM claim_payment_checks($1)`, [count]);
}
