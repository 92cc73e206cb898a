/** A value that Postgres can take as a parameter; objects go as JSON text. */
export type SqlValue = string | number | boolean | null | readonly (string | number | null)[];

/**
 * Postgres, as verbs and queries see it. A row's type is what the statement selects: the caller
 * states it, the statement keeps it.
 */
export interface Sql {
  /** One statement, one round trip; again on another connection where its own was ended. */
  query<Row>(text: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /**
   * Several statements or none. The whole is run again on a serialization failure, a deadlock or a
   * connection that was ended (40001, 40P01, 57P01), so `work` must have no effect outside the
   * database.
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

/** Postgres cannot be reached now; `cause` is what the driver said. */
export class DatabaseAway extends Error {
  override readonly name = "DatabaseAway";
}

// Connection exceptions, too many of them, and Postgres going down or coming up.
const AWAY = /^(08...|53300|57P0[123])$/;
const AWAY_WORDS =
  /connection (terminated|timeout)|timeout exceeded when trying to connect|error connecting to database|server error \(http status 5|not queryable|connection error/i;

/** Whether an error says that Postgres cannot be reached now, and nothing about the statement. */
export function isUnreachable(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  const state = sqlState(error);
  if (state !== undefined) return AWAY.test(state);
  return error instanceof Error && AWAY_WORDS.test(error.message);
}

// A connection that an administrator ends says so before its transaction has committed, or not at
// all: what was answered with this did not happen.
const CUT_OFF = "57P01";
const TRANSIENT = new Set(["40001", "40P01"]);
const MAX_TRIES = 5;
const MAX_CUTS = 3;

/** Runs a whole transaction again while Postgres says that only its timing was at fault. */
export async function retryTransient<T>(attempt: () => Promise<T>): Promise<T> {
  return await retryStates(attempt, (state) => TRANSIENT.has(state), MAX_TRIES);
}

/** Runs a statement or a transaction again, on another connection, where its own was ended. */
export async function retryCutOff<T>(attempt: () => Promise<T>): Promise<T> {
  return await retryStates(attempt, (state) => state === CUT_OFF, MAX_CUTS);
}

async function retryStates<T>(
  attempt: () => Promise<T>,
  isTransient: (state: string) => boolean,
  maxTries: number,
): Promise<T> {
  for (let tries = 1;; tries++) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === maxTries || !isTransient(sqlState(error) ?? "")) throw error;
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
