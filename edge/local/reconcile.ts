// `npm run reconcile`: what our books and the payment provider's do not agree on; see `--help`.
import { readFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import pg from "pg";
import { directUrl } from "../migrations/migrate.ts";
import { type Difference, reconcile } from "../payments/reconcile.ts";
import { retryTask } from "../payments/reconcile-queries.ts";
import { PaymentFailure } from "../platform/payments.ts";
import type { Sql } from "../platform/sql.ts";
import { createStripePayments } from "../platform/stripe-payments.ts";
import { runningDatabase } from "./import/running-database.ts";
import { loadSecrets } from "./secrets.ts";
import { stripeSecretKey, stripeUrlPath } from "./stack-parts.ts";
import { reasonOf, StartProblem } from "./start-problem.ts";

const usage = `Compares our payments, refunds and payouts with the payment provider's.

  npm run reconcile [-- OPTIONS]

  --days N      how far back, 90 where it is not said
  --data DIR    the folder of a running npm start (.dokkerr); otherwise DATABASE_URL and
                STRIPE_SECRET_KEY name what is compared
  --json        one JSON object instead of lines
  --retry TASK  lets a step that failed for good be tried once more, and compares nothing

Exit code 0: nothing differs. 1: something does. 2: it could not be compared.`;

interface Sides {
  databaseUrl: string;
  stripe: { secretKey: string; apiUrl: string | undefined };
}

process.exitCode = await main().catch((error: unknown) => {
  const isExpected = error instanceof StartProblem || error instanceof pg.DatabaseError ||
    error instanceof PaymentFailure;
  if (!isExpected) throw error;
  console.error(
    error instanceof StartProblem ? error.message : `Cannot reconcile: ${error.message}.`,
  );
  return 2;
});

async function main(): Promise<number> {
  const { values } = readFlags();
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const days = Number(values.days ?? "90");
  if (!(days > 0 && days < 100_000)) {
    throw new StartProblem("Cannot reconcile: --days is no number.");
  }
  const sides = values.data === undefined && process.env.DATABASE_URL
    ? namedSides(process.env.DATABASE_URL)
    : await runningSides(values.data ?? ".dokkerr");
  const client = new pg.Client({
    connectionString: directUrl(sides.databaseUrl),
    application_name: "dokkerr reconcile",
    types: {
      getTypeParser: (oid, format) => oid === 20 ? Number : pg.types.getTypeParser(oid, format),
    },
  });
  client.on("error", () => {});
  await client.connect().catch((error: unknown) => {
    throw new StartProblem(`Cannot reconcile: the database does not answer (${reasonOf(error)}).`);
  });
  try {
    const sql = sqlOf(client);
    if (values.retry !== undefined) return await retry(sql, values.retry);
    const payments = createStripePayments({ ...sides.stripe, webhookSecret: "" });
    const found = await reconcile(sql, payments, Date.now() - days * 86_400_000);
    if (values.json) console.log(JSON.stringify(found, undefined, 2));
    else for (const line of toLines(found.differences)) console.log(line);
    const { intents, refunds, transfers, differences } = found;
    console.error(
      `${intents} payments, ${refunds} refunds and ${transfers} payouts at the provider: ` +
        `${differences.length === 0 ? "nothing differs" : `${differences.length} differ`}`,
    );
    return differences.length === 0 ? 0 : 1;
  } finally {
    await client.end();
  }
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        days: { type: "string" },
        data: { type: "string" },
        retry: { type: "string" },
        json: { type: "boolean" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new StartProblem(`Cannot reconcile: ${reasonOf(error)}\n\n${usage}`);
  }
}

/** What the environment names. */
function namedSides(databaseUrl: string): Sides {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_URL: apiUrl } = process.env;
  if (secretKey) return { databaseUrl, stripe: { secretKey, apiUrl: apiUrl || undefined } };
  throw new StartProblem("Cannot reconcile: DATABASE_URL is set but STRIPE_SECRET_KEY is not.");
}

/** The parts of an npm start that runs on a folder, where no variable names others. */
async function runningSides(dataDir: string): Promise<Sides> {
  const databaseUrl = await runningDatabase(dataDir, "reconcile");
  const { STRIPE_SECRET_KEY: named } = process.env;
  if (named) return { databaseUrl, stripe: { secretKey: named, apiUrl: undefined } };
  const apiUrl = await readFile(stripeUrlPath(dataDir), "utf8").catch(() => {
    throw new StartProblem(`Cannot reconcile: no payment provider runs in ${dataDir}.`);
  });
  return {
    databaseUrl,
    stripe: { secretKey: stripeSecretKey(await loadSecrets(dataDir)), apiUrl },
  };
}

async function retry(sql: Sql, taskId: string): Promise<number> {
  const isDue = await retryTask(sql, taskId);
  console.log(isDue ? "It is due again." : "No step by that id has failed.");
  return isDue ? 0 : 1;
}

function sqlOf(client: pg.Client): Sql {
  const sql: Sql = {
    query: async <Row>(text: string, values: readonly unknown[] = []) =>
      (await client.query(text, [...values])).rows as Row[],
    transaction: (work) => work(sql),
  };
  return sql;
}

function toLines(differences: readonly Difference[]): string[] {
  return differences.map(({ about, id, bookingId, ours, theirs }) =>
    `DIFFERS ${about} ${id}${bookingId === null ? "" : ` of booking ${bookingId}`}: ` +
    `ours ${ours}; theirs ${theirs}`
  );
}
