import type { PaidEdge } from "../local/paid-edge.ts";
import { reconcile } from "../payments/reconcile.ts";

/**
 * Every way in which money, books, the provider and the bookings do not agree, once nothing is due
 * any more; empty where all is well.
 */
export async function findMoneyFaults({ sql, deps, stripe }: PaidEdge): Promise<string[]> {
  const rows = await sql.query<{ fault: string }>(
    `WITH paid AS (
       SELECT b.id, b.status, b.owed_total_minor + b.owed_deposit_minor AS owed,
         coalesce(sum(p.captured_minor - p.refunded_minor), 0) AS has
       FROM booking b LEFT JOIN payment p ON p.booking_id = b.id
       WHERE b.collection = 'online' GROUP BY b.id)
     SELECT format('%s is %s, owes %s and has paid %s', id, status, owed, has) AS fault FROM paid
     WHERE has <> CASE WHEN status IN ('held', 'requested') THEN 0 ELSE owed END
     UNION ALL
     SELECT format('payment %s is %s though %s is %s', p.id, p.status, b.id, b.status)
     FROM payment p JOIN booking b ON b.id = p.booking_id
     LEFT JOIN stay_change c ON c.payment_id = p.id
     WHERE p.status NOT IN ('captured', 'cancelled') AND NOT coalesce(
       c.status = 'held', b.status IN ('held', 'requested'))
     UNION ALL
     SELECT format('step %s of %s is %s: %s', kind, booking_id, state, error)
     FROM payment_task WHERE state <> 'done'
     UNION ALL
     SELECT format('event %s is not applied', id) FROM webhook_event WHERE applied_at IS NULL
     UNION ALL
     SELECT format('%s is to %s', id, ledger_guest_balance(id)) FROM booking
     WHERE ledger_guest_balance(id) <> 0
     UNION ALL
     SELECT format('transfer %s adds up to %s', transfer_id, sum(amount_minor)) FROM ledger_entry
     GROUP BY transfer_id, currency HAVING sum(amount_minor) <> 0
     UNION ALL
     SELECT format('payment %s: more went back than came', p.id) FROM payment p
     WHERE p.refunded_minor > p.captured_minor OR ledger_payment_left(p.id) < 0`,
  );
  const { differences } = await reconcile(sql, deps.payments!, 0);
  const intents = new Map<string, number>();
  for (const { metadata } of stripe.store.list("payment_intents")) {
    const payment = metadata.paymentId ?? "";
    intents.set(payment, (intents.get(payment) ?? 0) + 1);
  }
  return [
    ...rows.map(({ fault }) => fault),
    ...differences.map(({ about, id, ours, theirs }) =>
      `${about} ${id}: we have ${ours}, the provider ${theirs}`
    ),
    ...[...intents].filter(([, count]) => count > 1)
      .map(([payment, count]) => `payment ${payment} has ${count} intents`),
  ];
}
