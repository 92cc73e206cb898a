import { createServer } from "node:http";
import type { LogEntry, ReadMarks } from "../../shared/chat.ts";
import { Attaching, LogFlush } from "../../shared/hub.ts";
import type { Attached, BookingSnapshot, LogStored, ThreadSnapshot } from "../../shared/hub.ts";
import { hubSignatureCheck } from "../http/hub-signature.ts";
import { closeServer, listen } from "./listen.ts";
import { readBody } from "./read-body.ts";

/** A thread as Postgres would hold it. */
export interface PlayedThread {
  epoch: number;
  membersVersion: number;
  members: ThreadSnapshot["members"];
  reads: ReadMarks;
  log: LogEntry[];
  isKnown?: boolean;
  /** What may hang on a message, by picture's id; `berth` for where the berth lies. */
  attachments?: Map<string, Attached>;
}

/** The edge's internal routes for tests of rooms: real signatures, memory for a database. */
export interface PlayedEdge {
  readonly url: string;
  readonly threads: Map<string, PlayedThread>;
  readonly bookings: Map<string, BookingSnapshot>;
  /** How often each route was called, by `METHOD name`, refused calls too. */
  readonly calls: Map<string, number>;
  /** Answers 503 to everything while true. */
  isAway: boolean;
  /** Answers wait for it. */
  held: Promise<void> | undefined;
  /** Requests whose signature was not good. */
  unsigned: number;
  /** Resolves as soon as the condition holds, looking after every request. */
  until(condition: () => boolean): Promise<void>;
  stop(): Promise<void>;
}

export async function playEdge(secret: string): Promise<PlayedEdge> {
  const isHub = hubSignatureCheck(secret, () => Date.now());
  const waiting = new Set<() => void>();
  const server = createServer((request, response) => {
    void (async () => {
      const body = await readBody(request, 4_000_000).catch(() => undefined);
      // Rooms that are killed in the middle of a request are owed no answer.
      if (body === undefined) return void response.destroy();
      const url = new URL(request.url ?? "/", edge.url);
      const method = request.method ?? "GET";
      const headers = new Headers();
      for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
      await edge.held;
      const isSigned = await isHub(new Request(url, { method, headers }), body.toString());
      if (!isSigned) edge.unsigned += 1;
      const answer = isSigned ? answerTo(edge, method, url, body.toString()) : { status: 401 };
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(JSON.stringify("body" in answer ? answer.body : {}));
      for (const look of waiting) look();
    })();
  });
  const port = await listen(server, 0);
  const edge: PlayedEdge = {
    url: `http://127.0.0.1:${port}`,
    threads: new Map(),
    bookings: new Map(),
    calls: new Map(),
    isAway: false,
    held: undefined,
    unsigned: 0,
    until(condition) {
      return new Promise((resolve) => {
        const look = () => {
          if (!condition()) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      });
    },
    stop: () => closeServer(server),
  };
  return edge;
}

interface Answer {
  status: number;
  body?: unknown;
}

function answerTo(edge: PlayedEdge, method: string, url: URL, body: string): Answer {
  const [, , kind = "", id = "", part = ""] = url.pathname.split("/");
  const name = [method, kind, part].filter(Boolean).join(" ");
  edge.calls.set(name, (edge.calls.get(name) ?? 0) + 1);
  if (edge.isAway) return { status: 503 };
  if (name === "POST tick") return { status: 200 };
  if (name === "GET bookings") {
    const booking = edge.bookings.get(id);
    return booking ? { status: 200, body: booking } : { status: 404 };
  }
  const thread = edge.threads.get(id);
  if (!thread) return { status: 404 };
  switch (name) {
    case "POST threads claim":
      thread.epoch += 1;
      return { status: 200, body: snapshotOf(thread) };
    case "GET threads":
      return { status: 200, body: snapshotOf(thread) };
    case "GET threads log":
      return { status: 200, body: { entries: readLog(thread, url.searchParams) } };
    case "POST threads attach": {
      const { photoId = "berth" } = Attaching.parse(JSON.parse(body));
      const attached = thread.attachments?.get(photoId);
      return attached ? { status: 200, body: attached } : { status: 404 };
    }
    case "POST threads log":
      return storeLog(thread, LogFlush.parse(JSON.parse(body)));
    default:
      return { status: 404 };
  }
}

function snapshotOf(thread: PlayedThread): ThreadSnapshot {
  const { log, isKnown = false, attachments: _, ...rest } = thread;
  return { ...rest, isKnown, maxSeq: log.length, lastEntries: log.slice(-100) };
}

function readLog({ log }: PlayedThread, query: URLSearchParams): LogEntry[] {
  const clientId = query.get("clientId");
  if (clientId === null) {
    const after = Number(query.get("after"));
    return log.slice(after, after + Number(query.get("limit")));
  }
  const senderId = query.get("senderId");
  return log.filter((entry) => entry.senderId === senderId && entry.clientId === clientId);
}

const known = new WeakMap<LogEntry[], { names: Map<string, number>; last: LogEntry | undefined }>();

const nameOf = ({ senderId, clientId }: LogEntry) => `${senderId} ${clientId}`;

/** Seqs by name; a test may have changed the log by itself, a benchmark's is long. */
function namesOf(log: LogEntry[]): Map<string, number> {
  const { names, last } = known.get(log) ?? { names: new Map<string, number>(), last: undefined };
  if (log[names.size - 1] !== last) names.clear();
  for (const entry of log.slice(names.size)) names.set(nameOf(entry), entry.seq);
  known.set(log, { names, last: log.at(-1) });
  return names;
}

/** The rules at LogFlush, on an array. */
function storeLog(thread: PlayedThread, flush: LogFlush): Answer {
  const { log } = thread;
  const names = namesOf(log);
  const clashes = flush.entries.some((entry) => {
    const old = log[entry.seq - 1];
    const named = names.get(nameOf(entry));
    return (old !== undefined && old.id !== entry.id) ||
      (named !== undefined && named !== entry.seq);
  });
  const isRefused = flush.epoch < thread.epoch || clashes;
  if (!isRefused) {
    for (const entry of flush.entries) if (entry.seq === log.length + 1) log.push(entry);
    for (const [userId, seq] of Object.entries(flush.reads)) {
      thread.reads[userId] = Math.max(seq, thread.reads[userId] ?? 0);
    }
  }
  const body: LogStored = { epoch: thread.epoch, stored: log.length };
  return { status: isRefused ? 409 : 200, body };
}
