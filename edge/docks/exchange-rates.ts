import type { ExchangeRates } from "../../shared/money.ts";
import type { Sql } from "../platform/sql.ts";

const FRESH_MS = 5 * 60_000;

/** Today's table of rates, read at most every five minutes; without one, no currency converts. */
export function createExchangeRates(sql: Sql, now: () => number): () => Promise<ExchangeRates> {
  let known: ExchangeRates = { version: 0, perEuro: {} };
  let readMs = -Infinity;
  return async () => {
    if (now() - readMs < FRESH_MS) return known;
    const [row] = await sql.query<{ version: number; per_euro: Record<string, number> }>(
      `SELECT version, per_euro FROM exchange_rates ORDER BY version DESC LIMIT 1`,
    );
    if (row) known = { version: row.version, perEuro: row.per_euro };
    readMs = now();
    return known;
  };
}
