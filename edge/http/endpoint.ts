import type { ZodMiniType } from "zod/mini";
import type { Deps } from "../deps.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import type { Limits } from "./limits.ts";
import type { ServerTiming } from "./server-timing.ts";

/** One request, parsed, as an endpoint's handler sees it. */
export interface Call<Body = unknown> {
  deps: Deps;
  /** The transaction that also keeps the answer for a retry, where the request has a key. */
  sql: Sql;
  params: Readonly<Record<string, string>>;
  /** Holds only what `queryDoc` names, each once. */
  query: URLSearchParams;
  body: Body;
  /** The body's bytes, for what is signed. */
  rawBody: string;
  request: Request;
  requestId: string;
  /** Who is asking, as far as the network says it; absent where it does not. */
  clientIp: string | undefined;
  limits: Limits;
  nowMs: number;
  /** Version of `If-Match`; endpoints that need one say so by `ifMatch: true`. */
  ifMatch: number | undefined;
  idempotencyKey: string | undefined;
  timing: ServerTiming;
  /** Work that goes on after the answer; its failure is logged. */
  background: (work: Promise<unknown>) => void;
}

/** A call by somebody who is signed in. */
export interface PersonCall<Body = unknown> extends Call<Body> {
  person: Person;
}

/** An answer that is more than a 200 with a JSON body. */
export class Reply {
  readonly body: unknown;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(body: unknown, status: number, headers: Readonly<Record<string, string>> = {}) {
    this.body = body;
    this.status = status;
    this.headers = headers;
  }
}

/**
 * An answer whose head and body are ready to go: what every answer carries is put to it in one go,
 * which costs a quarter of changing a Response's headers afterwards.
 */
export class ReadyAnswer {
  readonly status: number;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  /** Their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    body: string | Uint8Array<ArrayBuffer> | null,
    headers: Readonly<Record<string, string>>,
  ) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** What an endpoint's `quick` gets: a reading request of which nothing was parsed yet. */
export interface QuickCall {
  deps: Deps;
  request: Request;
  /** As it is written behind the question mark. */
  rawQuery: string;
  timing: ServerTiming;
}

interface EndpointShape {
  /** One line for the API's description. */
  summary: string;
  /** Query parameters and what they mean; others are refused. The handler parses them. */
  queryDoc?: Readonly<Record<string, string>>;
  answer?: ZodMiniType;
  /**
   * Answers what is asked most, and plainly, without what a call in general costs; undefined leaves
   * a request to `handle`, which answers all of them alike. For what everybody may read.
   */
  quick?: (call: QuickCall) => Promise<ReadyAnswer> | undefined;
  /** The answer's status where it is not 200. */
  status?: number;
  /** How long the body may be, where not as long as anybody's. */
  maxBytes?: number;
  /** The request must carry `If-Match`. */
  ifMatch?: boolean;
  /**
   * `optional`: a retry with the same `Idempotency-Key` gets the first answer. `own`: the handler
   * keeps it, and the key is required.
   */
  idempotency?: "optional" | "own";
}

// A handler may answer with a value (200, JSON), a Reply, a ReadyAnswer, or a Response of its own.
type Handler<C> = (call: C) => Promise<unknown>;

/**
 * One verb on one path. `access` says who may call it at all: everybody, whoever is signed in, or
 * the hub by its signature. What is theirs to see or do, the verb decides.
 */
export type Endpoint =
  & EndpointShape
  & (
    | { access: "public"; body?: ZodMiniType; handle: Handler<Call<never>> }
    | { access: "person"; body?: ZodMiniType; handle: Handler<PersonCall<never>> }
    | { access: "hub"; body?: ZodMiniType; handle: Handler<Call<never>> }
  );

/** An endpoint for everybody. */
export function publicEndpoint<B extends ZodMiniType>(
  shape: EndpointShape & { body?: B; handle: Handler<Call<B["_zod"]["output"]>> },
): Endpoint {
  return { ...shape, access: "public" } as Endpoint;
}

/** An endpoint for whoever is signed in. */
export function personEndpoint<B extends ZodMiniType>(
  shape: EndpointShape & { body?: B; handle: Handler<PersonCall<B["_zod"]["output"]>> },
): Endpoint {
  return { ...shape, access: "person" } as Endpoint;
}

/** An endpoint for the hub alone. */
export function hubEndpoint<B extends ZodMiniType>(
  shape: EndpointShape & { body?: B; handle: Handler<Call<B["_zod"]["output"]>> },
): Endpoint {
  return { ...shape, access: "hub" } as Endpoint;
}
