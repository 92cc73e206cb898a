import { chownSync } from "node:fs";
import { chmod, mkdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { type Child, startChild } from "./child.ts";
import type { Guardian } from "./guardian.ts";
import { type LogFile, openLogFile } from "./log-file.ts";
import { freePort } from "./ports.ts";
import { findPostgresBinaries, type PostgresBinaries } from "./postgres-binaries.ts";
import { canEnter, findPostgresUser, type SystemUser } from "./postgres-user.ts";
import { reasonOf, StartProblem } from "./start-problem.ts";

const run = promisify(execFile);

export interface PostgresOptions {
  /** The stack's folder; the cluster is `postgres/` in it, the log `postgres.log`. */
  dataDir: string;
  /** Of the superuser and of the application's role. Kept by the caller: see secrets.ts. */
  password: string;
  guardian: Guardian;
  log: (line: string) => void;
  /** To come back at the same place; 0 or absent: any free one. */
  port?: number;
  /** Tests only: a cluster that does not survive a power cut, but starts and writes faster. */
  throwaway?: boolean;
}

export interface Postgres {
  readonly port: number;
  /** Of the application's database and role (owner, no superuser, as on a hosted Postgres). */
  readonly databaseUrl: string;
  readonly exited: Child["exited"];
  stop(): Promise<void>;
}

const role = "dokkerr";

/**
 * Starts a real PostgreSQL on a free loopback port and waits until it answers. The first start
 * makes the cluster under another name and renames it, so that a half-made one is never opened.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { dataDir, password, guardian } = options;
  const user = await preparePostgresFolder(dataDir, options.log);
  const binaries = await findPostgresBinaries(dataDir, user);
  const cluster = join(dataDir, "postgres");
  if (!(await exists(cluster))) await makeCluster(binaries, cluster, options, user);
  const logFile = await openLogFile(join(dataDir, "postgres.log"));

  // The port was free a moment ago; somebody may have taken it since.
  for (let attempt = 1;; attempt++) {
    const port = options.port || await freePort();
    const child = await startChild({
      name: "Postgres",
      command: binaries.postgres,
      args: ["-D", cluster, "-p", String(port), ...settings(options.throwaway ?? false)],
      env: { LC_ALL: "C", TZ: "UTC", PATH: process.env.PATH ?? "" },
      cwd: cluster,
      user,
      logFile: logFile.path,
      stopSignal: "INT",
      group: false,
      graceMs: 20_000,
      guardian,
    });
    try {
      await answer(child, port, password, logFile);
      await makeDatabase(port, password);
      const databaseUrl = embeddedUrl(password, port);
      return { port, databaseUrl, exited: child.exited, stop: () => child.stop() };
    } catch (error) {
      await child.stop();
      if (attempt < 3 && /bind|in use/.test(reasonOf(error))) continue;
      throw error;
    }
  }
}

/**
 * Makes the folder passable for the user that Postgres runs as, and returns that user.
 *
 * @throws {StartProblem} a folder above it is closed to that user.
 */
export async function preparePostgresFolder(
  dataDir: string,
  log: (line: string) => void,
): Promise<SystemUser | undefined> {
  const user = await findPostgresUser(log);
  await mkdir(dataDir, { recursive: true });
  // Others may pass through this folder (Postgres's user must) but not list it.
  await chmod(dataDir, 0o711);
  if (canEnter(dataDir, user)) return user;
  throw new StartProblem(
    `Cannot start Postgres: it runs as the user postgres, who cannot enter ${dataDir}; ` +
      "put the data elsewhere, for example `npm start -- --data /var/tmp/dokkerr`.",
  );
}

function settings(throwaway: boolean): string[] {
  const values: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: throwaway ? "64MB" : "256MB",
    effective_cache_size: "2GB",
    work_mem: "16MB",
    maintenance_work_mem: "128MB",
    random_page_cost: "1.1",
    jit: "off",
    // One machine, no replicas: less to write, and COPY into a new table is not written twice.
    wal_level: "minimal",
    max_wal_senders: "0",
    max_wal_size: "2GB",
    checkpoint_timeout: "15min",
    // Parallel plans need shared memory that containers give little of (64 MB).
    max_parallel_workers_per_gather: "0",
    max_parallel_maintenance_workers: "0",
    log_lock_waits: "on",
    log_checkpoints: "off",
    log_line_prefix: "%m [%p] %a ",
    log_timezone: "UTC",
    timezone: "UTC",
  };
  if (throwaway) {
    Object.assign(values, {
      fsync: "off",
      synchronous_commit: "off",
      // Its workers are a superuser's: a suite that drops its database may not end one in it.
      autovacuum: "off",
    });
  }
  return Object.entries(values).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function makeCluster(
  binaries: PostgresBinaries,
  cluster: string,
  options: PostgresOptions,
  user: SystemUser | undefined,
): Promise<void> {
  const unfinished = `${cluster}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  const passwordFile = join(options.dataDir, "postgres.password");
  await writeFile(passwordFile, `${options.password}\n`, { mode: 0o600 });
  if (user) {
    chownSync(unfinished, user.uid, user.gid);
    chownSync(passwordFile, user.uid, user.gid);
  }
  try {
    await run(binaries.initdb, [
      `--pgdata=${unfinished}`,
      "--username=postgres",
      "--auth=scram-sha-256",
      `--pwfile=${passwordFile}`,
      "--encoding=UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      ...(options.throwaway ? ["--no-sync"] : []),
    ], { cwd: unfinished, env: { LC_ALL: "C", TZ: "UTC" }, ...user });
  } catch (error) {
    const detail = (error as { stderr?: string }).stderr?.trim() || reasonOf(error);
    throw new StartProblem(`Cannot make the database cluster: ${detail}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, cluster);
}

