import { type Receipt, type ReceiptPayment } from "../../shared/ledger.ts";
import { readBooking } from "../bookings/read-booking.ts";
import type { Person } from "../identity/identity.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";

interface Money {
  payments: ReceiptPayment[];
  owedMinor: number;
  taxMinor: number;
  depositHeldMinor: number;
  depositKeptMinor: number;
}

/** What a stay cost and what was paid, for its guest, its host or an admin. */
export async function readReceipt(
  sql: Sql,
  person: Person,
  bookingId: string,
  nowMs: number,
): Promise<Receipt> {
  const booking = await readBooking(sql, person, bookingId);
  const { owedMinor, ...money } = await findMoney(sql, bookingId);
  const paidMinor = money.payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return {
    bookingId,
    status: booking.status,
    issuedAt: new Date(nowMs).toISOString(),
    dockName: booking.dock.name,
    harbourName: booking.dock.harbourName,
    hostName: booking.host.name,
    guestName: booking.guest.name,
    boatName: booking.boat.name,
    from: booking.from,
    to: booking.to,
    collection: booking.collection,
    currency: booking.currency,
    lines: booking.lines,
    totalMinor: booking.totalMinor,
    depositMinor: booking.depositMinor,
    ...money,
    paidMinor,
    chargedMinor: owedMinor,
  };
}

/** What the ledger says of a booking, from its guest's side. */
async function findMoney(sql: Sql, bookingId: string): Promise<Money> {
  const rows = await sql.query<{ money: Money }>(
    `SELECT jsonb_build_object(
       'payments', coalesce((
         SELECT jsonb_agg(jsonb_build_object(
           'at', iso_instant(t.at), 'kind', t.kind, 'amountMinor', -e.amount_minor)
           ORDER BY t.at, t.id)
         FROM ledger_transfer t
         JOIN ledger_entry e ON e.transfer_id = t.id
         JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'guest'
         WHERE t.booking_id = $1 AND t.kind IN ('capture', 'refund', 'refund-failed', 'dispute-lost')), '[]'),
       'owedMinor', -(ledger_sum($1, 'host', true) + ledger_sum($1, 'tax', true)
         + ledger_sum($1, 'platform', true)) - k.kept,
       'taxMinor', -ledger_sum($1, 'tax', true),
       'depositHeldMinor', -ledger_sum($1, 'deposit', true),
       'depositKeptMinor', k.kept) AS money
     FROM (
       SELECT coalesce(sum(e.amount_minor), 0)::bigint AS kept
       FROM ledger_transfer t
       JOIN ledger_entry e ON e.transfer_id = t.id
       JOIN ledger_account a ON a.id = e.account_id AND a.kind = 'deposit'
       WHERE t.booking_id = $1 AND t.kind = 'deposit-kept') k`,
    [bookingId],
  );
  return onlyRow(rows).money;
}
