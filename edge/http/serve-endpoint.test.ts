import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { Problem } from "../../shared/problem.ts";
import { createApp, type Route } from "../app.ts";
import { parseConfig } from "../config.ts";
import type { Deps } from "../deps.ts";
import { Metrics } from "../platform/metrics.ts";
import { DatabaseAway } from "../platform/sql.ts";
import { personEndpoint, publicEndpoint, Reply } from "./endpoint.ts";

const person = { id: "p", name: "Ann", email: "a@b.c", role: "user", sessionId: "s" } as const;

const config = parseConfig({
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/none",
  S3_ENDPOINT: "http://127.0.0.1:2",
  S3_BUCKET: "b",
  AWS_ACCESS_KEY_ID: "k",
  AWS_SECRET_ACCESS_KEY: "s",
  PARTYKIT_HOST: "127.0.0.1:1999",
  PUBLIC_URL: "http://localhost:8787",
  AUTH_SECRET: "a".repeat(32),
  REALTIME_SECRET: "r".repeat(32),
  MIN_CLIENT_BUILD: "7",
});

const Body = z.object({
  name: z.string().check(z.minLength(2)),
  size: z.optional(z.object({ cm: z.int() })),
});

const ROUTES: readonly Route[] = [
  [
    "GET",
    "/api/thing",
    publicEndpoint({
      summary: "Read a thing",
      queryDoc: { q: "a word" },
      handle: () => Promise.resolve({ version: 3, name: "thing" }),
    }),
  ],
  [
    "POST",
    "/api/thing",
    publicEndpoint({
      summary: "Make a thing",
      body: Body,
      status: 201,
      handle: ({ body }) => Promise.resolve(body),
    }),
  ],
  [
    "PATCH",
    "/api/thing/:id",
    personEndpoint({
      summary: "Edit a thing",
      ifMatch: true,
      handle: ({ ifMatch, params }) => Promise.resolve({ ifMatch, id: params.id }),
    }),
  ],
  [
    "GET",
    "/api/broken",
    publicEndpoint({
      summary: "Fail",
      handle: () => Promise.reject(new Error("secret inside")),
    }),
  ],
  [
    "GET",
    "/api/away",
    publicEndpoint({
      summary: "Fail as Postgres does",
      handle: () => Promise.reject(new DatabaseAway("Cannot reach Postgres: nobody answers")),
    }),
  ],
  [
    "GET",
    "/api/slow",
    publicEndpoint({
      summary: "Ask to wait",
      handle: () => Promise.reject(new Problem("rate-limited", "no", { retryAfterSeconds: 9 })),
    }),
  ],
  [
    "DELETE",
    "/api/empty",
    publicEndpoint({
      summary: "Answer nothing",
      handle: () => Promise.resolve(new Reply(undefined, 204)),
    }),
  ],
  [
    "GET",
    "/api/own",
    publicEndpoint({
      summary: "Answer with a Response of its own",
      handle: () => Promise.resolve(Response.redirect("http://localhost:8787/elsewhere", 302)),
    }),
  ],
  ["POST", "/internal/thing", { access: "hub", summary: "Hub only", handle: async () => ({}) }],
];

const OWN_ID = /\b0707070707070707-[0-9a-z]+\b/;

const logged: { message: string; fields: object | undefined }[] = [];

function fakeDeps(): Deps {
  // The endpoints of this test touch no other part.
  return {
    config,
    identity: {
      personOf: (headers: Headers) => Promise.resolve(headers.has("Cookie") ? person : null),
    },
    metrics: new Metrics(),
    now: () => 1_800_000_000_000,
    randomBytes: (count: number) => new Uint8Array(count).fill(7),
    log: (_level: string, message: string, fields?: object) => logged.push({ message, fields }),
  } as unknown as Deps;
}

const app = createApp(fakeDeps(), ROUTES);

function ask(path: string, init: RequestInit = {}): Promise<Response> {
  return app.fetch(new Request(`http://localhost:8787${path}`, init));
}

async function problemOf(response: Response) {
  expect(response.headers.get("Content-Type")).toBe("application/problem+json");
  return (await response.json()) as
    & { code: string; detail: string; requestId: string }
    & Record<
      string,
      unknown
    >;
}

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  return ask("/api/thing", { method: "POST", body, headers });
}

