import type {
  StatementAccount,
  StatementItem,
  StatementRole,
  StatementTotals,
  TransferKind,
} from "../../shared/ledger.ts";
import type { Sql } from "../platform/sql.ts";

/** Which of a person's entries: UTC days `[from, to)`, either end open; of one currency, or all. */
export interface StatementScope {
  personId: string;
  role: StatementRole;
  from: string | undefined;
  to: string | undefined;
  currency: string | undefined;
}

/** Where a page ended: an entry's transfer and account. */
export interface EntryKey {
  transferId: string;
  accountId: number;
}

/** An item with its account's number, which its key is made of. */
export type StatementRow = StatementItem & { accountId: number };

const ACCOUNTS: Readonly<Record<StatementRole, StatementAccount[]>> = {
  guest: ["guest", "deposit"],
  host: ["host", "tax"],
};

/**
 * The person's entries, newest first, after the one at `after`: the newest of each account by its
 * index, then those of all.
 */
export async function listEntries(
  sql: Sql,
  { personId, role, from, to, currency }: StatementScope,
  after: EntryKey | undefined,
  limit: number,
): Promise<StatementRow[]> {
  return await sql.query<StatementRow>(
    `SELECT e.transfer_id AS "transferId", iso_instant(e.at) AS at, t.kind, a.kind AS account,
       t.booking_id AS "bookingId", b.dock_id AS "dockId", d.name AS "dockName",
       lower(b.nights) AS "from", upper(b.nights) AS "to", e.currency,
       -e.amount_minor AS "amountMinor", a.id AS "accountId"
     FROM ledger_account a
     CROSS JOIN LATERAL (
       SELECT * FROM ledger_entry
       WHERE account_id = a.id
         AND at >= coalesce($4::date AT TIME ZONE 'UTC', '-infinity')
         AND at < coalesce($5::date AT TIME ZONE 'UTC', 'infinity')
         AND (at, transfer_id) <= (
           coalesce((SELECT at FROM ledger_transfer WHERE id = $6), 'infinity'),
           coalesce($6::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff'))
         AND (transfer_id <> $6 OR account_id < $7::bigint) IS NOT FALSE
       ORDER BY at DESC, transfer_id DESC LIMIT $8) e
     JOIN ledger_transfer t ON t.id = e.transfer_id
     JOIN booking b ON b.id = t.booking_id
     JOIN dock d ON d.id = b.dock_id
     WHERE a.person_id = $1 AND a.kind = ANY ($2) AND ($3::text IS NULL OR a.currency = $3)
     ORDER BY e.at DESC, e.transfer_id DESC, a.id DESC
     LIMIT $8`,
    [
      personId,
      ACCOUNTS[role],
      currency ?? null,
      from ?? null,
      to ?? null,
      after?.transferId ?? null,
      after?.accountId ?? null,
      limit,
    ],
  );
}

/** Sums of all of the person's entries, by currency. */
export async function sumEntries(
  sql: Sql,
  { personId, role, from, to, currency }: StatementScope,
): Promise<StatementTotals[]> {
  const rows = await sql.query<{
    currency: string;
    account: StatementAccount;
    kind: TransferKind;
    before: number;
    within: number | null;
  }>(
    `SELECT a.currency, a.kind AS account, t.kind,
       coalesce(-sum(e.amount_minor) FILTER (
         WHERE e.at < $4::date AT TIME ZONE 'UTC'), 0)::bigint AS before,
       -sum(e.amount_minor) FILTER (
         WHERE $4::date IS NULL OR e.at >= $4::date AT TIME ZONE 'UTC')::bigint AS within
     FROM ledger_account a
     JOIN ledger_entry e ON e.account_id = a.id
     JOIN ledger_transfer t ON t.id = e.transfer_id
     WHERE a.person_id = $1 AND a.kind = ANY ($2) AND ($3::text IS NULL OR a.currency = $3)
       AND e.at < coalesce($5::date AT TIME ZONE 'UTC', 'infinity')
     GROUP BY a.currency, a.kind, t.kind ORDER BY a.currency, a.kind, t.kind`,
    [personId, ACCOUNTS[role], currency ?? null, from ?? null, to ?? null],
  );
  const totals = new Map<string, StatementTotals>();
  for (const { currency, account, kind, before, within } of rows) {
    const of = totals.get(currency) ??
      { currency, openingMinor: 0, kinds: [], closingMinor: 0 };
    of.openingMinor += before;
    of.closingMinor += before + (within ?? 0);
    if (within !== null) of.kinds.push({ account, kind, amountMinor: within });
    totals.set(currency, of);
  }
  return [...totals.values()];
}
