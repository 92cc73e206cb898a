import { spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import pg from "pg";
import type { Guardian } from "../../local/guardian.ts";
import { type EdgeProcess, startEdgeProcess } from "../../local/edge-process.ts";
import { startGuardian } from "../../local/guardian.ts";
import { startNeonGateway } from "../../local/neon-gateway.ts";
import { freePort } from "../../local/ports.ts";
import { startPostgres } from "../../local/postgres.ts";
import { root } from "../../local/root.ts";
import { loadSecrets } from "../../local/secrets.ts";
import { Undo } from "../../local/undo.ts";
import { seedDemo } from "../../local/demo/seed-demo.ts";
import { migrate } from "../../migrations/migrate.ts";
import { makePeerTables } from "./peer-tables.ts";

/** A world of docks in a Postgres of its own. */
export interface BenchDatabase {
  readonly url: string;
  /** The edge as it runs in production, on nothing but this database. */
  startEdge(): Promise<EdgeProcess>;
  stop(): Promise<void>;
}

/**
 * The demo's world of so many docks with the peer's tables. What an earlier run of the same day has
 * filled is used again, unless `isFresh`: a world's calendars begin on the day that made it.
 */
export async function openDatabase(
  docks: number,
  today: number,
  isFresh: boolean,
): Promise<BenchDatabase> {
  const undo = new Undo();
  const dataDir = join(root, ".dokkerr", "bench", `search-${docks}`);
  if (isFresh) await rm(dataDir, { recursive: true, force: true });
  await mkdir(dataDir, { recursive: true });
  const log = (line: string) => console.log(line);
  try {
    const guardian = await startGuardian();
    await undo.add(() => guardian.close());
    const { postgresPassword } = await loadSecrets(dataDir);
    const postgres = await startPostgres({ dataDir, password: postgresPassword, guardian, log });
    await undo.add(() => postgres.stop());
    const url = postgres.databaseUrl;
    // What was filled before a migration may lack what the product now keeps beside it.
    const isOld = (await migrate({ databaseUrl: url })).length > 0;
    if (isOld || !await isReady(url, docks, today)) await fill(url, docks, today, log);
    const gateway = await startNeonGateway({ databaseUrl: url });
    await undo.add(() => gateway.stop());
    return {
      url,
      startEdge: () => startEdge(dataDir, url, gateway.address, guardian),
      stop: () => undo.run(),
    };
  } catch (error) {
    await undo.run();
    throw error;
  }
}

/** Whether a run of today has filled a database with a world of this size. */
async function isReady(url: string, docks: number, today: number): Promise<boolean> {
  return await withClient(url, async (client) => {
    const { rows: [there] } = await client.query<{ there: boolean }>(
      "SELECT to_regclass('peer.ready') IS NOT NULL AS there",
    );
    if (!there?.there) return false;
    const { rows: [made] } = await client.query("SELECT docks, today FROM peer.ready");
    return made?.docks === docks && made.today === today;
  });
}

async function fill(
  url: string,
  docks: number,
  today: number,
  log: (line: string) => void,
): Promise<void> {
  await withClient(url, (client) =>
    client.query(
      "DROP SCHEMA IF EXISTS peer CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public",
    ));
  await migrate({ databaseUrl: url });
  await seedDemo({ databaseUrl: url, docks, log });
  await withClient(url, async (client) => {
    await makePeerTables(client);
    await client.query("CREATE TABLE peer.ready AS SELECT $1::int AS docks, $2::int AS today", [
      docks,
      today,
    ]);
    await client.query("VACUUM ANALYZE");
    await client.query("CHECKPOINT").catch(() => {});
  });
}

export async function withClient<T>(
  url: string,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function startEdge(
  dataDir: string,
  databaseUrl: string,
  gateway: string,
  guardian: Guardian,
): Promise<EdgeProcess> {
  const port = await freePort();
  const secret = "a-secret-of-the-benchmark-alone-".repeat(2);
  const env = {
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    DATABASE_URL: databaseUrl,
    NEON_GATEWAY: gateway,
    // A search asks neither of them.
    S3_ENDPOINT: "http://127.0.0.1:9",
    S3_BUCKET: "none",
    AWS_ACCESS_KEY_ID: "none",
    AWS_SECRET_ACCESS_KEY: "none",
    PARTYKIT_HOST: "127.0.0.1:9",
    AUTH_SECRET: secret,
    REALTIME_SECRET: secret,
  };
  return await startEdgeProcess({ env, dataDir, isLoopbackOnly: true, guardian });
}

/** Another server of the benchmark. */
export interface BenchServer {
  readonly pid: number;
  /** What it said first. */
  readonly said: Record<string, number>;
  stop(): Promise<void>;
}

/** Starts a script of this folder under Deno and waits for its first line. */
export async function startServer(
  script: URL,
  env: Record<string, string>,
  input = "",
): Promise<BenchServer> {
  const child = spawn(
    process.execPath,
    ["run", "-A", fileURLToPath(script)],
    {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["pipe", "pipe", "inherit"],
    },
  );
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.stdin.end(input);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const { value, done } = await lines.next();
  if (done) throw new Error(`${script.pathname} has ended before it answered`);
  return {
    pid: child.pid ?? 0,
    said: JSON.parse(value) as Record<string, number>,
    async stop() {
      child.kill();
      await ended;
    },
  };
}
