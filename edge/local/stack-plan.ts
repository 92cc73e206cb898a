import { ConfigProblem, parseConfig } from "../config.ts";
import { postgresAddress } from "./neon-gateway.ts";
import { StartProblem } from "./start-problem.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** Which parts the stack starts itself: those that no variable names. */
export interface StackPlan {
  postgres: boolean;
  redis: boolean;
  s3: boolean;
  rooms: boolean;
  edge: boolean;
  /** Money that is only played may be paid only by whoever sits at this machine. */
  stripe: boolean;
  /** Whether a named database speaks Neon's protocols by itself. */
  isNeon: boolean;
  /** Everything is embedded and seen from this machine alone: demo accounts may exist. */
  isDemo: boolean;
  /** The variables that were set, to hand on. */
  given: Record<string, string>;
}

// AWS_* alone names nothing: many machines have them set for other things.
const groups = [
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
  ["S3_ENDPOINT", "S3_BUCKET"],
  ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
] as const;
const awsKeys = ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;
const settings = [
  "DATABASE_URL",
  "DATABASE_REPLICA_URLS",
  "DATABASE_POOL",
  "PARTYKIT_HOST",
  "EDGE_URL",
  "PUBLIC_URL",
  "AUTH_SECRET",
  "REALTIME_SECRET",
  "CLIENT_IP_HEADER",
  "MIN_CLIENT_BUILD",
  "STRIPE_PUBLISHABLE_KEY",
  ...groups.flat(),
];

/**
 * Reads the environment: what is set names a real service, what is not is embedded.
 *
 * @throws {StartProblem} a bad or half-set variable, or a secret that is missing beside a real one.
 */
export function planStack(env: Env): StackPlan {
  const given = pick(env, settings);
  for (const group of groups) {
    const missing = group.find((name) => given[name] === undefined);
    const present = group.find((name) => given[name] !== undefined);
    if (missing && present) refuse(`${present} is set but ${missing} is not`);
  }
  if (given.STRIPE_PUBLISHABLE_KEY && !given.STRIPE_SECRET_KEY) {
    refuse("STRIPE_PUBLISHABLE_KEY is set but STRIPE_SECRET_KEY is not");
  }
  if (given.DATABASE_REPLICA_URLS && !given.DATABASE_URL) {
    refuse("DATABASE_REPLICA_URLS is set but DATABASE_URL is not");
  }
  const s3 = given.S3_ENDPOINT === undefined;
  if (!s3) Object.assign(given, pick(env, [...awsKeys, "AWS_REGION"]));
  const missingKey = awsKeys.find((name) => !s3 && given[name] === undefined);
  if (missingKey) refuse(`S3_ENDPOINT is set but ${missingKey} is not`);

  const plan: StackPlan = {
    postgres: given.DATABASE_URL === undefined,
    redis: given.UPSTASH_REDIS_REST_URL === undefined,
    s3,
    rooms: given.PARTYKIT_HOST === undefined,
    edge: given.EDGE_URL === undefined,
    stripe: false,
    isNeon: false,
    isDemo: false,
    given,
  };
  const embedded = plan.postgres && plan.redis && plan.s3 && plan.rooms && plan.edge &&
    given.STRIPE_SECRET_KEY === undefined;
  checkValues(given);
  const isLoopback = given.PUBLIC_URL === undefined || isLoopbackUrl(given.PUBLIC_URL);
  if (!embedded || !isLoopback) checkSecrets(given);
  plan.isNeon = given.DATABASE_URL !== undefined && isNeonUrl(given.DATABASE_URL);
  plan.isDemo = embedded && isLoopback;
  plan.stripe = given.STRIPE_SECRET_KEY === undefined && plan.edge && isLoopback;
  return plan;
}

function checkSecrets(given: Env): void {
  for (const name of ["AUTH_SECRET", "REALTIME_SECRET"]) {
    if (given[name] !== undefined) continue;
    refuse(
      `${name} is not set, and secrets have no default beside a real service; ` +
        "set it to at least 32 random characters",
    );
  }
}

/** The edge's own parser judges the values; what will be embedded has stand-ins here. */
function checkValues(given: Env): void {
  const standIns = {
    DATABASE_URL: "postgres://user@127.0.0.1/database",
    S3_ENDPOINT: "http://127.0.0.1",
    S3_BUCKET: "bucket",
    AWS_ACCESS_KEY_ID: "key",
    AWS_SECRET_ACCESS_KEY: "secret",
    PARTYKIT_HOST: "127.0.0.1:1999",
    PUBLIC_URL: "http://localhost:8787",
    AUTH_SECRET: "x".repeat(32),
    REALTIME_SECRET: "x".repeat(32),
  };
  try {
    const config = parseConfig({ ...standIns, ...given });
    const databases = [config.database.url, ...config.database.replicaUrls];
    for (const url of databases) checkDatabaseUrl(url);
  } catch (error) {
    if (error instanceof ConfigProblem) throw new StartProblem(error.message);
    throw error;
  }
}

function checkDatabaseUrl(url: string): void {
  const isUsable = URL.canParse(url) && postgresAddress(url).host !== "" &&
    new URL(url).pathname.length > 1;
  if (!isUsable) refuse("DATABASE_URL or DATABASE_REPLICA_URLS names no host or no database");
}

function isNeonUrl(databaseUrl: string): boolean {
  return /\.neon\.(tech|build)$/.test(new URL(databaseUrl).hostname);
}

function isLoopbackUrl(url: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url).hostname);
}

function pick(env: Env, names: readonly string[]): Record<string, string> {
  const picked: Record<string, string> = {};
  for (const name of names) {
    const value = env[name]?.trim();
    if (value) picked[name] = value;
  }
  return picked;
}

function refuse(reason: string): never {
  throw new StartProblem(`Cannot start: ${reason}.`);
}