describe("every answer", () => {
  test("has an id, its timing and what keeps browsers safe", async () => {
    const { headers } = await ask("/api/thing");
    expect(headers.get("X-Request-Id")).toMatch(OWN_ID);
    expect(headers.get("Server-Timing")).toMatch(/total;dur=\d/);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Cache-Control")).toBe("no-store, no-transform");
  });

  test("keeps a caller's own request id only where it is a sane one", async () => {
    const sane = await ask("/api/thing", { headers: { "X-Request-Id": "trace-12345678" } });
    expect(sane.headers.get("X-Request-Id")).toBe("trace-12345678");
    const odd = await ask("/api/thing", { headers: { "X-Request-Id": 'a" evil' } });
    expect(odd.headers.get("X-Request-Id")).toMatch(OWN_ID);
  });

  test("with a Response of the handler's own gets the headers too", async () => {
    const response = await ask("/api/own");
    expect(response.status).toBe(302);
    expect(response.headers.get("X-Request-Id")).toBeTruthy();
  });
});

describe("versions", () => {
  test("a record's version is its strong ETag, and knowing it gives 304", async () => {
    const first = await ask("/api/thing");
    expect(first.headers.get("ETag")).toBe('"3"');
    const again = await ask("/api/thing", { headers: { "If-None-Match": 'W/"3", "1"' } });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
    const other = await ask("/api/thing", { headers: { "If-None-Match": '"2"' } });
    expect(other.status).toBe(200);
  });

  test("HEAD answers as GET without a body", async () => {
    const response = await ask("/api/thing", { method: "HEAD" });
    expect(response.status).toBe(200);
    expect(response.headers.get("ETag")).toBe('"3"');
    expect(await response.text()).toBe("");
  });

  test.each([[undefined, 428], ["*", 400], ['"3", "4"', 400], ["3", 400], ['"03"', 400]])(
    "If-Match %s is refused with %i",
    async (ifMatch, status) => {
      const headers: Record<string, string> = { Cookie: "yes" };
      if (ifMatch !== undefined) headers["If-Match"] = ifMatch;
      const response = await ask("/api/thing/9", { method: "PATCH", headers });
      expect(response.status).toBe(status);
    },
  );

  test("If-Match reaches the handler, also where a proxy weakened it", async () => {
    for (const ifMatch of ['"12"', 'W/"12"']) {
      const response = await ask("/api/thing/9", {
        method: "PATCH",
        headers: { Cookie: "yes", "If-Match": ifMatch },
      });
      expect(await response.json()).toEqual({ ifMatch: 12, id: "9" });
    }
  });
});

describe("bodies", () => {
  test("a valid one reaches the handler", async () => {
    const response = await post('{"name":"Ann","size":{"cm":3}}');
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ name: "Ann", size: { cm: 3 } });
  });

  test("what is no JSON is `not-json`", async () => {
    const response = await post("{nope");
    expect(response.status).toBe(400);
    expect((await problemOf(response)).code).toBe("not-json");
  });

  test("an empty one is `not-json`", async () => {
    expect((await problemOf(await post(""))).code).toBe("not-json");
  });

  test("values that are not valid come as issues in words", async () => {
    const problem = await problemOf(await post('{"name":"A","size":{"cm":1.5}}'));
    expect(problem.code).toBe("invalid");
    expect(problem.detail).toMatch(/^Cannot read the body: name too small/);
    expect(problem.issues).toEqual([
      { path: "name", message: expect.stringContaining(">=2 characters") },
      { path: "size.cm", message: expect.stringContaining("int") },
    ]);
  });

  test("unknown values are refused by name, also inside", async () => {
    const problem = await problemOf(await post('{"name":"Ann","nmae":1,"size":{"cm":1,"in":2}}'));
    expect(problem.issues).toEqual([
      { path: "nmae", message: "Unknown value" },
      { path: "size.in", message: "Unknown value" },
    ]);
  });

  test("keys of Object.prototype are unknown values like others", async () => {
    const problem = await problemOf(await post('{"name":"Ann","constructor":{}}'));
    expect(problem.issues).toEqual([{ path: "constructor", message: "Unknown value" }]);
  });

  test("over 64 KiB is `too-large`, with or without Content-Length", async () => {
    const big = JSON.stringify({ name: "x".repeat(70_000) });
    expect((await post(big)).status).toBe(413);
    const stream = new Response(big).body;
    const response = await ask("/api/thing", {
      method: "POST",
      body: stream,
      duplex: "half",
    } as RequestInit);
    expect((await problemOf(response)).code).toBe("too-large");
  });

  test("bytes that are not UTF-8 are `bad-request`", async () => {
    const response = await ask("/api/thing", {
      method: "POST",
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    expect((await problemOf(response)).code).toBe("bad-request");
  });
});

