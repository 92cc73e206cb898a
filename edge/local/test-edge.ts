import { webcrypto } from "node:crypto";
import { neonConfig } from "@neondatabase/serverless";
import WebSocket from "ws";
import { uuidV7 } from "../../shared/ids.ts";
import { type App, createApp } from "../app.ts";
import { assemble } from "../assemble.ts";
import { type Config, parseConfig } from "../config.ts";
import type { Deps } from "../deps.ts";
import { createPlaceIndex } from "../docks/place-index.ts";
import { COOKIE_PREFIX } from "../identity/accounts.ts";
import { createSessionCookie } from "../identity/session-cookie.ts";
import { createNeonSql } from "../platform/neon-sql.ts";
import type { Sql } from "../platform/sql.ts";
import { createFakeHub, type FakeHub } from "./fake-hub.ts";
import { createTestDatabase } from "./testing.ts";

/** Somebody signed in; `fetch` sends their cookie. */
export interface TestPerson {
  id: string;
  name: string;
  email: string;
  cookie: string;
  fetch: TestFetch;
}

/** Asks the app: `fetch("POST /api/boats", body, headers)`. A body goes as JSON; text goes as it is. */
export type TestFetch = (
  route: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Response>;

/** The real app over a database of its own; clock and hub are the test's. */
export interface TestEdge {
  app: App;
  deps: Deps;
  sql: Sql;
  /** Milliseconds since 1970; what the app takes for now. The database keeps its own clock. */
  clock: { nowMs: number };
  hub: FakeHub;
  /** What was logged at level `error`. A test that expects none looks here. */
  errors: string[];
  /** Somebody who is not signed in. */
  fetch: TestFetch;
  /** Waits for the work that goes on after answers. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface TestEdgeOptions {
  /** Changes of the environment that the edge is configured by. */
  env?: Record<string, string>;
  /** Parts in place of the usual ones. */
  parts?: Partial<Deps>;
}

const ORIGIN = "http://localhost:8787";

/** Makes an app over a new, migrated, empty database. Its suite closes it. */
export async function createTestEdge(options: TestEdgeOptions = {}): Promise<TestEdge> {
  const database = await createTestDatabase();
  const config = parseConfig({
    DATABASE_URL: database.databaseUrl,
    NEON_GATEWAY: database.neonGateway,
    DATABASE_POOL: "12",
    // Nothing listens there: a suite that needs the object store starts one and names it.
    S3_ENDPOINT: "http://127.0.0.1:9",
    S3_BUCKET: "test",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    PARTYKIT_HOST: "127.0.0.1:1999",
    // Nor there: what the provider is to be asked waits. A suite that pays starts a simulator.
    STRIPE_API_URL: "http://127.0.0.1:9",
    STRIPE_SECRET_KEY: "sk_test_nobody",
    STRIPE_PUBLISHABLE_KEY: "pk_test_nobody",
    STRIPE_WEBHOOK_SECRET: "whsec_nobody",
    PUBLIC_URL: ORIGIN,
    AUTH_SECRET: "test-auth-secret-".repeat(3),
    REALTIME_SECRET: "test-realtime-secret-".repeat(2),
    ...options.env,
  });
  // Node 20 has no WebSocket of its own.
  neonConfig.webSocketConstructor = WebSocket;
  const sql = createNeonSql({
    databaseUrl: config.database.url,
    gateway: config.database.gateway,
    poolSize: config.database.poolSize,
  });
  const clock = { nowMs: Date.now() };
  const errors: string[] = [];
  const work = new Set<Promise<unknown>>();
  const background = (one: Promise<unknown>) => {
    work.add(one);
    void one.finally(() => work.delete(one)).catch(() => {});
  };
  const { hub, deps } = makeDeps(config, sql, clock, errors, background);
  Object.assign(deps, options.parts);
  const app = createApp(deps);
  return {
    app,
    deps,
    sql,
    clock,
    hub,
    errors,
    fetch: fetchWith(app, background),
    async settle() {
      while (work.size > 0) await Promise.allSettled(work);
    },
    async close() {
      while (work.size > 0) await Promise.allSettled(work);
      await sql.end();
      await database.drop();
    },
  };
}

function makeDeps(
  config: Config,
  sql: Sql,
  clock: { nowMs: number },
  errors: string[],
  background: (work: Promise<unknown>) => void,
): { hub: FakeHub; deps: Deps } {
  const now = () => clock.nowMs;
  const randomBytes = (count: number) => webcrypto.getRandomValues(new Uint8Array(count));
  const log: Deps["log"] = (level, message, fields) => {
    if (level === "error") errors.push(`${message} ${JSON.stringify(fields)}`);
  };
  const deps = assemble(config, {
    sql,
    places: createPlaceIndex({ harbours: [] }),
    assets: undefined,
    now,
    randomBytes,
    fetch: () => Promise.reject(new Error("the test has no hub")),
    log,
    background,
    tileBytes: 32e6,
  });
  const hub = createFakeHub(deps.hub);
  return { hub, deps: { ...deps, hub } };
}

function fetchWith(
  app: App,
  background: (work: Promise<unknown>) => void,
  cookie?: string,
): TestFetch {
  return (route, body, headers = {}) => {
    const [method = "GET", path = "/"] = route.split(" ");
    const init: RequestInit = {
      method,
      headers: { ...(cookie === undefined ? {} : { Cookie: cookie }), ...headers },
    };
    if (body !== undefined) init.body = typeof body === "string" ? body : JSON.stringify(body);
    return app.fetch(new Request(ORIGIN + path, init), { background });
  };
}

/**
 * Somebody with an account and a session, written to the tables directly: a password's hash would
 * cost a third of a second. Without an address of its own an account gets one nobody else has.
 */
export async function signUp(
  edge: TestEdge,
  name: string,
  options: { email?: string; role?: "user" | "admin" } = {},
): Promise<TestPerson> {
  const { sql, deps } = edge;
  const id = uuidV7(deps.now(), deps.randomBytes(10));
  const email = options.email ?? `${id}@test.dokkerr.test`;
  const token = webcrypto.randomUUID();
  await sql.query(
    `WITH new_person AS (
       INSERT INTO person (id, name, email, role) VALUES ($1, $2, $3, $4)
     )
     INSERT INTO session (id, token, person_id, expires_at)
     VALUES (uuidv7(), $5, $1, now() + interval '1 day')`,
    [id, name, email, options.role ?? "user", token],
  );
  const { publicUrl, authSecret } = deps.config;
  const setCookie = await createSessionCookie(COOKIE_PREFIX, publicUrl, authSecret).set(token);
  const cookie = setCookie.slice(0, setCookie.indexOf(";"));
  const ask: TestFetch = (route, body, headers = {}) =>
    edge.fetch(route, body, { Cookie: cookie, ...headers });
  return { id, name, email, cookie, fetch: ask };
}
