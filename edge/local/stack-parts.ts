import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrate, MigrationProblem } from "../migrations/migrate.ts";
import { seedDemo } from "./demo/seed-demo.ts";
import type { Guardian } from "./guardian.ts";
import { startNeonGateway } from "./neon-gateway.ts";
import { startPostgres } from "./postgres.ts";
import { findRedisServer, startRedis } from "./redis.ts";
import { startRedisGateway } from "./redis-gateway.ts";
import { startS3 } from "./s3.ts";
import type { Secrets } from "./secrets.ts";
import type { StackPlan } from "./stack-plan.ts";
import { reasonOf, StartProblem } from "./start-problem.ts";
import { startStripe } from "./stripe/simulator.ts";
import { type Part, supervise, type Supervised } from "./supervise.ts";
import type { Undo } from "./undo.ts";

/** What every part is started with. */
export interface PartContext {
  dataDir: string;
  guardian: Guardian;
  secrets: Secrets;
  undo: Undo;
  log: (line: string) => void;
  onGiveUp: (sentence: string) => void;
}

type Env = Record<string, string>;
const bucket = "dokkerr";

/** Starts a part that is kept running until the stack stops. */
export async function keep<P extends Part>(
  context: PartContext,
  name: string,
  start: () => Promise<P>,
): Promise<Supervised<P>> {
  const { log, onGiveUp, undo } = context;
  const supervised = await supervise({ name, start, log, onGiveUp });
  await undo.add(() => supervised.stop());
  return supervised;
}

/** The database: embedded or named, behind the gateway unless it is Neon, migrated and filled. */
export async function startDatabase(
  context: PartContext,
  plan: StackPlan,
  demo: { docks: number; seed: number | undefined },
): Promise<Env> {
  const { dataDir, guardian, log, undo, secrets } = context;
  let databaseUrl = plan.given.DATABASE_URL;
  if (databaseUrl === undefined) {
    let port = 0;
    const postgres = await keep(context, "Postgres", async () => {
      const password = secrets.postgresPassword;
      const started = await startPostgres({ dataDir, password, guardian, log, port });
      port = started.port;
      return started;
    });
    databaseUrl = postgres.part.databaseUrl;
    log(`Postgres answers on 127.0.0.1:${port} (log: ${join(dataDir, "postgres.log")})`);
  }
  const env: Env = { DATABASE_URL: databaseUrl };
  if (!plan.isNeon) {
    const gateway = await startNeonGateway({ databaseUrl });
    await undo.add(() => gateway.stop());
    env.NEON_GATEWAY = gateway.address;
  }
  const applied = await migrateOrRefuse(databaseUrl, plan.postgres, log);
  log(applied === 0 ? "The database is up to date" : `Applied ${applied} migrations`);
  if (plan.isDemo && demo.docks > 0) {
    const seed = demo.seed === undefined ? {} : { seed: demo.seed };
    await seedDemo({ databaseUrl, docks: demo.docks, ...seed, log });
  }
  return env;
}

async function migrateOrRefuse(
  databaseUrl: string,
  isEmbedded: boolean,
  log: (line: string) => void,
): Promise<number> {
  try {
    return (await migrate({ databaseUrl, log })).length;
  } catch (error) {
    if (error instanceof MigrationProblem) {
      const wayOut = isEmbedded ? " Data that may be lost can begin anew with --fresh." : "";
      throw new StartProblem(`${error.message}${wayOut}`);
    }
    if (isEmbedded) throw error;
    throw new StartProblem(
      `Cannot reach the database that DATABASE_URL names: ${reasonOf(error) || "no answer"}.`,
    );
  }
}

/** The shared cache, on machines that have a redis-server. */
export async function startSharedCache(context: PartContext): Promise<Env> {
  const { dataDir, guardian, log, undo, secrets } = context;
  const command = await findRedisServer();
  if (command === undefined) {
    log("No redis-server on the PATH: running without a shared cache, on memory alone");
    return {};
  }
  let port = 0;
  const redis = await keep(context, "Redis", async () => {
    const password = secrets.redisPassword;
    const started = await startRedis(command, { dataDir, password, guardian, port });
    port = started.port;
    return started;
  });
  const gateway = await startRedisGateway({ redis: redis.part, token: secrets.redisToken });
  await undo.add(() => gateway.stop());
  log(`Redis answers on 127.0.0.1:${port}, its REST gateway on ${gateway.url}`);
  return {
    UPSTASH_REDIS_REST_URL: gateway.url,
    UPSTASH_REDIS_REST_TOKEN: secrets.redisToken,
  };
}

export async function startObjectStore(context: PartContext): Promise<Env> {
  const { dataDir, log, undo, secrets } = context;
  const credentials = {
    accessKeyId: "dokkerr-embedded",
    secretAccessKey: secrets.s3SecretKey,
    region: "auto",
  };
  const s3 = await startS3({ dataDir, bucket, credentials });
  await undo.add(() => s3.stop());
  log(`The object store answers on ${s3.url}`);
  return {
    S3_ENDPOINT: s3.url,
    S3_BUCKET: bucket,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: credentials.region,
  };
}

/** How long a bank debit is `processing` at the simulator. */
const SETTLE_MS = 20_000;
/** Opens nothing by itself: a browser shows it beside a payment's own secret. */
const PUBLISHABLE_KEY = "pk_test_simulated";

/** Where the simulator of a data folder answers. */
export function stripeUrlPath(dataDir: string): string {
  return join(dataDir, "stripe", "url");
}

/** The simulator's secret key, of the folder's own secrets. */
export function stripeSecretKey(secrets: Secrets): string {
  return `sk_test_${secrets.stripeSecretKey}`;
}

/** The payment provider, played: no money moves. */
export async function startPayments(context: PartContext, edgeUrl: string): Promise<Env> {
  const { dataDir, log, undo, secrets } = context;
  const secretKey = stripeSecretKey(secrets);
  const webhookSecret = `whsec_${secrets.stripeWebhookSecret}`;
  const stripe = await startStripe({
    dataDir,
    keys: { secretKey, publishableKey: PUBLISHABLE_KEY },
    webhookSecret,
    webhooks: `${edgeUrl}/api/webhooks/stripe`,
    settleMs: SETTLE_MS,
  });
  await undo.add(() => stripe.stop());
  // Other commands on this folder ask it too.
  await writeFile(stripeUrlPath(dataDir), stripe.url);
  log(`The payment simulator answers on ${stripe.url}; test card 4242 4242 4242 4242`);
  return {
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: secretKey,
    STRIPE_PUBLISHABLE_KEY: PUBLISHABLE_KEY,
    STRIPE_WEBHOOK_SECRET: webhookSecret,
  };
}
