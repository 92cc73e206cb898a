import { Problem } from "../../shared/problem.ts";
import type { Deps } from "../deps.ts";
import type { Person } from "../identity/identity.ts";
import { isUnreachable, type Sql } from "../platform/sql.ts";
import { checkClientBuild } from "./client-build.ts";
import { type Call, type Endpoint, ReadyAnswer, Reply } from "./endpoint.ts";
import { answerOnce, hashBody, readKey } from "./idempotency.ts";
import type { Limits } from "./limits.ts";
import { ifMatchVersion, isNotModified } from "./preconditions.ts";
import { checkQuery } from "./query.ts";
import { rawQueryOf } from "./raw-query.ts";
import { MAX_BODY_BYTES, MAX_HUB_BODY_BYTES, parseJson, readText } from "./read-body.ts";
import { checkOrigin } from "./request-origin.ts";
import { answerToResponse, problemToResponse, readyToResponse } from "./respond.ts";
import { ServerTiming } from "./server-timing.ts";
import { parseValue } from "./validate.ts";

/** What all endpoints of an app share. */
export interface Server {
  deps: Deps;
  limits: Limits;
  requestId: (request: Request) => string;
  /** What every answer carries; their names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Whether the hub signed a request; its body has been read already. */
  isHub: (request: Request, rawBody: string) => Promise<boolean>;
  observe: (method: string, path: string, status: number, ms: number) => void;
}

/** A request at its route. */
export interface Incoming {
  request: Request;
  params: Readonly<Record<string, string>>;
  readonly clientIp: string | undefined;
  background: (work: Promise<unknown>) => void;
}

const WRITE_METHODS = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** Serves one endpoint: everything between a request at its route and its answer. */
export function serveEndpoint(
  server: Server,
  path: string,
  endpoint: Endpoint,
): (incoming: Incoming) => Promise<Response> {
  return (incoming) =>
    answer(server, path, incoming, async (base) => {
      const ready = askQuick(server, endpoint, incoming.request, base);
      if (ready) return await ready;
      const call = await admit(server, endpoint, incoming, base);
      return toResponse(endpoint, incoming.request, await run(endpoint, call));
    });
}

/** Serves what is no endpoint (a wrong method, a file of the client) with the same headers. */
export function servePlain(
  server: Server,
  path: string,
  serve: (request: Request) => Response | Promise<Response>,
): (incoming: Incoming) => Promise<Response> {
  return (incoming) => answer(server, path, incoming, async () => await serve(incoming.request));
}

interface Base {
  requestId: string;
  timing: ServerTiming;
}

function askQuick(
  { deps }: Server,
  { quick }: Endpoint,
  request: Request,
  { timing }: Base,
): Promise<ReadyAnswer> | undefined {
  if (!quick || request.method !== "GET") return undefined;
  checkClientBuild(request.headers, deps.config.minClientBuild);
  return quick({ deps, request, rawQuery: rawQueryOf(request.url), timing });
}

async function answer(
  server: Server,
  path: string,
  { request }: Incoming,
  work: (base: Base) => Promise<Response | ReadyAnswer>,
): Promise<Response> {
  const start = performance.now();
  const requestId = server.requestId(request);
  const timing = new ServerTiming();
  let answered: Response | ReadyAnswer;
  try {
    answered = await work({ requestId, timing });
  } catch (error) {
    answered = failureToResponse(server.deps, error, requestId, request, path);
  }
  const ms = performance.now() - start;
  timing.add("total", ms);
  server.observe(request.method, path, answered.status, ms);
  if (answered instanceof ReadyAnswer) {
    return readyToResponse(answered, server.headers, requestId, timing.header());
  }
  const response = mutable(answered);
  const { headers } = response;
  for (const name in server.headers) headers.set(name, server.headers[name]!);
  headers.set("X-Request-Id", requestId);
  headers.set("Server-Timing", timing.header());
  // Answers depend on who asks and change at any moment: an endpoint that knows better says so.
  if (!headers.has("Cache-Control")) headers.set("Cache-Control", "no-store");
  return response;
}

