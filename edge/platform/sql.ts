/** A value that Postgres can take as a parameter; objects go as JSON text. */
export type SqlValue = string | number | boolean | null | readonly (string | number | null)[];

/**
 * Postgres, as verbs and queries see it. A row's type is what the statement selects: the caller
 * states it, the statement keeps it.
 */
export interface Sql {
  /** One statement, one round trip. */
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /**
   * Several statements or none. The whole is run again on a serialization failure or a deadlock
   * (40001, 40P01), so `work` must have no effect outside the database.
   */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
}

/** Postgres's SQLSTATE of an error, where it is one of Postgres. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code)
    ? error.code
    : undefined;
}

const TRANSIENT = new Set(["40001", "40P01"]);
const MAX_TRIES = 5;

/** Runs a whole transaction again while Postgres says that only its timing was at fault. */
export async function retryTransient<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === MAX_TRIES || !TRANSIENT.has(sqlState(error) ?? "")) throw error;
    }
  }
}

/** The only row of a statement that always answers with one. */
export function onlyRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined || rows.length > 1) {
    throw new Error(`expected one row, got ${rows.length}`);
  }
  return row;
}
