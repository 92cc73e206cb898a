import * as z from "zod/mini";
import { SYSTEM_SENDER } from "../../shared/chat.ts";
import {
  Attached,
  Attaching,
  LogFlush,
  LogPage,
  LogStored,
  ThreadSnapshot,
} from "../../shared/hub.ts";
import { hubEndpoint, Reply } from "../http/endpoint.ts";
import { parseQuery, uuidParam } from "../http/query.ts";
import { berthOfThread } from "./berth-of-thread.ts";
import { entriesAfter, entryOf } from "./log-queries.ts";
import { snapshotThread } from "./snapshot-thread.ts";
import { storeLog } from "./store-log.ts";
import { tellInboxes } from "./tell-inboxes.ts";
import { attachPhoto } from "./thread-photos.ts";

export const getThreadSnapshot = hubEndpoint({
  summary: "What a thread's room begins with",
  answer: ThreadSnapshot,
  handle: ({ sql, params }) => snapshotThread(sql, uuidParam(params, "id"), false),
});

export const postThreadClaim = hubEndpoint({
  summary: "Take a thread's numbering over for a room without state",
  answer: ThreadSnapshot,
  handle: ({ sql, params }) => snapshotThread(sql, uuidParam(params, "id"), true),
});

export const postThreadLog = hubEndpoint({
  summary: "Store what a thread's room has flushed",
  body: LogFlush,
  answer: LogStored,
  async handle({ deps, sql, params, body, background }) {
    const threadId = uuidParam(params, "id");
    const { refused, ...stored } = await storeLog(sql, threadId, body);
    // What somebody has read is news to their other pages alone.
    const readers = body.entries.length > 0 ? undefined : Object.keys(body.reads);
    if (!refused && readers?.length !== 0) {
      background(tellInboxes(deps, threadId, stored.stored, readers));
    }
    return new Reply(stored, refused ? 409 : 200);
  },
});

export const postThreadAttach = hubEndpoint({
  summary: "What a message carries: a picture that was uploaded, the place of the berth",
  body: Attaching,
  answer: Attached,
  async handle({ deps, sql, params, body }) {
    const threadId = uuidParam(params, "id");
    const { senderId, clientId, photoId, berth } = body;
    const answer: Attached = {};
    if (berth) answer.berth = await berthOfThread(sql, threadId, senderId);
    if (photoId !== undefined) {
      answer.photo = await attachPhoto(sql, deps.blobs, threadId, { senderId, clientId, photoId });
    }
    return answer;
  },
});

const Count = z.string().check(z.regex(/^\d{1,15}$/));
const LogQuery = z.union([
  z.object({ after: Count, limit: Count }),
  z.object({
    senderId: z.union([z.guid(), z.literal(SYSTEM_SENDER)]),
    clientId: z.string(),
  }),
]);

export const getThreadLog = hubEndpoint({
  summary: "A part of a thread's log: after a seq, or the entry that a sender named so",
  queryDoc: { after: "seq", limit: "1–500", senderId: "whose entry", clientId: "its name" },
  answer: LogPage,
  async handle({ sql, params, query }) {
    const threadId = uuidParam(params, "id");
    const asked = parseQuery(query, LogQuery);
    const entries = "after" in asked
      ? entriesAfter(sql, threadId, Number(asked.after), Math.min(500, Number(asked.limit)))
      : entryOf(sql, threadId, asked.senderId, asked.clientId);
    return { entries: await entries };
  },
});