describe("queries", () => {
  test("known parameters pass", async () => {
    expect((await ask("/api/thing?q=1")).status).toBe(200);
  });

  test("unknown and repeated ones are refused by name", async () => {
    const problem = await problemOf(await ask("/api/thing?Q=1&q=1&q=2"));
    expect(problem.issues).toEqual([
      { path: "Q", message: "Unknown parameter" },
      { path: "q", message: "Given twice" },
    ]);
  });
});

describe("who may ask", () => {
  test("nobody signed in is `unauthenticated`", async () => {
    const response = await ask("/api/thing/9", { method: "PATCH" });
    expect(response.status).toBe(401);
    expect((await problemOf(response)).code).toBe("unauthenticated");
  });

  test("an unsigned or badly signed request is not the hub's", async () => {
    expect((await ask("/internal/thing", { method: "POST", body: "{}" })).status).toBe(401);
    const forged = {
      "x-dokkerr-time": "1800000000",
      "x-dokkerr-nonce": "n".repeat(20),
      "x-dokkerr-signature": "0".repeat(64),
    };
    const response = await ask("/internal/thing", { method: "POST", body: "{}", headers: forged });
    expect(response.status).toBe(401);
  });

  test.each([
    ["http://localhost:8787", 201],
    ["http://127.0.0.1:8787", 201],
    ["http://localhost:9999", 403],
    ["https://localhost:8787", 403],
    ["https://evil.example", 403],
    ["null", 403],
  ])("a write from a page of %s answers %i", async (origin, status) => {
    expect((await post('{"name":"Ann"}', { Origin: origin })).status).toBe(status);
  });

  test("a read from another site's page is answered", async () => {
    const response = await ask("/api/thing", { headers: { Origin: "https://evil.example" } });
    expect(response.status).toBe(200);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBeNull();
  });

  test("a client of ours that is too old is asked to reload", async () => {
    const old = await ask("/api/thing", { headers: { "Dokkerr-Client": "6" } });
    expect(old.status).toBe(426);
    for (const build of ["7", "8", "dev", "0f3a"]) {
      const response = await ask("/api/thing", { headers: { "Dokkerr-Client": build } });
      expect(response.status).toBe(200);
    }
  });
});

describe("what fails", () => {
  test("inside tells its request id and nothing more, and is logged", async () => {
    const response = await ask("/api/broken");
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).toMatch(OWN_ID);
    expect(text).not.toContain("secret");
    expect(JSON.stringify(logged.at(-1))).toContain("secret inside");
  });

  test("because Postgres is away is 503 and says when to come back", async () => {
    const response = await ask("/api/away");
    expect(response.status).toBe(503);
    expect(response.headers.get("Retry-After")).toBe("2");
    expect((await problemOf(response)).code).toBe("unavailable");
  });

  test("because of a limit says how long to wait", async () => {
    const response = await ask("/api/slow");
    expect(response.status).toBe(429);
    expect(response.headers.get("Retry-After")).toBe("9");
  });
});

describe("what is no endpoint", () => {
  test("an unknown route is a problem", async () => {
    const response = await ask("/api/nothing");
    expect(response.status).toBe(404);
    expect((await problemOf(response)).code).toBe("not-found");
  });

  test("a wrong method says which are right", async () => {
    const response = await ask("/api/thing", { method: "DELETE" });
    expect(response.status).toBe(405);
    expect(response.headers.get("Allow")).toBe("OPTIONS, HEAD, GET, POST");
  });

  test("OPTIONS says what may be asked", async () => {
    const response = await ask("/api/thing/1", { method: "OPTIONS" });
    expect(response.status).toBe(204);
    expect(response.headers.get("Allow")).toBe("OPTIONS, PATCH");
  });

  test("an answer without a body has none", async () => {
    const response = await ask("/api/empty", { method: "DELETE" });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe("");
  });
});