/** The checks that every request passes before its handler, in the order of their cost. */
async function admit(
  server: Server,
  endpoint: Endpoint,
  { request, params, clientIp, background }: Incoming,
  { requestId, timing }: Base,
): Promise<{ call: Call; person: Person | undefined }> {
  const { deps, limits } = server;
  checkClientBuild(request.headers, deps.config.minClientBuild);
  checkOrigin(request, deps.config.publicUrl);
  const query = new URL(request.url).searchParams;
  checkQuery(query, endpoint.queryDoc);
  const isWrite = WRITE_METHODS.has(request.method);

  let person: Person | undefined;
  if (endpoint.access === "person") {
    person = await timing.measure("session", () => deps.identity.personOf(request.headers)) ??
      undefined;
    if (!person) throw new Problem("unauthenticated", "Cannot answer: nobody is signed in");
    // Fifty boats booked in a second must pass, a script in a loop must not.
    const takes = deps.config.writesPerMinute;
    if (isWrite) limits.take({ name: "writes", takes, seconds: 60 }, person.id);
  }

  const usualBytes = endpoint.access === "hub" ? MAX_HUB_BODY_BYTES : MAX_BODY_BYTES;
  const maxBytes = endpoint.maxBytes ?? usualBytes;
  const rawBody = isWrite ? await readText(request, maxBytes) : "";
  if (endpoint.access === "hub" && !await server.isHub(request, rawBody)) {
    throw new Problem("unauthenticated", "Cannot answer: the hub did not sign this request");
  }
  const body = endpoint.body
    ? parseValue(endpoint.body, parseJson(rawBody), "Cannot read the body")
    : undefined;

  const ifMatch = ifMatchVersion(request.headers);
  if (endpoint.ifMatch && ifMatch === undefined) {
    throw new Problem("precondition-required", "Cannot change it: If-Match is missing");
  }
  const idempotencyKey = endpoint.idempotency === undefined ? undefined : readKey(request.headers);
  if (endpoint.idempotency === "own" && idempotencyKey === undefined) {
    throw new Problem("idempotency-key-required", "Cannot do that: Idempotency-Key is missing");
  }
  const call: Call = {
    deps,
    sql: deps.sql,
    params,
    query,
    body,
    rawBody,
    request,
    requestId,
    clientIp,
    limits,
    nowMs: deps.now(),
    ifMatch,
    idempotencyKey,
    timing,
    background,
  };
  return { call, person };
}

async function run(
  endpoint: Endpoint,
  { call, person }: { call: Call; person: Person | undefined },
): Promise<unknown> {
  // The endpoint's makers tie `handle` to its own schema and access: what admit() gave is what it
  // takes.
  const handle = endpoint.handle as (call: Call & { person?: Person }) => Promise<unknown>;
  const full = person ? { ...call, person } : call;
  if (endpoint.idempotency !== "optional" || !person || call.idempotencyKey === undefined) {
    return await handle(full);
  }
  const kept = await answerOnce(call.sql, {
    personId: person.id,
    route: routeOf(call.request),
    key: call.idempotencyKey,
    bodyHash: await hashBody(call.body),
  }, async (tx: Sql) => {
    const answer = await handle({ ...full, sql: tx });
    if (answer instanceof Response) throw new Error("an answer that is kept must be a Reply");
    const { body, status } = answer instanceof Reply
      ? answer
      : new Reply(answer, endpoint.status ?? 200);
    return { body, status };
  });
  return new Reply(kept.body, kept.status);
}

/** What an Idempotency-Key belongs to, beside its person: `POST /api/docks/7/blocks`. */
export function routeOf(request: Request): string {
  return `${request.method} ${new URL(request.url).pathname}`;
}

function toResponse(
  endpoint: Endpoint,
  request: Request,
  answered: unknown,
): Response | ReadyAnswer {
  if (answered instanceof ReadyAnswer) return answered;
  const response = answerToResponse(answered, endpoint.status ?? 200);
  const isRead = request.method === "GET" || request.method === "HEAD";
  if (!isRead || response.status !== 200) return response;
  if (!isNotModified(request.headers, response.headers.get("ETag"))) return response;
  const headers = new Headers(response.headers);
  headers.delete("Content-Type");
  headers.delete("Content-Length");
  return new Response(null, { status: 304, headers });
}

function failureToResponse(
  deps: Deps,
  error: unknown,
  requestId: string,
  request: Request,
  path: string,
): Response {
  if (error instanceof Problem) {
    return problemToResponse(error, requestId);
  }
  const where = { requestId, method: request.method, path };
  if (isUnreachable(error)) {
    deps.log("warn", "the database cannot be reached", { ...where, error: String(error) });
    const problem = new Problem(
      "unavailable",
      "Cannot answer now: the database cannot be reached",
      { retryAfterSeconds: 2 },
    );
    return problemToResponse(problem, requestId);
  }
  const stack = error instanceof Error ? error.stack : String(error);
  deps.log("error", "a request failed", { ...where, stack });
  const problem = new Problem("internal", `Cannot answer: something failed here, ${requestId}`);
  return problemToResponse(problem, requestId);
}

// A Response of fetch() or of Response.redirect() has headers that cannot be changed.
function mutable(response: Response): Response {
  try {
    response.headers.set("X-Content-Type-Options", "nosniff");
    return response;
  } catch {
    return new Response(response.body, response);
  }
}
