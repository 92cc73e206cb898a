import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { inject } from "vitest";
import type { TestProject } from "vitest/node";
import { migrate } from "../migrations/migrate.ts";
import { startGuardian } from "./guardian.ts";
import { startNeonGateway } from "./neon-gateway.ts";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  export interface ProvidedContext {
    testPostgres: TestPostgres;
  }
}

/** The one Postgres of a test run, as handed to every suite. */
interface TestPostgres {
  databaseUrl: string;
  gateway: string;
}

export interface TestDatabase {
  /** For `pg` and for migrations: a direct connection. */
  databaseUrl: string;
  /** `127.0.0.1:PORT`: what the environment calls NEON_GATEWAY. */
  neonGateway: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

const template = "dokkerr_template";

/** Vitest's global setup: one Postgres and one Neon gateway for the whole run, migrated once. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const undo: (() => Promise<unknown>)[] = [];
  const teardown = async () => {
    for (const step of undo.toReversed()) await step();
  };
  try {
    const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-test-"));
    undo.push(() => rm(dataDir, { recursive: true, force: true }));
    const guardian = await startGuardian();
    undo.push(() => guardian.close());
    const password = randomBytes(16).toString("hex");
    const log = () => {};
    const postgres = await startPostgres({ dataDir, password, guardian, log, throwaway: true });
    undo.push(() => postgres.stop());
    const { databaseUrl } = postgres;
    const gateway = await startNeonGateway({ databaseUrl });
    undo.push(() => gateway.stop());
    await query(databaseUrl, `CREATE DATABASE ${template}`);
    await migrate({ databaseUrl: withDatabase(databaseUrl, template) });
    project.provide("testPostgres", { databaseUrl, gateway: gateway.address });
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

/** A migrated, empty database of a suite's own. `{ empty: true }` leaves the migrations out too. */
export async function createTestDatabase(
  options: { empty?: boolean } = {},
): Promise<TestDatabase> {
  const { databaseUrl, gateway } = inject("testPostgres");
  const name = `test_${randomBytes(8).toString("hex")}`;
  const source = options.empty ? "template1" : template;
  await query(databaseUrl, `CREATE DATABASE ${name} TEMPLATE ${source}`);
  return {
    databaseUrl: withDatabase(databaseUrl, name),
    neonGateway: gateway,
    drop: () => query(databaseUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function query(databaseUrl: string, sql: string): Promise<void> {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function withDatabase(databaseUrl: string, name: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${name}`;
  return url.href;
}
