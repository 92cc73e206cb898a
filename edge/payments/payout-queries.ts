import type { Payout, Payouts, PayoutState } from "../../shared/payment.ts";
import type { PayoutAccount } from "../platform/payments.ts";
import { retryTransient, type Sql } from "../platform/sql.ts";

export interface KeptAccount {
  accountId: string;
  isReady: boolean;
  isSubmitted: boolean;
}

export async function findKeptAccount(
  sql: Sql,
  personId: string,
): Promise<KeptAccount | undefined> {
  const [row] = await sql.query<KeptAccount>(
    `SELECT account_id AS "accountId", is_ready AS "isReady", is_submitted AS "isSubmitted"
     FROM payout_account WHERE person_id = $1`,
    [personId],
  );
  return row;
}

/** Whose an account is, undefined for one that is not ours. */
export async function findAccountOwner(sql: Sql, accountId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string }>(
    `SELECT person_id AS id FROM payout_account WHERE account_id = $1`,
    [accountId],
  );
  return row?.id;
}

/** Keeps what the provider says of an account; money that waited for it goes on. */
export async function saveAccount(
  sql: Sql,
  personId: string,
  account: PayoutAccount,
): Promise<void> {
  await retryTransient(() =>
    sql.query(`SELECT set_payout_account($1, $2, $3, $4)`, [
      personId,
      account.id,
      account.isReady,
      account.isSubmitted,
    ])
  );
}

export function accountState(account: { isReady: boolean } | undefined): PayoutState {
  if (!account) return "none";
  return account.isReady ? "ready" : "incomplete";
}

/** A host's payouts, newest first, after the one `before`. */
export function listPayouts(
  sql: Sql,
  hostId: string,
  before: string | undefined,
  limit: number,
): Promise<Payout[]> {
  return sql.query<Payout>(
    `SELECT t.id, t.booking_id AS "bookingId", b.quote ->> 'currency' AS currency,
       CASE t.kind WHEN 'reverse' THEN -t.amount_minor ELSE t.amount_minor END AS "amountMinor",
       t.state, iso_instant(t.created_at) AS "createdAt",
       CASE WHEN t.state = 'done' THEN iso_instant(t.done_at) END AS "doneAt"
     FROM booking b JOIN payment_task t ON t.booking_id = b.id AND t.kind IN ('transfer', 'reverse')
     WHERE b.host_id = $1 AND ($2::uuid IS NULL OR t.id < $2)
     ORDER BY t.id DESC LIMIT $3`,
    [hostId, before ?? null, limit],
  );
}

/** What a host's stays have earned and nobody has begun to pay out. */
export function waitingPayouts(sql: Sql, hostId: string): Promise<Payouts["waiting"]> {
  return sql.query(
    `SELECT b.quote ->> 'currency' AS currency,
       sum(ledger_host_due(b.id))::bigint AS "amountMinor"
     FROM payout_look l JOIN booking b ON b.id = l.booking_id
     WHERE b.host_id = $1
     GROUP BY b.quote ->> 'currency' HAVING sum(ledger_host_due(b.id)) <> 0 ORDER BY 1`,
    [hostId],
  );
}
