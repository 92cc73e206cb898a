import type { ExchangeRates } from "../../shared/money.ts";
import type { Sql } from "../platform/sql.ts";

const FRESH_MS = 5 * 60_000;
/** Older versions kept in memory, for searches that are read page by page. */
const MOST_OLD = 16;

interface RatesRow {
  version: number;
  per_euro: Record<string, number>;
}

/**
 * Today's table of rates, read at most every five minutes; without one, no currency converts. Where
 * another version is asked for, that one, if it is still there.
 */
export function createExchangeRates(
  sql: Sql,
  now: () => number,
): (version?: number) => Promise<ExchangeRates> {
  let known: ExchangeRates = { version: 0, perEuro: {} };
  let readMs = -Infinity;
  const old = new Map<number, ExchangeRates>();

  async function newest(): Promise<ExchangeRates> {
    if (now() - readMs < FRESH_MS) return known;
    const [row] = await sql.query<RatesRow>(
      `SELECT version, per_euro FROM exchange_rates ORDER BY version DESC LIMIT 1`,
    );
    if (row) known = { version: row.version, perEuro: row.per_euro };
    readMs = now();
    return known;
  }

  async function olderOne(version: number): Promise<ExchangeRates | undefined> {
    const kept = old.get(version);
    if (kept) return kept;
    const [row] = await sql.query<RatesRow>(
      `SELECT version, per_euro FROM exchange_rates WHERE version = $1::bigint`,
      [version],
    );
    if (!row) return undefined;
    if (old.size >= MOST_OLD) old.clear();
    const rates = { version: row.version, perEuro: row.per_euro };
    old.set(version, rates);
    return rates;
  }

  return async (version) => {
    const rates = await newest();
    if (version === undefined || version === rates.version) return rates;
    return await olderOne(version) ?? rates;
  };
}
