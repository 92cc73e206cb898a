import { neon, neonConfig, Pool, types } from "@neondatabase/serverless";
import { DatabaseAway, retryCutOff, retryTransient, type Sql, type SqlValue } from "./sql.ts";

export interface NeonOptions {
  databaseUrl: string;
  /** `host:port` of the bundled gateway, for a Postgres that is not Neon. */
  gateway?: string | undefined;
  /** Connections to keep; 0 opens one for each transaction, as workerd needs. */
  poolSize: number;
}

/** PostgreSQL's type numbers (pg_type.dat). */
const INT8 = 20;
const DATE = 1082;

// int8 arrives as text: ids are u32 and versions count changes, so a double holds them exactly.
types.setTypeParser(INT8, Number);
// A date is a night of the dock's own calendar: as a Date it would move with the server's zone.
types.setTypeParser(DATE, String);

/** Points the driver at the bundled gateway; its settings are the process's. */
function useGateway(gateway: string): void {
  neonConfig.wsProxy = () => `${gateway}/v2`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineConnect = false;
  neonConfig.fetchEndpoint = () => `http://${gateway}/sql`;
}

/** A pool of the official driver over WebSocket. Whoever asks for it ends it. */
export function createNeonPool(options: NeonOptions, max = Math.max(1, options.poolSize)): Pool {
  if (options.gateway) useGateway(options.gateway);
  const pool = new Pool({
    connectionString: options.databaseUrl,
    max,
    // Nobody waits longer for a turn: an answer that late helps no one and holds up the rest.
    connectionTimeoutMillis: 5_000,
    // A connection costs 10–40 ms to make; the default lets it go after ten seconds.
    idleTimeoutMillis: 5 * 60_000,
  });
  // An idle connection that drops is replaced at the next query; without a listener it would end
  // the process.
  pool.on("error", () => {});
  return pool;
}

/**
 * Sql over the Neon driver. With a pool, statements and transactions share its connections; without
 * one, a statement is one HTTP request and a transaction opens a connection of its own.
 */
export function createNeonSql(options: NeonOptions): Sql & { end(): Promise<void> } {
  if (options.gateway) useGateway(options.gateway);
  if (options.poolSize === 0) return perRequestSql(options);
  const pool = createNeonPool(options);
  return {
    async query<Row>(text: string, values: readonly SqlValue[] = []) {
      const ask = () => asErrors(() => pool.query(text, [...values]));
      return (await retryCutOff(ask)).rows as Row[];
    },
    transaction: (work) => retryCutOff(() => retryTransient(() => runTransaction(pool, work))),
    end: () => pool.end(),
  };
}

function perRequestSql(options: NeonOptions): Sql & { end(): Promise<void> } {
  const http = neon(options.databaseUrl, { types });
  return {
    async query<Row>(text: string, values: readonly SqlValue[] = []) {
      const ask = () => asErrors(() => http.query(text, [...values]));
      return (await retryCutOff(ask)) as Row[];
    },
    transaction: (work) =>
      retryTransient(async () => {
        const pool = createNeonPool(options, 1);
        try {
          return await runTransaction(pool, work);
        } finally {
          await pool.end();
        }
      }),
    end: () => Promise.resolve(),
  };
}

async function runTransaction<T>(pool: Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await asErrors(() => pool.connect());
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const tx: Sql = {
      async query<Row>(text: string, values: readonly SqlValue[] = []) {
        return (await client.query(text, [...values])).rows as Row[];
      },
      transaction: (inner) => inner(tx),
    };
    const result = await work(tx);
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // A connection that cannot roll back is not given to anybody else.
    await client.query("ROLLBACK").catch((reason: Error) => (broken = reason));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** A socket that fails gives the driver an event, and the driver rejects with that. */
async function asErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) throw error;
    throw new DatabaseAway(`Cannot reach Postgres: ${wordsOf(error)}`, { cause: error });
  }
}

function wordsOf(event: unknown): string {
  const hasWords = typeof event === "object" && event !== null && "message" in event;
  return hasWords && typeof event.message === "string" ? event.message : "its socket failed";
}
