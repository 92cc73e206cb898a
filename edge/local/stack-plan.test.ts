import { expect, test } from "vitest";
import { planStack } from "./stack-plan.ts";
import { StartProblem } from "./start-problem.ts";

const secrets = { AUTH_SECRET: "a".repeat(32), REALTIME_SECRET: "b".repeat(32) };
const redis = { UPSTASH_REDIS_REST_URL: "https://x.upstash.io", UPSTASH_REDIS_REST_TOKEN: "t" };
const aws = { AWS_ACCESS_KEY_ID: "k", AWS_SECRET_ACCESS_KEY: "s" };
const s3 = { S3_ENDPOINT: "https://s3.example.com", S3_BUCKET: "b", ...aws };
const neon = { DATABASE_URL: "postgres://u:p@ep-cool-1.eu-central-1.aws.neon.tech/db" };

test("planStack embeds everything where nothing is set", () => {
  expect(planStack({ PATH: "/bin", DATABASE_URL: " ", ...aws })).toEqual({
    postgres: true,
    redis: true,
    s3: true,
    rooms: true,
    edge: true,
    stripe: true,
    isNeon: false,
    isDemo: true,
    given: {},
  });
});

test("planStack leaves out what a variable names, and then makes no demo", () => {
  expect(planStack({ ...neon, ...redis, ...s3, ...secrets, PARTYKIT_HOST: "hub.example.com" }))
    .toEqual({
      postgres: false,
      redis: false,
      s3: false,
      rooms: false,
      edge: true,
      stripe: true,
      isNeon: true,
      isDemo: false,
      given: { ...neon, ...redis, ...s3, ...secrets, PARTYKIT_HOST: "hub.example.com" },
    });
  expect(planStack({ ...secrets, DATABASE_URL: "postgresql://u@db.example.com:5433/db" }))
    .toMatchObject({ postgres: false, isNeon: false, redis: true, isDemo: false });
});

test("planStack makes a demo only where browsers are on this machine", () => {
  expect(planStack({ PUBLIC_URL: "http://127.0.0.1:9000" }).isDemo).toBe(true);
  expect(planStack({ PUBLIC_URL: "https://dokkerr.example.com", ...secrets }).isDemo).toBe(false);
});

test("planStack plays a payment provider only where browsers are on this machine", () => {
  expect(planStack({ PUBLIC_URL: "http://127.0.0.1:9000" }).stripe).toBe(true);
  expect(planStack({ PUBLIC_URL: "https://dokkerr.example.com", ...secrets }).stripe).toBe(false);
  const stripe = { STRIPE_SECRET_KEY: "sk", STRIPE_WEBHOOK_SECRET: "wh", ...secrets };
  expect(planStack(stripe).stripe).toBe(false);
});

test.each<[Record<string, string>, RegExp]>([
  [{ UPSTASH_REDIS_REST_URL: "https://x" }, /UPSTASH_REDIS_REST_TOKEN is not/],
  [{ UPSTASH_REDIS_REST_TOKEN: "t" }, /UPSTASH_REDIS_REST_URL is not/],
  [{ S3_ENDPOINT: "https://s3" }, /S3_BUCKET is not/],
  [{ S3_BUCKET: "b" }, /S3_ENDPOINT is not/],
  [{ S3_ENDPOINT: "https://s3", S3_BUCKET: "b" }, /AWS_ACCESS_KEY_ID is not/],
  [{ STRIPE_SECRET_KEY: "sk_test" }, /STRIPE_WEBHOOK_SECRET is not/],
  [{ STRIPE_WEBHOOK_SECRET: "whsec" }, /STRIPE_SECRET_KEY is not/],
  [{ STRIPE_PUBLISHABLE_KEY: "pk" }, /STRIPE_SECRET_KEY is not/],
  [{ DATABASE_REPLICA_URLS: "postgres://r/db" }, /DATABASE_URL is not/],
  [neon, /AUTH_SECRET is not set, and secrets have no default/],
  [{ ...neon, AUTH_SECRET: "a".repeat(32) }, /REALTIME_SECRET is not set/],
  [{ ...redis }, /AUTH_SECRET is not set/],
  [{ PARTYKIT_HOST: "hub.example.com" }, /AUTH_SECRET is not set/],
  [{ EDGE_URL: "https://edge.example.com" }, /AUTH_SECRET is not set/],
  [{ PUBLIC_URL: "https://dokkerr.example.com" }, /AUTH_SECRET is not set/],
  [{ ...secrets, AUTH_SECRET: "short" }, /AUTH_SECRET must be at least 32/],
  [{ ...secrets, DATABASE_URL: "mysql://u@h/db" }, /DATABASE_URL must be a URL that begins/],
  [{ ...secrets, DATABASE_URL: "postgres://u@h/" }, /DATABASE_URL .*names no host or no database/],
  [{ ...secrets, ...neon, DATABASE_REPLICA_URLS: "nonsense" }, /DATABASE_REPLICA_URLS/],
  [{ PUBLIC_URL: "dokkerr.example.com" }, /PUBLIC_URL must be a URL/],
  [{ ...secrets, PARTYKIT_HOST: "https://hub.example.com/" }, /PARTYKIT_HOST must be a host/],
  [{ ...redis, ...secrets, UPSTASH_REDIS_REST_URL: "redis://x" }, /UPSTASH_REDIS_REST_URL must/],
])("planStack refuses %j in a sentence", (env, sentence) => {
  expect(() => planStack(env)).toThrow(StartProblem);
  expect(() => planStack(env)).toThrow(sentence);
});
