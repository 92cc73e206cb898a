import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { neonConfig } from "@neondatabase/serverless";
import pg from "pg";
import WebSocket from "ws";
import { createDock } from "../../docks/create-dock.ts";
import { createHarbour } from "../../docks/create-harbour.ts";
import { publishDock } from "../../docks/publish-dock.ts";
import { startGuardian } from "../../local/guardian.ts";
import { startNeonGateway } from "../../local/neon-gateway.ts";
import { startPostgres } from "../../local/postgres.ts";
import { newDock, newHarbour } from "../../local/test-docks.ts";
import { migrate } from "../../migrations/migrate.ts";
import { createNeonSql } from "../../platform/neon-sql.ts";

export interface BenchDatabase {
  /** The product's database: as many slips as asked for, two blocks each, and guests. */
  databaseUrl: string;
  /** A copy of it in which occupancy has an index on docks, and no exclusion constraint. */
  openUrl: string;
  /** `127.0.0.1:PORT` */
  gateway: string;
  guests: readonly string[];
  stop(): Promise<void>;
}

const GUESTS = 200;

/** A Postgres that keeps what it promises (fsync), filled for the benchmark, in a folder that goes. */
export async function startBenchDatabase(docks: number): Promise<BenchDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-bench-"));
  const guardian = await startGuardian();
  const password = randomBytes(16).toString("hex");
  const postgres = await startPostgres({ dataDir, password, guardian, log: () => {} });
  const { databaseUrl } = postgres;
  const gateway = await startNeonGateway({ databaseUrl });
  await migrate({ databaseUrl });
  const guests = await fill(databaseUrl, gateway.address, docks);
  const open = new URL(databaseUrl);
  open.pathname = "/open";
  await runAs(superuserOf(databaseUrl), [
    `CREATE DATABASE open TEMPLATE ${new URL(databaseUrl).pathname.slice(1)}
       OWNER ${open.username}`,
  ]);
  await runAs(open.href, [
    "ALTER TABLE occupancy DROP CONSTRAINT occupancy_never_twice",
    // What finds a dock's nights has to stay.
    "CREATE INDEX ON occupancy (dock_id)",
    "CHECKPOINT",
  ], superuserOf(open.href));
  return {
    databaseUrl,
    openUrl: open.href,
    gateway: gateway.address,
    guests,
    async stop() {
      await gateway.stop();
      await postgres.stop();
      await guardian.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

function superuserOf(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.username = "postgres";
  if (url.pathname === "/dokkerr") url.pathname = "/postgres";
  return url.href;
}

/** Statements by the owner; `CHECKPOINT` is the superuser's. */
async function runAs(url: string, statements: readonly string[], superuser = url): Promise<void> {
  for (const statement of statements) {
    const client = new pg.Client(statement === "CHECKPOINT" ? superuser : url);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  }
}

/** One dock made by the product's own verbs, and its copies. */
async function fill(databaseUrl: string, gateway: string, docks: number): Promise<string[]> {
  neonConfig.webSocketConstructor = WebSocket;
  const sql = createNeonSql({ databaseUrl, gateway, poolSize: 2 });
  try {
    const people = await sql.query<{ id: string }>(
      `INSERT INTO person (id, name, email, role)
       SELECT uuidv7(), 'Person ' || n, n || '@bench.test', 'user' FROM generate_series(0, $1) AS n
       RETURNING id`,
      [GUESTS],
    );
    const [host = "", ...guests] = people.map(({ id }) => id);
    const person = { id: host, role: "user", name: "", email: "", sessionId: host } as const;
    const harbour = await createHarbour(sql, person, newHarbour());
    const made = newDock(harbour, { maxBeamCm: 450, depthCm: 300, depthDatum: "LAT" });
    const dock = await createDock(sql, person, made);
    await publishDock(sql, person, dock.id);
    await sql.query(
      `INSERT INTO dock SELECT copy.*
       FROM dock d CROSS JOIN generate_series(d.id + 1, d.id + $1 - 1) AS n
       CROSS JOIN LATERAL jsonb_populate_record(d, jsonb_build_object('id', n)) AS copy`,
      [docks],
    );
    await sql.query(
      `INSERT INTO calendar (dock_id) SELECT id FROM dock ON CONFLICT DO NOTHING`,
    );
    const table = "id uuid PRIMARY KEY DEFAULT uuidv7(), dock_id bigint, nights daterange";
    await sql.query(`CREATE TABLE bare_stay (${table})`);
    await sql.query("CREATE INDEX ON bare_stay (dock_id)");
    await sql.query(`CREATE TABLE bare_exclusion (${table})`);
    const blocks = `SELECT id, daterange(current_date + k * 7, current_date + k * 7 + 3)
      FROM dock, generate_series(0, 1) AS k`;
    await sql.query("ALTER TABLE occupancy DROP CONSTRAINT occupancy_never_twice");
    await sql.query(
      `INSERT INTO occupancy (dock_id, nights, span, source)
       SELECT id, daterange, int4range(0, NULL), 'block' FROM (${blocks}) AS b`,
    );
    for (const name of ["bare_stay", "bare_exclusion"]) {
      await sql.query(`INSERT INTO ${name} (dock_id, nights) ${blocks}`);
    }
    await sql.query(
      `ALTER TABLE occupancy ADD CONSTRAINT occupancy_never_twice
         EXCLUDE USING gist (dock_id WITH =, span WITH &&, nights WITH &&)`,
    );
    await sql.query(
      `ALTER TABLE bare_exclusion ADD CONSTRAINT bare_never_twice
         EXCLUDE USING gist (dock_id WITH =, nights WITH &&)`,
    );
    await sql.query("VACUUM ANALYZE");
    return guests;
  } finally {
    await sql.end();
  }
}
