import pg from "pg";
import { writeTideHarmonics } from "./write-tide-harmonics.ts";

export interface SeedOptions {
  /** A direct connection as the owner of the tables. */
  databaseUrl: string;
  docks?: number;
  /** The same seed, day and number of docks give the same docks, stays and people. */
  seed?: number;
  /** The calendars begin on this instant's day (UTC). */
  nowMs?: number;
  log?: (line: string) => void;
}

export interface Seeded {
  harbours: number;
  docks: number;
  stays: number;
  seconds: number;
}

/**
 * Fills an empty, migrated database with the demo: real harbours, made-up docks, people, stays, and
 * the demo accounts. All in one transaction: a crash leaves the database empty. Returns undefined
 * where anything is there already; then only tide stations get the constants that they lack.
 */
export async function seedDemo(options: SeedOptions): Promise<Seeded | undefined> {
  const client = new pg.Client({
    connectionString: options.databaseUrl,
    application_name: "dokkerr demo",
  });
  client.on("error", () => {});
  await client.connect();
  try {
    if (!(await isEmpty(client))) {
      await writeTideHarmonics(client);
      return undefined;
    }
    // Loaded here: a start that fills nothing needs neither the stations nor the coast.
    const { fillDatabase } = await import("./fill-database.ts");
    const started = performance.now();
    const log = options.log ?? (() => {});
    const { docks = 20_000, seed = 1, nowMs = Date.now() } = options;
    await client.query("BEGIN");
    // Filling begins by emptying: another process must not have filled it meanwhile.
    await client.query("LOCK TABLE person, harbour, dock");
    if (!(await isEmpty(client))) return undefined;
    const filled = await fillDatabase(client, { docks, seed, nowMs, log });
    await client.query("COMMIT");
    const seconds = (performance.now() - started) / 1_000;
    const count = (value: number) => value.toLocaleString("en");
    log(
      `Demo data: ${count(filled.docks)} docks in ${count(filled.harbours)} harbours with ` +
        `${count(filled.stays)} stays, in ${seconds.toFixed(1)} s`,
    );
    return { ...filled, seconds };
  } finally {
    await client.end();
  }
}

async function isEmpty(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ empty: boolean }>(
    `SELECT NOT EXISTS (SELECT FROM person) AND NOT EXISTS (SELECT FROM harbour)
            AND NOT EXISTS (SELECT FROM dock) AS empty`,
  );
  return rows[0]?.empty ?? false;
}
