import type { BookAccount, Books } from "../../shared/ledger.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";

/** The platform's books over UTC days `[from, to)`, for admins. */
export async function readBooks(
  sql: Sql,
  person: Person,
  { from, to }: { from: string | undefined; to: string | undefined },
): Promise<Books> {
  if (person.role !== "admin") {
    throw new Problem("forbidden", "Cannot read the books: they are for admins");
  }
  const accounts = await sql.query<BookAccount>(
    `SELECT a.currency, a.kind AS account,
       coalesce(sum(e.amount_minor) FILTER (WHERE e.at < s.since), 0)::bigint AS "openingMinor",
       coalesce(sum(e.amount_minor) FILTER (
         WHERE e.at >= s.since AND e.amount_minor > 0), 0)::bigint AS "debitMinor",
       coalesce(-sum(e.amount_minor) FILTER (
         WHERE e.at >= s.since AND e.amount_minor < 0), 0)::bigint AS "creditMinor",
       sum(e.amount_minor)::bigint AS "closingMinor"
     FROM ledger_account a
     JOIN ledger_entry e ON e.account_id = a.id
     CROSS JOIN (SELECT coalesce($1::date AT TIME ZONE 'UTC', '-infinity') AS since) s
     WHERE e.at < coalesce($2::date AT TIME ZONE 'UTC', 'infinity')
     GROUP BY a.currency, a.kind ORDER BY a.currency, a.kind`,
    [from ?? null, to ?? null],
  );
  const sums = new Map<string, number>();
  for (const { currency, closingMinor } of accounts) {
    sums.set(currency, (sums.get(currency) ?? 0) + closingMinor);
  }
  return { accounts, isBalanced: [...sums.values()].every((sum) => sum === 0) };
}
