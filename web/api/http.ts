import type { Issue, ProblemCode } from "../../shared/problem.ts";

/** A failure's code: one of the API's, or what befell the request on its way. */
export type FailureCode = ProblemCode | "offline";

/**
 * A request that did not succeed. `detail` is the API's own sentence; `body` is the whole problem,
 * with what travels beside it (`current`, `quote`, `nearest`).
 */
export class ApiFailure extends Error {
  readonly code: FailureCode;
  readonly issues: readonly Issue[];
  readonly body: Readonly<Record<string, unknown>>;

  constructor(code: FailureCode, detail: string, body: Readonly<Record<string, unknown>> = {}) {
    super(detail);
    this.name = "ApiFailure";
    this.code = code;
    this.body = body;
    this.issues = Array.isArray(body["issues"]) ? body["issues"] as Issue[] : [];
  }
}

export type QueryValue = string | number | boolean | undefined;

export interface RequestOptions {
  query?: Readonly<Record<string, QueryValue>>;
  body?: unknown;
  /** Makes a repeated create harmless: the same key gets the same answer. */
  idempotencyKey?: string;
  /** The version seen, of the record that is changed. */
  ifMatch?: number;
  signal?: AbortSignal;
}

export interface Http {
  get<T>(path: string, query?: RequestOptions["query"], signal?: AbortSignal): Promise<T>;
  send<T>(method: "POST" | "PATCH" | "DELETE", path: string, options?: RequestOptions): Promise<T>;
}

export interface HttpDeps {
  fetch: typeof fetch;
  build: string;
  /** Told of every answer that says that nobody is signed in any more. */
  onSignedOut?: () => void;
  pause?: (ms: number) => Promise<void>;
}

/** Statuses that a proxy or a starting server gives; asking once more is safe for a read. */
const PASSING = new Set([502, 503, 504]);

/** The API over fetch. Reads are tried twice; a write never is: its caller holds the key. */
export function createHttp({ fetch, build, onSignedOut, pause = sleep }: HttpDeps): Http {
  async function once<T>(method: string, path: string, options: RequestOptions): Promise<T> {
    const headers: Record<string, string> = { "Dokkerr-Client": build };
    if (options.body !== undefined) headers["Content-Type"] = "application/json";
    if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
    if (options.ifMatch !== undefined) headers["If-Match"] = `"${options.ifMatch}"`;
    const init: RequestInit = { method, headers, credentials: "same-origin" };
    if (options.body !== undefined) init.body = JSON.stringify(options.body);
    if (options.signal) init.signal = options.signal;
    let response: Response;
    try {
      response = await fetch(`/api/${path}${queryToString(options.query)}`, init);
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new ApiFailure("offline", "The server cannot be reached");
    }
    const body: unknown = response.status === 204 ? undefined : await readJson(response);
    // The API's own answer, parsed there by the schema of this type.
    if (response.ok) return body as T;
    const failure = toFailure(response.status, body);
    if (failure.code === "unauthenticated") onSignedOut?.();
    throw failure;
  }

  return {
    async get(path, query, signal) {
      const options = { ...(query && { query }), ...(signal && { signal }) };
      try {
        return await once("GET", path, options);
      } catch (error) {
        if (!isPassing(error)) throw error;
        await pause(300 + 400 * Math.random());
        return once("GET", path, options);
      }
    },
    send: (method, path, options = {}) => once(method, path, options),
  };
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiFailure &&
    (error.code === "offline" || PASSING.has(Number(error.body["status"])));
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function toFailure(status: number, body: unknown): ApiFailure {
  const problem = typeof body === "object" && body !== null ? body as Record<string, unknown> : {};
  const code = typeof problem["code"] === "string" ? problem["code"] : codeOfStatus(status);
  const detail = problem["detail"] ?? problem["message"];
  return new ApiFailure(
    // A newer server may know more codes than this client; its sentence is shown then.
    code as FailureCode,
    typeof detail === "string" ? detail : `The server answered ${status}`,
    { status, ...problem },
  );
}

function codeOfStatus(status: number): ProblemCode {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not-found";
  if (status === 429) return "rate-limited";
  return PASSING.has(status) ? "unavailable" : "internal";
}

function queryToString(query: RequestOptions["query"]): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  const text = params.toString();
  return text && `?${text}`;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** A page of a list. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
