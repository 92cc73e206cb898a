import type { Booking } from "../../shared/booking.ts";
import type { Sql } from "../platform/sql.ts";

export interface PaymentRow {
  id: string;
  purpose: string;
  status: string;
  capture: string;
  amount_minor: number;
  captured_minor: number;
  refunded_minor: number;
}

export interface TaskRow {
  id: string;
  payment_id: string;
  kind: string;
  amount_minor: number | null;
  deposit_minor: number;
  reason: string;
  state: string;
}

/** Tells the database what the payment provider would, without one. */
export function paymentFacts(sql: Sql) {
  const tell = (call: string, values: (string | number | null)[]) =>
    sql.query(`SELECT ${call}`, values);
  const payments = (bookingId: string) =>
    sql.query<PaymentRow>(
      `SELECT id, purpose, status, capture, amount_minor, captured_minor, refunded_minor
       FROM payment WHERE booking_id = $1 ORDER BY created_at, id`,
      [bookingId],
    );
  const newest = async (bookingId: string) => {
    const payment = (await payments(bookingId)).at(-1);
    if (!payment) throw new Error(`booking ${bookingId} has no payment`);
    return payment;
  };
  return {
    payments,
    newest,
    tasks: (bookingId: string) =>
      sql.query<TaskRow>(
        `SELECT id, payment_id, kind, amount_minor, deposit_minor, reason, state FROM payment_task
         WHERE booking_id = $1 ORDER BY created_at, id`,
        [bookingId],
      ),
    opened: (id: string) => tell("payment_opened($1, $2, 'secret')", [id, `pi_${id}`]),
    processing: (id: string) => tell("payment_processing($1)", [id]),
    authorised: (id: string, amount: number) => tell("payment_authorised($1, $2)", [id, amount]),
    captured: (id: string, amount: number) => tell("payment_captured($1, $2, now())", [id, amount]),
    cancelled: (id: string) => tell("payment_cancelled($1, 'card-declined')", [id]),
    refunded: (task: TaskRow) =>
      tell("payment_refunded($1, $2, $3)", [task.payment_id, task.amount_minor, task.id]),
    /** The newest payment of a booking, paid as by a good card. */
    async pay({ id }: Pick<Booking, "id">): Promise<PaymentRow> {
      const payment = await newest(id);
      await this.opened(payment.id);
      if (payment.capture === "manual") await this.authorised(payment.id, payment.amount_minor);
      else await this.captured(payment.id, payment.amount_minor);
      return payment;
    },
    /** Sum of the ledger's entries of a booking on one kind of account. */
    async balance(bookingId: string, account: string): Promise<number> {
      const [row] = await sql.query<{ sum: number }>("SELECT ledger_sum($1, $2) AS sum", [
        bookingId,
        account,
      ]);
      return row?.sum ?? NaN;
    },
    /** Moves a stay's instants so that its check-in was so long ago, or is so far ahead. */
    checkInAt: (bookingId: string, interval: string) =>
      sql.query(
        `UPDATE booking SET check_in_at = now() + $2::interval, policy_from = now() + $2::interval,
           hold_until_at = now() + $2::interval + interval '6 hours',
           check_out_at = now() + $2::interval + interval '3 days'
         WHERE id = $1`,
        [bookingId, interval],
      ),
    /** A hold, a request or a change whose time is over. */
    async overdue(bookingId: string): Promise<void> {
      await sql.query(
        `UPDATE booking SET deadline = now() - interval '1 second'
         WHERE id = $1 AND deadline IS NOT NULL`,
        [bookingId],
      );
      await sql.query(
        `WITH change AS (
           UPDATE stay_change SET deadline = now() - interval '1 second'
           WHERE booking_id = $1 AND status = 'held' RETURNING id)
         UPDATE occupancy SET expires_at = now() - interval '1 second'
         WHERE change_id IN (SELECT id FROM change)`,
        [bookingId],
      );
    },
  };
}
