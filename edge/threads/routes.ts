import * as z from "zod/mini";
import { NewThread, NewTicket, Page, Thread, Ticket } from "../../shared/api.ts";
import { ClientId, Message, normalizeText, textProblem } from "../../shared/chat.ts";
import { Problem } from "../../shared/problem.ts";
import { nameToRoom } from "../../shared/ticket.ts";
import { uuidV7 } from "../../shared/ids.ts";
import { personEndpoint, Reply } from "../http/endpoint.ts";
import { numberKey, readPage, toPage, uuidKey } from "../http/page.ts";
import { PAGE_QUERY, uuidParam } from "../http/query.ts";
import { invalid } from "../http/validate.ts";
import type { Sql } from "../platform/sql.ts";
import { issueTicket } from "./issue-ticket.ts";
import { messagesBefore } from "./log-queries.ts";
import { openThread } from "./open-thread.ts";
import { findThread, listThreads } from "./thread-queries.ts";

export const postThread = personEndpoint({
  summary: "Open the conversation with a dock's host, or find it again",
  body: NewThread,
  answer: Thread,
  status: 201,
  idempotency: "optional",
  async handle({ deps, sql, person, body, nowMs }) {
    const newId = uuidV7(nowMs, deps.randomBytes(10));
    const thread = await openThread(sql, person.id, body.dockId, newId);
    return new Reply(thread, thread.id === newId ? 201 : 200);
  },
});

export const getThreads = personEndpoint({
  summary: "Your conversations, newest first",
  queryDoc: PAGE_QUERY,
  answer: Page(Thread),
  async handle({ sql, person, query }) {
    const { after, limit } = readPage(query, uuidKey);
    return toPage(await listThreads(sql, person.id, after, limit + 1), limit, ({ id }) => id);
  },
});

export const getThread = personEndpoint({
  summary: "One of your conversations",
  answer: Thread,
  async handle({ sql, person, params }) {
    return await ownThread(sql, person.id, uuidParam(params, "id"));
  },
});

export const getMessages = personEndpoint({
  summary: "A conversation's messages, newest first",
  queryDoc: { ...PAGE_QUERY, before: "only messages with a lower seq" },
  answer: Page(Message),
  async handle({ sql, person, params, query }) {
    const thread = await ownThread(sql, person.id, uuidParam(params, "id"));
    const { after, limit } = readPage(query, numberKey);
    const messages = await messagesBefore(sql, thread.id, after ?? readBefore(query), limit + 1);
    return toPage(messages, limit, ({ seq }) => seq);
  },
});

export const postMessage = personEndpoint({
  summary: "Send a message without a socket; `clientId` makes a resend harmless",
  body: z.object({ text: z.string(), clientId: z.optional(ClientId) }),
  answer: Message,
  status: 201,
  async handle({ deps, sql, person, params, body, request, nowMs }) {
    const thread = await ownThread(sql, person.id, uuidParam(params, "id"));
    const text = normalizeText(body.text);
    const fault = textProblem(text);
    if (fault) throw cannotSend("text", fault === "empty" ? "Is empty" : "Is too long");
    // The key of a retry serves as the message's own name, so that one mechanism dedupes both.
    const key = request.headers.get("Idempotency-Key");
    const clientId = body.clientId ?? key ?? uuidV7(nowMs, deps.randomBytes(10));
    if (!ClientId.safeParse(clientId).success) {
      throw cannotSend("Idempotency-Key", "Must be 1–64 letters, digits or . _ : - here");
    }
    const sent = await deps.hub.send(thread.id, { senderId: person.id, clientId, text });
    return new Reply(sent, 201);
  },
});

export const postTicket = personEndpoint({
  summary: "A ticket into one live room, for one person, for a minute",
  body: NewTicket,
  answer: Ticket,
  status: 201,
  async handle({ deps, sql, person, body }) {
    const name = body.room === "inbox:me" ? `inbox:${person.id}` : body.room;
    const room = nameToRoom(name);
    if (!room) throw new Problem("not-found", `Cannot give ticket: there is no room ${name}`);
    return new Reply(await issueTicket(deps, sql, person, room), 201);
  },
});

async function ownThread(sql: Sql, personId: string, id: string) {
  const thread = await findThread(sql, personId, id);
  if (!thread) {
    throw new Problem("not-found", "Cannot find thread: there is none of yours by that id");
  }
  return thread;
}

function readBefore(query: URLSearchParams): number | undefined {
  const text = query.get("before");
  if (text === null) return undefined;
  const before = numberKey(text);
  if (before === undefined) {
    throw invalid("Cannot list", [{ path: "before", message: "Must be a message's seq" }]);
  }
  return before;
}

function cannotSend(path: string, message: string): Problem {
  return invalid("Cannot send message", [{ path, message }]);
}
