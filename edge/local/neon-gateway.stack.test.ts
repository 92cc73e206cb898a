import { neon, neonConfig, Pool } from "@neondatabase/serverless";
import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { createTestDatabase, type TestDatabase } from "./testing.ts";

// The official driver, unchanged, is the client of every test here.
let database: TestDatabase;
let pool: Pool;

beforeAll(async () => {
  database = await createTestDatabase({ empty: true });
  neonConfig.webSocketConstructor = WebSocket;
  neonConfig.wsProxy = () => `${database.neonGateway}/v2`;
  neonConfig.fetchEndpoint = () => `http://${database.neonGateway}/sql`;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineConnect = false;
  pool = new Pool({ connectionString: database.databaseUrl, max: 10 });
  // Connections that die while they idle are part of these tests.
  pool.on("error", () => {});
  await pool.query("CREATE TABLE berth (id int PRIMARY KEY, name text CHECK (name <> ''))");
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("a pool queries, with parameters, types and a large answer", async () => {
  const { rows } = await pool.query(
    "SELECT $1::int AS n, $2::text AS t, $3::jsonb AS j, '{1,2}'::int[] AS a, NULL AS nothing",
    [7, "Île d’Yeu", { a: [1] }],
  );
  expect(rows).toEqual([{ n: 7, t: "Île d’Yeu", j: { a: [1] }, a: [1, 2], nothing: null }]);
  const large = await pool.query("SELECT repeat('x', 1000) AS x FROM generate_series(1, 20000)");
  expect(large.rows).toHaveLength(20_000);
  expect(large.rows[19_999]).toEqual({ x: "x".repeat(1000) });
  const sent = await pool.query("SELECT length($1) AS n", ["y".repeat(5_000_000)]);
  expect(sent.rows).toEqual([{ n: 5_000_000 }]);
});

test("a pool runs interactive transactions side by side", async () => {
  await Promise.all(Array.from({ length: 40 }, async (_, index) => {
    const client = await pool.connect();
    await client.query("BEGIN");
    await client.query("INSERT INTO berth VALUES ($1, 'pool')", [1000 + index]);
    await client.query(index % 2 ? "COMMIT" : "ROLLBACK");
    client.release();
  }));
  const { rows } = await pool.query("SELECT count(*)::int AS n FROM berth WHERE id >= 1000");
  expect(rows).toEqual([{ n: 20 }]);
});

test("a backend that dies is an error to its client, and the pool goes on", async () => {
  const client = await pool.connect();
  client.on("error", () => {});
  const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
  const asleep = client.query("SELECT pg_sleep(30)").then(() => "woke", () => "killed");
  await pool.query("SELECT pg_terminate_backend($1)", [rows[0].pid]);
  expect(await asleep).toBe("killed");
  client.release(true);
  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

test("a wrong password is refused over both protocols", async () => {
  const url = new URL(database.databaseUrl);
  url.password = "wrong";
  const stranger = new Pool({ connectionString: url.href });
  await expect(stranger.query("SELECT 1")).rejects.toMatchObject({ code: "28P01" });
  await stranger.end();
  await expect(neon(url.href)`SELECT 1`).rejects.toMatchObject({ code: "28P01" });
});

test("/sql answers one statement in every shape that the driver offers", async () => {
  const sql = neon(database.databaseUrl, { fullResults: true });
  const result = await sql`SELECT ${3}::int AS n, ${"t"}::text AS t, now() AS at, true AS yes`;
  expect(result).toMatchObject({
    command: "SELECT",
    rowCount: 1,
    rows: [{ n: 3, t: "t", yes: true, at: expect.any(Date) }],
  });
  expect(result.fields.map((field) => field.name)).toEqual(["n", "t", "at", "yes"]);
  const rows = await neon(database.databaseUrl, { arrayMode: true })`SELECT 1, 'b'`;
  expect(rows).toEqual([[1, "b"]]);
  const bytes = await neon(database.databaseUrl)`SELECT ${Buffer.from([0, 255])}::bytea AS b`;
  expect(bytes).toEqual([{ b: Buffer.from([0, 255]) }]);
});

test("/sql passes on every field of a Postgres error", async () => {
  const sql = neon(database.databaseUrl);
  await sql`INSERT INTO berth VALUES (1, 'a')`;
  await expect(sql`INSERT INTO berth VALUES (1, 'b')`).rejects.toMatchObject({
    code: "23505",
    constraint: "berth_pkey",
    table: "berth",
    detail: "Key (id)=(1) already exists.",
    severity: "ERROR",
  });
  await expect(sql`SELECT nonsense`).rejects.toMatchObject({ code: "42703", position: "8" });
});

test("/sql refuses two statements in one query", async () => {
  const sql = neon(database.databaseUrl);
  await expect(sql.query("SELECT 1; SELECT 2")).rejects.toMatchObject({ code: "42601" });
});

test("/sql runs a batch as one transaction, with its options", async () => {
  const sql = neon(database.databaseUrl);
  const results = await sql.transaction([
    sql`INSERT INTO berth VALUES (10, 'batch')`,
    sql`SELECT name FROM berth WHERE id = 10`,
    sql`SELECT current_setting('transaction_isolation') AS level`,
  ], { isolationLevel: "Serializable" });
  expect(results.slice(1)).toEqual([[{ name: "batch" }], [{ level: "serializable" }]]);

  await expect(sql.transaction([
    sql`INSERT INTO berth VALUES (11, 'rolled back')`,
    sql`INSERT INTO berth VALUES (10, 'twice')`,
  ])).rejects.toMatchObject({ code: "23505" });
  expect(await sql`SELECT id FROM berth WHERE id = 11`).toEqual([]);

  await expect(
    sql.transaction([sql`INSERT INTO berth VALUES (12, 'x')`], { readOnly: true }),
  ).rejects.toMatchObject({ code: "25006" });
  const [deferrable] = await sql.transaction(
    [sql`SELECT current_setting('transaction_deferrable') AS d`],
    { isolationLevel: "Serializable", readOnly: true, deferrable: true },
  );
  expect(deferrable).toEqual([{ d: "on" }]);
});

test("/sql serves many at once", async () => {
  const sql = neon(database.databaseUrl);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, index) => sql`SELECT ${index}::int AS n`),
  );
  expect(answers.map(([row]) => row?.n)).toEqual(Array.from({ length: 100 }, (_, n) => n));
});

test("/sql refuses what is no request of the driver", async () => {
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`http://${database.neonGateway}/sql`, { method: "POST", body, headers });
  const known = { "Neon-Connection-String": database.databaseUrl };
  expect((await post("{}")).status).toBe(400);
  expect((await post("not json", known)).status).toBe(400);
  expect((await post('{"query": 1}', known)).status).toBe(400);
  const level = { ...known, "Neon-Batch-Isolation-Level": "; DROP TABLE berth" };
  expect((await post('{"queries": []}', level)).status).toBe(400);
  expect((await fetch(`http://${database.neonGateway}/other`)).status).toBe(404);
});

test("the gateway connects to no other host than its own", async () => {
  const socket = new WebSocket(`ws://${database.neonGateway}/v2?address=127.0.0.1:22`);
  const status = await new Promise((resolve) => {
    socket.on("unexpected-response", (_request, response) => resolve(response.statusCode));
    socket.on("error", () => {});
  });
  expect(status).toBe(403);
});
