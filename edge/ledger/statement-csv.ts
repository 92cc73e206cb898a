import type { StatementItem } from "../../shared/ledger.ts";
import { minorDigits } from "../../shared/money.ts";
import type { Sql } from "../platform/sql.ts";
import { csvRecord } from "./csv.ts";
import {
  type EntryKey,
  listEntries,
  type StatementRow,
  type StatementScope,
} from "./statement-queries.ts";

const ROWS_A_STEP = 500;
const HEADER = [
  "at",
  "what",
  "account",
  "booking",
  "dock",
  "from",
  "to",
  "currency",
  "amount",
  "amount_minor",
  "transfer",
];

/**
 * A person's statement as CSV, newest first, read as fast as it is taken: a step's rows are asked for
 * when the ones before have gone. Amounts are of major units with a point.
 */
export function statementToCsv(sql: Sql, scope: StatementScope): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: EntryKey | undefined;
  let text = csvRecord(HEADER);
  return new ReadableStream({
    async pull(controller) {
      const rows: StatementRow[] = await listEntries(sql, scope, after, ROWS_A_STEP);
      for (const row of rows) text += csvRecord(toCells(row));
      controller.enqueue(encoder.encode(text));
      text = "";
      after = rows.at(-1);
      if (rows.length < ROWS_A_STEP) controller.close();
    },
  });
}

function toCells(item: StatementItem) {
  const { at, kind, account, bookingId, dockName, from, to, currency, amountMinor } = item;
  return [
    at,
    kind,
    account,
    bookingId,
    dockName,
    from,
    to,
    currency,
    { number: toDecimal(amountMinor, minorDigits(currency)) },
    { number: String(amountMinor) },
    item.transferId,
  ];
}

/** `-1250` with 2 digits → `-12.50`, exactly. */
export function toDecimal(minor: number, digits: number): string {
  const text = String(Math.abs(minor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits);
  const sign = minor < 0 ? "-" : "";
  return digits === 0 ? `${sign}${text}` : `${sign}${whole}.${text.slice(-digits)}`;
}
