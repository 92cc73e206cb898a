import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";

/** A reason to stop the start: the sentence says which migration and what about it. */
export class MigrationProblem extends Error {
  override readonly name = "MigrationProblem";
}

export interface MigrateOptions {
  /** A direct connection; a Neon pooler's host is replaced by the direct one. */
  databaseUrl: string;
  /** Holds `NNNN_name.sql`; defaults to this file's folder. */
  directory?: string;
  log?: (line: string) => void;
}

interface Migration {
  version: number;
  name: string;
  sql: string;
  checksum: string;
}

// Any fixed number does: every process that migrates this database takes the same one.
const lockKey = 7_236_551_904;
const fileName = /^(\d{4})_[a-z0-9_]+\.sql$/;

/**
 * Applies the migrations that are still missing, in order, one process at a time, and returns their
 * names. Each runs in its own transaction, except a file whose first line is `-- no-transaction`:
 * that holds one statement, written so that running it again is harmless.
 *
 * @throws {MigrationProblem} an applied migration was changed or removed, a new one comes before an
 *   applied one, a file is misnamed, or its SQL fails (nothing of it stays).
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const directory = options.directory ?? fileURLToPath(new URL(".", import.meta.url));
  const migrations = await readMigrations(directory);
  const client = new pg.Client({
    connectionString: directUrl(options.databaseUrl),
    application_name: "dokkerr migrate",
  });
  client.on("error", () => {});
  await client.connect();
  try {
    // Released with the connection, also when this process is killed.
    await client.query("SELECT pg_advisory_lock($1)", [lockKey]);
    await client.query(`
      CREATE TABLE IF NOT EXISTS schema_migration (
        version    integer PRIMARY KEY,
        name       text NOT NULL,
        checksum   text NOT NULL,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
    const { rows: applied } = await client.query<{
      version: number;
      name: string;
      checksum: string;
    }>("SELECT version, name, checksum FROM schema_migration ORDER BY version");
    const pending = pendingMigrations(migrations, applied);
    for (const migration of pending) {
      options.log?.(`Applying ${migration.name}`);
      await apply(client, migration);
    }
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function readMigrations(directory: string): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => name.endsWith(".sql")).sort();
  const migrations: Migration[] = [];
  for (const name of names) {
    const version = Number(fileName.exec(name)?.[1]);
    if (Number.isNaN(version)) {
      throw new MigrationProblem(`Cannot migrate: ${name} is not named NNNN_name.sql.`);
    }
    const before = migrations.at(-1);
    if (before?.version === version) {
      throw new MigrationProblem(`Cannot migrate: ${before.name} and ${name} share a number.`);
    }
    // A checkout that turns line ends into CRLF has not changed the migration.
    const sql = (await readFile(join(directory, name), "utf8")).replaceAll("\r\n", "\n");
    const checksum = createHash("sha256").update(sql).digest("hex");
    migrations.push({ version, name, sql, checksum });
  }
  return migrations;
}

function pendingMigrations(
  migrations: Migration[],
  applied: { version: number; name: string; checksum: string }[],
): Migration[] {
  const byVersion = new Map(migrations.map((migration) => [migration.version, migration]));
  for (const row of applied) {
    const migration = byVersion.get(row.version);
    if (!migration) {
      throw new MigrationProblem(
        `Cannot migrate: ${row.name} was applied to this database but its file is missing.`,
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new MigrationProblem(
        `Cannot migrate: ${migration.name} was changed after it was applied to this database; ` +
          "put the file back and write a new migration.",
      );
    }
  }
  const appliedVersions = new Set(applied.map((row) => row.version));
  const newest = applied.at(-1);
  const pending = migrations.filter((migration) => !appliedVersions.has(migration.version));
  const late = pending.find((migration) => newest && migration.version < newest.version);
  if (late && newest) {
    throw new MigrationProblem(
      `Cannot migrate: ${late.name} comes before ${newest.name}, which is applied already; ` +
        "give it the next free number.",
    );
  }
  return pending;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const isTransactional = !/^--\s*no-transaction\b/.test(migration.sql);
  try {
    if (isTransactional) await client.query("BEGIN");
    await client.query(migration.sql);
    await client.query(
      "INSERT INTO schema_migration (version, name, checksum) VALUES ($1, $2, $3)",
      [migration.version, migration.name, migration.checksum],
    );
    if (isTransactional) await client.query("COMMIT");
  } catch (error) {
    if (isTransactional) await client.query("ROLLBACK").catch(() => {});
    if (!(error instanceof pg.DatabaseError)) throw error;
    const offset = Number(error.position ?? 0);
    const line = offset > 0 ? `, line ${migration.sql.slice(0, offset).split("\n").length}` : "";
    throw new MigrationProblem(`Cannot apply ${migration.name}${line}: ${error.message}.`);
  }
}

/** Session locks and DDL need a session of one's own, which Neon's pooler does not give. */
export function directUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.hostname = url.hostname.replace(/^(ep-[^.]+)-pooler\./, "$1.");
  return url.href;
}