/** Resolves when the server takes connections; rejects when it dies, refuses, or takes too long. */
async function answer(
  child: Child,
  port: number,
  password: string,
  log: LogFile,
): Promise<void> {
  let dead = false;
  void child.exited.then(() => dead = true);
  // Replaying the log of a killed server with a large import in it may take a while.
  const deadline = Date.now() + 120_000;
  for (;;) {
    if (dead) {
      throw new StartProblem(`Postgres did not start: ${await lastComplaint(log)}`);
    }
    const client = new pg.Client(urlOf("postgres", password, port, "postgres"));
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("SELECT 1");
      return;
    } catch (error) {
      const code = (error as { code?: string }).code;
      if (code === "28P01") {
        throw new StartProblem(
          "Postgres refuses the password kept in secrets.json of the data folder; " +
            "put the right file back, or begin anew with --fresh.",
        );
      }
      if (Date.now() > deadline) {
        throw new StartProblem(`Postgres did not answer within two minutes; see ${log.path}.`);
      }
    } finally {
      await client.end().catch(() => {});
    }
    await new Promise((resolve) => setTimeout(resolve, 80));
  }
}

/** Makes the application's role and database where they are missing (a start killed in between). */
async function makeDatabase(port: number, password: string): Promise<void> {
  const client = new pg.Client(urlOf("postgres", password, port, "postgres"));
  await client.connect();
  try {
    const { rows } = await client.query<{ has_role: boolean; has_database: boolean }>(
      `SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS has_role,
              EXISTS (SELECT FROM pg_database WHERE datname = $1) AS has_database`,
      [role],
    );
    if (!rows[0]?.has_role) {
      await client.query(
        `CREATE ROLE ${role} LOGIN CREATEDB PASSWORD ${client.escapeLiteral(password)}`,
      );
    }
    if (!rows[0]?.has_database) await client.query(`CREATE DATABASE ${role} OWNER ${role}`);
  } finally {
    await client.end();
  }
}

/** The address of the application's database and role on a port of this machine. */
export function embeddedUrl(password: string, port: number): string {
  return urlOf(role, password, port, role);
}

function urlOf(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;
}

async function lastComplaint(log: LogFile): Promise<string> {
  const lines = (await log.said()).split("\n");
  const complaint = lines.findLast((line) => /FATAL|PANIC|ERROR|invalid|cannot/.test(line));
  return (complaint ?? lines.at(-1) ?? "").replace(/^.*?(FATAL|PANIC):\s*/, "");
}

async function exists(path: string): Promise<boolean> {
  return await stat(path).then(() => true, () => false);
}
