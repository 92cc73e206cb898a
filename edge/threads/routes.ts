import * as z from "zod/mini";
import { NewThread, NewTicket, Page, Thread, Ticket } from "../../shared/api.ts";
import { ClientId, Message, normalizeText, textProblem } from "../../shared/chat.ts";
import { NewPhoto, PhotoUpload } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import { nameToRoom } from "../../shared/ticket.ts";
import { Uuid, uuidV7 } from "../../shared/ids.ts";
import { type PersonCall, personEndpoint, Reply } from "../http/endpoint.ts";
import { numberKey, readPage, toPage, uuidKey } from "../http/page.ts";
import { PAGE_QUERY, uuidParam } from "../http/query.ts";
import { invalid } from "../http/validate.ts";
import { issueTicket } from "./issue-ticket.ts";
import { messageAt, messagesBefore } from "./log-queries.ts";
import { openThread } from "./open-thread.ts";
import { ownThread, writableThread } from "./own-thread.ts";
import { announcePhoto, readPhoto } from "./thread-photos.ts";
import { listThreads } from "./thread-queries.ts";

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
  body: z.object({
    text: z.optional(z.string()),
    clientId: z.optional(ClientId),
    photoId: z.optional(Uuid),
    berth: z.optional(z.literal(true)),
  }),
  answer: Message,
  status: 201,
  async handle(call) {
    const { deps, sql, person, params, body: { photoId, berth, ...body } } = call;
    const thread = await writableThread(sql, person.id, uuidParam(params, "id"));
    const text = normalizeText(body.text ?? "");
    const fault = textProblem(text);
    const isBare = photoId === undefined && berth === undefined;
    if (fault === "too-long" || (fault === "empty" && isBare)) throw badText(fault);
    const sent = await deps.hub.send(thread.id, {
      senderId: person.id,
      clientId: nameOf(call),
      text,
      ...(photoId === undefined ? {} : { photoId }),
      ...(berth === undefined ? {} : { berth }),
    });
    return new Reply(sent, 201);
  },
});

export const patchMessage = personEndpoint({
  summary: "Edit one of your messages",
  body: z.object({ text: z.string(), clientId: z.optional(ClientId) }),
  answer: Message,
  async handle(call) {
    const { deps, sql, person, params, body } = call;
    const thread = await writableThread(sql, person.id, uuidParam(params, "id"));
    const seq = seqParam(params);
    const text = normalizeText(body.text);
    const fault = textProblem(text);
    if (fault === "too-long") throw badText(fault);
    const entry = await deps.hub.change(thread.id, {
      kind: "edit",
      senderId: person.id,
      clientId: nameOf(call),
      seq,
      text,
    });
    const message = await messageAt(sql, thread.id, seq);
    if (!message) {
      throw new Problem("unavailable", "Cannot show message: its room has not stored it yet");
    }
    // The room may not have brought the edit to the database yet.
    return entry.kind === "edit"
      ? { ...message, text: entry.text, editedAt: entry.sentAt }
      : message;
  },
});

export const deleteMessage = personEndpoint({
  summary: "Take one of your messages back: its words and its picture are erased",
  status: 204,
  async handle(call) {
    const { deps, sql, person, params } = call;
    const thread = await ownThread(sql, person.id, uuidParam(params, "id"));
    const change = { kind: "delete", senderId: person.id, seq: seqParam(params) } as const;
    await deps.hub.change(thread.id, { ...change, clientId: nameOf(call) });
    return new Reply(undefined, 204);
  },
});

export const postThreadPhoto = personEndpoint({
  summary: "Announce a picture for a message: answers where to PUT it",
  body: NewPhoto,
  answer: PhotoUpload,
  status: 201,
  async handle({ deps, sql, person, params, body, nowMs }) {
    const thread = await writableThread(sql, person.id, uuidParam(params, "id"));
    const photoId = uuidV7(nowMs, deps.randomBytes(10));
    const ask = { threadId: thread.id, senderId: person.id, photoId, photo: body, nowMs };
    return new Reply(await announcePhoto(sql, deps.blobs, ask), 201);
  },
});

export const getThreadPhoto = personEndpoint({
  summary: "A conversation's picture, for its members",
  async handle({ deps, sql, person, params }) {
    const thread = await ownThread(sql, person.id, uuidParam(params, "id"));
    const blob = await readPhoto(deps, thread.id, params["file"] ?? "");
    if (blob === undefined) throw new Problem("not-found", "Cannot find photo: there is none");
    const headers = new Headers({
      "Content-Type": blob.contentType,
      // It may be taken back: other people's caches must not keep it, and its reader's not for long.
      "Cache-Control": "private, max-age=3600",
      // A file that somebody uploaded is a picture and never a page.
      "Content-Security-Policy": "default-src 'none'; sandbox",
    });
    if (blob.bytes !== undefined) headers.set("Content-Length", String(blob.bytes));
    return new Response(blob.body, { headers });
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

/** The key of a retry serves as the message's own name, so that one mechanism dedupes both. */
function nameOf(call: PersonCall): string {
  const { deps, body, request, nowMs } = call;
  const key = request.headers.get("Idempotency-Key");
  const named = (body as { clientId?: string } | undefined)?.clientId;
  const clientId = named ?? key ?? uuidV7(nowMs, deps.randomBytes(10));
  if (ClientId.safeParse(clientId).success) return clientId;
  throw cannotSend("Idempotency-Key", "Must be 1–64 letters, digits or . _ : - here");
}

function seqParam(params: Readonly<Record<string, string>>): number {
  const seq = numberKey(params["seq"] ?? "");
  if (seq === undefined) throw new Problem("not-found", "Cannot find message: that is no seq");
  return seq;
}

function badText(fault: "empty" | "too-long"): Problem {
  return cannotSend("text", fault === "empty" ? "Is empty" : "Is too long");
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
