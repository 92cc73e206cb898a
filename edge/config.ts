import * as z from "zod/mini";

/** A setting that stops the start; its sentence names the variable. */
export class ConfigProblem extends Error {
  override readonly name = "ConfigProblem";
}

type Env = Readonly<Record<string, string | undefined>>;

const words = z.locales.en().localeError;
const Text = z.string().check(z.trim(), z.minLength(1));
const Secret = z.string().check(
  z.minLength(32, { error: "must be at least 32 characters" }),
);
const HttpUrl = z.string().check(
  z.refine((text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol), {
    error: "must be a URL that begins with http:// or https://",
  }),
);
const PostgresUrl = z.string().check(
  z.refine(isPostgresUrl, { error: "must be a URL that begins with postgres:// or postgresql://" }),
);
const PostgresUrls = z.string().check(
  z.refine((text) => toList(text).every(isPostgresUrl), {
    error: "must be URLs that begin with postgres://, with commas between them",
  }),
);
const HostPort = z.string().check(
  z.regex(/^[^\s/:]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i, {
    error: "must be a host and a port, like 127.0.0.1:1999",
  }),
);
const Whole = z.string().check(z.regex(/^\d{1,9}$/, { error: "must be a whole number" }));
const Port = Whole.check(
  z.refine((text) => Number(text) <= 65_535, { error: "must be a port, 0 to 65535" }),
);

const Variables = z.object({
  HOST: z._default(Text, "127.0.0.1"),
  PORT: z._default(Port, "8787"),
  DATABASE_URL: PostgresUrl,
  DATABASE_REPLICA_URLS: z.optional(PostgresUrls),
  DATABASE_POOL: z._default(Whole, "16"),
  NEON_GATEWAY: z.optional(HostPort),
  UPSTASH_REDIS_REST_URL: z.optional(HttpUrl),
  UPSTASH_REDIS_REST_TOKEN: z.optional(Text),
  S3_ENDPOINT: HttpUrl,
  S3_BUCKET: Text,
  AWS_ACCESS_KEY_ID: Text,
  AWS_SECRET_ACCESS_KEY: Text,
  AWS_REGION: z._default(Text, "auto"),
  PARTYKIT_HOST: HostPort,
  EDGE_URL: z.optional(HttpUrl),
  PUBLIC_URL: HttpUrl,
  AUTH_SECRET: Secret,
  REALTIME_SECRET: Secret,
  WEB_DIR: z.optional(Text),
  DEMO: z.optional(z.string().check(z.regex(/^[01]$/, { error: "must be 0 or 1" }))),
  CLIENT_IP_HEADER: z.optional(Text),
  MIN_CLIENT_BUILD: z._default(Whole, "1"),
  WRITES_PER_MINUTE: z._default(Whole, "1200"),
  STRIPE_SECRET_KEY: z.optional(Text),
  STRIPE_WEBHOOK_SECRET: z.optional(Text),
  STRIPE_PUBLISHABLE_KEY: z.optional(Text),
  STRIPE_API_URL: z.optional(HttpUrl),
});

/** Variables that are set together or not at all. */
const PAIRS = [
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"],
  ["STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"],
] as const;

/** The edge's settings, parsed once. */
export interface Config {
  host: string;
  port: number;
  database: {
    url: string;
    replicaUrls: readonly string[];
    /** `host:port` of the bundled gateway, where Postgres is not Neon. */
    gateway: string | undefined;
    poolSize: number;
  };
  redis: { url: string; token: string } | undefined;
  blobs: {
    endpoint: string;
    bucket: string;
    accessKeyId: string;
    secretAccessKey: string;
    region: string;
  };
  /** `host[:port]` of the hub. */
  hubHost: string;
  /** Where the hub reaches the edge. */
  edgeUrl: string;
  /** Origin under which browsers see the product, with no slash at its end. */
  publicUrl: string;
  authSecret: string;
  realtimeSecret: string;
  webDir: string | undefined;
  /** Demo accounts exist: all parts are embedded and the public URL is loopback. */
  demo: boolean;
  /** Header in which the operator's own proxy says the client's address. */
  clientIpHeader: string | undefined;
  /** Our own clients below this build are asked to reload. */
  minClientBuild: number;
  /** Of one person; all of them may come at once. */
  writesPerMinute: number;
  /** Absent: cards cannot be taken, and no dock collects online. */
  stripe:
    | {
      secretKey: string;
      webhookSecret: string;
      /** What a browser pays with. */
      publishableKey: string | undefined;
      /** The simulator's address; undefined: Stripe's own. */
      apiUrl: string | undefined;
    }
    | undefined;
}

