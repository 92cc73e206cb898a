import type * as z from "zod/mini";
import type { LogEntry } from "../shared/chat.ts";
import {
  Attached,
  BookingSnapshot,
  INTERNAL,
  LogPage,
  LogStored,
  signHubRequest,
  ThreadSnapshot,
} from "../shared/hub.ts";
import type { Attaching, Hmac, LogFlush } from "../shared/hub.ts";

const TIMEOUT_MS = 10_000;

/** The edge did not answer, or not in a way that this hub understands. Try again later. */
export class EdgeUnavailable extends Error {
  override name = "EdgeUnavailable";
}

export type FlushAnswer = LogStored & { isRefused: boolean };

/** The edge's internal routes as a room calls them. All of them throw EdgeUnavailable. */
export interface EdgeClient {
  thread(id: string): Promise<ThreadSnapshot>;
  claim(id: string): Promise<ThreadSnapshot>;
  flush(id: string, body: LogFlush): Promise<FlushAnswer>;
  logAfter(id: string, after: number, limit: number): Promise<LogEntry[]>;
  logEntry(id: string, senderId: string, clientId: string): Promise<LogEntry | undefined>;
  /** What a message carries; undefined where there is no such thing, or it is not the sender's. */
  attach(id: string, asked: Attaching): Promise<Attached | undefined>;
  booking(id: string): Promise<BookingSnapshot>;
  tick(): Promise<void>;
}

interface EdgeClientOptions {
  edgeUrl: string;
  hmac: Hmac;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  now: () => number;
  newNonce: () => string;
}

export function createEdgeClient(options: EdgeClientOptions): EdgeClient {
  const { edgeUrl, hmac, fetch, now, newNonce } = options;

  async function call(method: "GET" | "POST", path: string, body = ""): Promise<Response> {
    try {
      const request = { audience: "edge", method, path, body } as const;
      const signed = await signHubRequest(request, Math.floor(now() / 1000), newNonce(), hmac);
      return await fetch(edgeUrl + path, {
        method,
        headers: { ...signed, ...(body === "" ? {} : { "content-type": "application/json" }) },
        ...(body === "" ? {} : { body }),
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch (error) {
      throw new EdgeUnavailable(`Cannot call ${path}: the edge does not answer`, { cause: error });
    }
  }

  async function read<T extends z.ZodMiniType>(
    path: string,
    response: Response,
    schema: T,
  ): Promise<z.infer<T>> {
    const body: unknown = await response.json().catch(() => undefined);
    const parsed = schema.safeParse(body);
    if (!parsed.success) {
      throw new EdgeUnavailable(
        `Cannot call ${path}: the answer is ${response.status}, unreadable`,
      );
    }
    return parsed.data;
  }

  async function ask<T extends z.ZodMiniType>(
    method: "GET" | "POST",
    path: string,
    schema: T,
  ): Promise<z.infer<T>> {
    const response = await call(method, path, method === "POST" ? "{}" : "");
    if (!response.ok) {
      await response.body?.cancel();
      throw new EdgeUnavailable(`Cannot call ${path}: the answer is ${response.status}`);
    }
    return read(path, response, schema);
  }

  return {
    thread: (id) => ask("GET", INTERNAL.thread(id), ThreadSnapshot),
    claim: (id) => ask("POST", INTERNAL.claim(id), ThreadSnapshot),
    booking: (id) => ask("GET", INTERNAL.booking(id), BookingSnapshot),
    async flush(id, body) {
      const path = INTERNAL.log(id);
      const response = await call("POST", path, JSON.stringify(body));
      const isRefused = response.status === 409;
      if (!response.ok && !isRefused) {
        await response.body?.cancel();
        throw new EdgeUnavailable(`Cannot call ${path}: the answer is ${response.status}`);
      }
      return { ...await read(path, response, LogStored), isRefused };
    },
    async attach(id, asked) {
      const path = INTERNAL.attach(id);
      const response = await call("POST", path, JSON.stringify(asked));
      if (response.ok) return await read(path, response, Attached);
      await response.body?.cancel();
      if (response.status === 404 || response.status === 422) return undefined;
      throw new EdgeUnavailable(`Cannot call ${path}: the answer is ${response.status}`);
    },
    async logAfter(id, after, limit) {
      return (await ask("GET", INTERNAL.logAfter(id, after, limit), LogPage)).entries;
    },
    async logEntry(id, senderId, clientId) {
      return (await ask("GET", INTERNAL.logEntry(id, senderId, clientId), LogPage)).entries[0];
    },
    async tick() {
      const response = await call("POST", INTERNAL.tick, "{}");
      await response.body?.cancel();
      if (!response.ok) throw new EdgeUnavailable(`Cannot tick: the answer is ${response.status}`);
    },
  };
}
