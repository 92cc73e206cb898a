import { expect, test } from "vitest";
import { ConfigProblem, parseConfig } from "./config.ts";

const ENV: Record<string, string> = {
  DATABASE_URL: "postgres://u:p@127.0.0.1:5432/dokkerr",
  S3_ENDPOINT: "http://127.0.0.1:9000",
  S3_BUCKET: "photos",
  AWS_ACCESS_KEY_ID: "key",
  AWS_SECRET_ACCESS_KEY: "secret",
  PARTYKIT_HOST: "127.0.0.1:1999",
  PUBLIC_URL: "http://localhost:8787/",
  AUTH_SECRET: "a".repeat(32),
  REALTIME_SECRET: "r".repeat(32),
};

test("parseConfig fills in what has a usual value, and no secret", () => {
  expect(parseConfig(ENV)).toMatchObject({
    host: "127.0.0.1",
    port: 8787,
    publicUrl: "http://localhost:8787",
    edgeUrl: "http://localhost:8787",
    redis: undefined,
    stripe: undefined,
    demo: false,
    clientIpHeader: undefined,
  });
});

test("parseConfig takes what is set", () => {
  const config = parseConfig({
    ...ENV,
    PORT: "0",
    EDGE_URL: "https://api.dokkerr.example",
    UPSTASH_REDIS_REST_URL: "https://redis.example",
    UPSTASH_REDIS_REST_TOKEN: "t",
    DATABASE_REPLICA_URLS: "postgres://a/x, postgres://b/x",
    DEMO: "1",
    CLIENT_IP_HEADER: "X-Real-IP",
    STRIPE_SECRET_KEY: "sk_live",
    STRIPE_WEBHOOK_SECRET: "whsec",
    STRIPE_PUBLISHABLE_KEY: "pk_live",
    UNRELATED: "is left alone",
  });
  expect(config).toMatchObject({
    port: 0,
    edgeUrl: "https://api.dokkerr.example",
    redis: { url: "https://redis.example", token: "t" },
    database: { replicaUrls: ["postgres://a/x", "postgres://b/x"] },
    demo: true,
    clientIpHeader: "X-Real-IP",
    stripe: {
      secretKey: "sk_live",
      webhookSecret: "whsec",
      publishableKey: "pk_live",
      apiUrl: undefined,
    },
  });
});

test.each(Object.keys(ENV))("parseConfig without %s says so", (name) => {
  for (const unset of [undefined, ""]) {
    expect(() => parseConfig({ ...ENV, [name]: unset })).toThrow(
      new ConfigProblem(`Cannot start: ${name} is not set.`),
    );
  }
});

test.each([
  ["PORT", "70000"],
  ["PORT", "http"],
  ["DATABASE_URL", "mysql://x"],
  ["DATABASE_URL", "nonsense"],
  ["DATABASE_REPLICA_URLS", "postgres://a/x,nonsense"],
  ["S3_ENDPOINT", "127.0.0.1:9000"],
  ["PARTYKIT_HOST", "http://127.0.0.1:1999"],
  ["PUBLIC_URL", "localhost:8787"],
  ["AUTH_SECRET", "short"],
  ["REALTIME_SECRET", "short"],
  ["DEMO", "yes"],
])("parseConfig refuses %s=%s in one sentence that names it", (name, value) => {
  expect(() => parseConfig({ ...ENV, [name]: value })).toThrow(
    new RegExp(`^Cannot start: ${name} [^\\n]+\\.$`),
  );
});

test.each([
  ["UPSTASH_REDIS_REST_URL", "https://r.example", "UPSTASH_REDIS_REST_TOKEN"],
  ["UPSTASH_REDIS_REST_TOKEN", "t", "UPSTASH_REDIS_REST_URL"],
  ["STRIPE_SECRET_KEY", "sk", "STRIPE_WEBHOOK_SECRET"],
  ["STRIPE_WEBHOOK_SECRET", "whsec", "STRIPE_SECRET_KEY"],
  ["STRIPE_PUBLISHABLE_KEY", "pk", "STRIPE_SECRET_KEY"],
  ["STRIPE_API_URL", "http://127.0.0.1:12111", "STRIPE_SECRET_KEY"],
])("parseConfig with %s alone misses its other half", (name, value, missing) => {
  expect(() => parseConfig({ ...ENV, [name]: value })).toThrow(
    `Cannot start: ${name} is set but ${missing} is not.`,
  );
});