/**
 * The settings of an environment. Empty variables count as unset.
 *
 * @throws {ConfigProblem} with one sentence about the first variable that is missing or bad.
 */
export function parseConfig(env: Env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  for (const pair of PAIRS) {
    const [missing] = pair.filter((name) => given[name] === undefined);
    const [present] = pair.filter((name) => given[name] !== undefined);
    if (missing && present) {
      throw new ConfigProblem(`Cannot start: ${present} is set but ${missing} is not.`);
    }
  }
  for (const name of ["STRIPE_PUBLISHABLE_KEY", "STRIPE_API_URL"]) {
    if (given[name] !== undefined && given.STRIPE_SECRET_KEY === undefined) {
      throw new ConfigProblem(`Cannot start: ${name} is set but STRIPE_SECRET_KEY is not.`);
    }
  }
  const result = z.safeParse(Variables, given, { error: words });
  if (!result.success) {
    const [issue] = result.error.issues;
    const name = String(issue?.path[0]);
    const reason = given[name] === undefined ? "is not set" : issue?.message;
    throw new ConfigProblem(`Cannot start: ${name} ${reason}.`);
  }
  return toConfig(result.data);
}

function toConfig(env: z.infer<typeof Variables>): Config {
  const publicUrl = new URL(env.PUBLIC_URL).origin;
  return {
    host: env.HOST,
    port: Number(env.PORT),
    database: {
      url: env.DATABASE_URL,
      replicaUrls: toList(env.DATABASE_REPLICA_URLS ?? ""),
      gateway: env.NEON_GATEWAY,
      poolSize: Number(env.DATABASE_POOL),
    },
    redis: env.UPSTASH_REDIS_REST_URL && env.UPSTASH_REDIS_REST_TOKEN
      ? { url: env.UPSTASH_REDIS_REST_URL, token: env.UPSTASH_REDIS_REST_TOKEN }
      : undefined,
    blobs: {
      endpoint: env.S3_ENDPOINT,
      bucket: env.S3_BUCKET,
      accessKeyId: env.AWS_ACCESS_KEY_ID,
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY,
      region: env.AWS_REGION,
    },
    hubHost: env.PARTYKIT_HOST,
    edgeUrl: env.EDGE_URL ?? publicUrl,
    publicUrl,
    authSecret: env.AUTH_SECRET,
    realtimeSecret: env.REALTIME_SECRET,
    webDir: env.WEB_DIR,
    demo: env.DEMO === "1",
    clientIpHeader: env.CLIENT_IP_HEADER,
    minClientBuild: Number(env.MIN_CLIENT_BUILD),
    writesPerMinute: Number(env.WRITES_PER_MINUTE),
    stripe: env.STRIPE_SECRET_KEY && env.STRIPE_WEBHOOK_SECRET
      ? {
        secretKey: env.STRIPE_SECRET_KEY,
        webhookSecret: env.STRIPE_WEBHOOK_SECRET,
        publishableKey: env.STRIPE_PUBLISHABLE_KEY,
        apiUrl: env.STRIPE_API_URL && new URL(env.STRIPE_API_URL).origin,
      }
      : undefined,
  };
}

function isPostgresUrl(text: string): boolean {
  return URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol);
}

function toList(text: string): string[] {
  return text.split(",").map((one) => one.trim()).filter((one) => one !== "");
}
