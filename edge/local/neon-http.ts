import type { IncomingMessage, ServerResponse } from "node:http";
import pg from "pg";
import * as z from "zod/mini";
import { readBody } from "./read-body.ts";
import { reasonOf } from "./start-problem.ts";
import type { PostgresAddress } from "./neon-gateway.ts";

const Statement = z.object({
  query: z.string(),
  params: z.optional(z.array(z.unknown())),
});
const Body = z.union([Statement, z.object({ queries: z.array(Statement) })]);

const isolationLevels = {
  ReadUncommitted: "READ UNCOMMITTED",
  ReadCommitted: "READ COMMITTED",
  RepeatableRead: "REPEATABLE READ",
  Serializable: "SERIALIZABLE",
} as const;

/** What Neon passes on of a Postgres error; names are those of node-postgres. */
const errorFields = [
  "severity",
  "code",
  "detail",
  "hint",
  "position",
  "internalPosition",
  "internalQuery",
  "where",
  "schema",
  "table",
  "column",
  "dataType",
  "constraint",
  "file",
  "line",
  "routine",
] as const;

const maxBodyBytes = 64 * 1024 * 1024;
const maxPools = 64;

export interface SqlEndpoint {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  stop(): Promise<void>;
}

/** A refusal of the request itself, before any SQL ran. */
class BadRequest extends Error {}

/**
 * Neon's SQL over HTTP: `{query, params}` or `{queries}` (one transaction), answered as raw text in
 * arrays when the headers ask so. User, password and database come from `Neon-Connection-String`;
 * the host never does. SQL errors are 400 with Postgres's fields.
 */
export function createSqlEndpoint(target: PostgresAddress): SqlEndpoint {
  const pools = new Map<string, pg.Pool>();

  function poolFor(connectionString: string): pg.Pool {
    const url = new URL(connectionString);
    const key = `${url.username}:${url.password}@${url.pathname}`;
    let pool = pools.get(key);
    if (pool) {
      pools.delete(key);
    } else {
      pool = new pg.Pool({
        host: target.host,
        port: target.port,
        user: decodeURIComponent(url.username),
        password: decodeURIComponent(url.password),
        database: decodeURIComponent(url.pathname.slice(1)),
        ssl: target.tls === "off" ? false : { rejectUnauthorized: target.tls === "verify" },
        max: 16,
        idleTimeoutMillis: 10_000,
        connectionTimeoutMillis: 10_000,
        allowExitOnIdle: true,
      });
      // An idle connection that the server closed is replaced by the pool.
      pool.on("error", () => {});
    }
    pools.set(key, pool);
    const oldest = pools.keys().next().value;
    if (pools.size > maxPools && oldest !== undefined) {
      const unused = pools.get(oldest);
      pools.delete(oldest);
      void unused?.end();
    }
    return pool;
  }

  async function answer(request: IncomingMessage): Promise<unknown> {
    const connectionString = header(request, "neon-connection-string");
    if (!connectionString || !URL.canParse(connectionString)) {
      throw new BadRequest("Neon-Connection-String is missing or no URL");
    }
    const body = parseBody(await readBody(request, maxBodyBytes));
    const shape: Shape = {
      rowsAsArrays: header(request, "neon-array-mode") === "true",
      rawText: header(request, "neon-raw-text-output") === "true",
    };
    const begin = "queries" in body ? beginStatement(request) : undefined;
    const client = await poolFor(connectionString).connect();
    let broken: boolean | undefined;
    try {
      if (!("queries" in body)) return await runStatement(client, body, shape);
      await client.query(begin ?? "BEGIN");
      const results = [];
      for (const statement of body.queries) {
        results.push(await runStatement(client, statement, shape));
      }
      await client.query("COMMIT");
      return { results };
    } catch (error) {
      // What state its transaction is in does not matter if the connection is not used again.
      broken = "queries" in body || !(error instanceof pg.DatabaseError);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    async handle(request, response) {
      const [status, payload] = await answer(request).then(
        (result) => [200, result] as const,
        problemOf,
      );
      const text = JSON.stringify(payload);
      response.writeHead(status, {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      }).end(text);
    },
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.end()));
    },
  };
}

interface Shape {
  rowsAsArrays: boolean;
  rawText: boolean;
}

const asText = { getTypeParser: () => (value: string) => value };

async function runStatement(
  client: pg.PoolClient,
  statement: z.infer<typeof Statement>,
  shape: Shape,
) {
  const result = await client.query<unknown[]>({
    text: statement.query,
    values: statement.params ?? [],
    rowMode: "array",
    // As Neon: one statement a query, even where it has no parameters.
    queryMode: "extended",
    ...(shape.rawText ? { types: asText } : {}),
  } as pg.QueryArrayConfig);
  const rows = shape.rowsAsArrays
    ? result.rows
    : result.rows.map((row) =>
      Object.fromEntries(row.map((value, index) => [result.fields[index]?.name ?? index, value]))
    );
  return {
    command: result.command,
    rowCount: result.rowCount,
    rowAsArray: shape.rowsAsArrays,
    fields: result.fields,
    rows,
  };
}

function parseBody(bytes: Uint8Array): z.infer<typeof Body> {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new BadRequest("The body is not JSON");
  }
  const parsed = Body.safeParse(value);
  if (!parsed.success) throw new BadRequest("The body is neither {query} nor {queries}");
  return parsed.data;
}

function beginStatement(request: IncomingMessage): string {
  const words = ["BEGIN"];
  const level = header(request, "neon-batch-isolation-level");
  if (level !== undefined) {
    if (!(level in isolationLevels)) throw new BadRequest(`Unknown isolation level ${level}`);
    const name = level as keyof typeof isolationLevels;
    words.push(`ISOLATION LEVEL ${isolationLevels[name]}`);
  }
  if (header(request, "neon-batch-read-only") === "true") words.push("READ ONLY");
  if (header(request, "neon-batch-deferrable") === "true") words.push("DEFERRABLE");
  return words.join(" ");
}

function problemOf(error: unknown): [number, Record<string, unknown>] {
  if (error instanceof pg.DatabaseError) {
    const payload: Record<string, unknown> = { message: error.message };
    for (const field of errorFields) payload[field] = error[field];
    return [400, payload];
  }
  if (error instanceof BadRequest) return [400, { message: error.message }];
  return [503, { message: `Postgres cannot be reached: ${reasonOf(error)}` }];
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
