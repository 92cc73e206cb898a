import { isUuid } from "../../shared/ids.ts";
import type { StatementTotals } from "../../shared/ledger.ts";
import type { Sql } from "../platform/sql.ts";
import {
  type EntryKey,
  listEntries,
  type StatementRow,
  type StatementScope,
  sumEntries,
} from "./statement-queries.ts";

/** Rows of a person's statement after `after`, `limit` at most, and the totals of all of it. */
export async function readStatement(
  sql: Sql,
  scope: StatementScope,
  after: EntryKey | undefined,
  limit: number,
): Promise<{ rows: StatementRow[]; totals: StatementTotals[] }> {
  const [rows, totals] = await Promise.all([
    listEntries(sql, scope, after, limit),
    sumEntries(sql, scope),
  ]);
  return { rows, totals };
}

/** A row's key as text, for a cursor. */
export function entryKeyText({ transferId, accountId }: EntryKey): string {
  return `${transferId} ${accountId}`;
}

/** The key that `entryKeyText` wrote, or undefined. */
export function parseEntryKey(text: string): EntryKey | undefined {
  const [, transferId = "", accountId] = /^(\S+) ([1-9]\d{0,14})$/.exec(text) ?? [];
  return isUuid(transferId) ? { transferId, accountId: Number(accountId) } : undefined;
}
