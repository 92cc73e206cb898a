import * as z from "zod/mini";
import {
  BookingNote,
  BookingState,
  ClientId,
  LogEntry,
  Member,
  Message,
  MessageBerth,
  MessagePhoto,
  PaymentState,
  ReadMarks,
  WaterChange,
} from "./chat.ts";

/** How far apart the clocks of edge and hub may be, and how long a nonce must be remembered. */
export const HUB_TOLERANCE_SECONDS = 30;

export const HUB_HEADERS = {
  time: "x-dokkerr-time",
  nonce: "x-dokkerr-nonce",
  signature: "x-dokkerr-signature",
} as const;

/** Who a request is for. In the signature, so that what one side said cannot be said to the other. */
export type HubAudience = "edge" | "hub";

export interface HubRequest {
  audience: HubAudience;
  method: string;
  /** Path and query, as requested. */
  path: string;
  body: string;
}

/** HMAC-SHA256 of a text under REALTIME_SECRET, lower-case hex. The platform brings it. */
export type Hmac = (text: string) => Promise<string>;

/**
 * What is signed. The body comes last: no other part can contain a newline, so no two requests
 * share a text; the first line keeps it apart from a JWT's signing input under the same key.
 */
export function canonicalRequest(request: HubRequest, timeSeconds: number, nonce: string): string {
  const { audience, method, path, body } = request;
  return ["dokkerr-hub-1", audience, method, path, timeSeconds, nonce, body].join("\n");
}

/** The headers that a signed request carries. */
export async function signHubRequest(
  request: HubRequest,
  timeSeconds: number,
  nonce: string,
  hmac: Hmac,
): Promise<Record<string, string>> {
  return {
    [HUB_HEADERS.time]: String(timeSeconds),
    [HUB_HEADERS.nonce]: nonce,
    [HUB_HEADERS.signature]: await hmac(canonicalRequest(request, timeSeconds, nonce)),
  };
}

export type HubVerdict =
  | { ok: true; nonce: string }
  | { ok: false; reason: "unsigned" | "stale" | "forged" };

/**
 * Whether a request was signed by the other side, for us, within the tolerance. A caller that must
 * not act twice also remembers the nonce for twice the tolerance.
 */
export async function checkHubRequest(
  request: HubRequest,
  headers: { get(name: string): string | null },
  nowSeconds: number,
  hmac: Hmac,
): Promise<HubVerdict> {
  const time = headers.get(HUB_HEADERS.time) ?? "";
  const nonce = headers.get(HUB_HEADERS.nonce) ?? "";
  const signature = headers.get(HUB_HEADERS.signature) ?? "";
  if (!/^\d{1,12}$/.test(time) || !/^[\w-]{16,64}$/.test(nonce) || signature === "") {
    return { ok: false, reason: "unsigned" };
  }
  const expected = await hmac(canonicalRequest(request, Number(time), nonce));
  if (!isSameText(expected, signature)) return { ok: false, reason: "forged" };
  if (Math.abs(nowSeconds - Number(time)) > HUB_TOLERANCE_SECONDS) {
    return { ok: false, reason: "stale" };
  }
  return { ok: true, nonce };
}

/** Compares in a time that does not tell where two texts differ. */
function isSameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

const Close = z.object({
  kind: z.literal("close"),
  userId: z.string(),
  /** Only this session's sockets; without it all of the person's. */
  sessionId: z.optional(z.string()),
});
/** Nobody berths a fleet in one conversation. */
export const MAX_MEMBERS = 1_024;
const RoomMembers = z.array(Member).check(z.maxLength(MAX_MEMBERS));
const Members = z.object({
  kind: z.literal("members"),
  version: z.int(),
  members: RoomMembers,
});

const Said = { senderId: z.string(), clientId: ClientId };

/** What is written through the edge; each answers WrittenAnswer. `seq` is the message's. */
const ThreadWrite = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("send"),
    ...Said,
    text: z.string(),
    photoId: z.optional(z.string()),
    berth: z.optional(z.literal(true)),
  }),
  z.object({ kind: z.literal("edit"), ...Said, seq: z.int(), text: z.string() }),
  z.object({ kind: z.literal("delete"), ...Said, seq: z.int() }),
]);
export type ThreadWrite = z.infer<typeof ThreadWrite>;

/** Edge → thread room: a ThreadWrite, or what answers PushAnswer. */
export const ThreadPush = z.discriminatedUnion("kind", [
  ThreadWrite,
  /** A booking's move, told to both; `isKnown`: a stay of theirs was agreed, so they are no strangers. */
  z.object({
    kind: z.literal("booking"),
    note: BookingNote,
    text: z.string(),
    isKnown: z.boolean(),
  }),
  Members,
  Close,
]);
export type ThreadPush = z.infer<typeof ThreadPush>;

/** Edge → booking room. */
export const BookingPush = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("booking"), booking: BookingState }),
  z.object({ kind: z.literal("payment"), payment: PaymentState }),
  Members,
  Close,
]);
export type BookingPush = z.infer<typeof BookingPush>;

/** Edge → a person's inbox. What it carries is shown as it is: ids and short texts. */
export const InboxPush = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("booking"),
    booking: z.extend(BookingState, { bookingId: z.string() }),
  }),
  z.object({ kind: z.literal("thread"), thread: z.looseObject({ threadId: z.string() }) }),
  Close,
  /**
   * Hub → inbox: a session has opened a room, by a ticket of `issuedAt` (ms since 1970). Not applied
   * where the session has ended meanwhile.
   */
  z.object({
    kind: z.literal("opened"),
    party: z.enum(["thread", "booking"]),
    id: z.string(),
    sessionId: z.string(),
    issuedAt: z.int(),
  }),
]);
export type InboxPush = z.infer<typeof InboxPush>;

/** Edge → water: what changed there, in any order; a room tells each version of a dock once. */
export const WaterPush = z.object({
  kind: z.literal("water"),
  changes: z.array(WaterChange).check(z.maxLength(500)),
});
export type WaterPush = z.infer<typeof WaterPush>;

/** Edge → clock: start beating where it does not yet. */
export const ClockPush = z.object({ kind: z.literal("arm") });
export type ClockPush = z.infer<typeof ClockPush>;

/** What was written: the entry of the log, the message where it is one. */
export const WrittenAnswer = z.object({ entry: LogEntry, message: z.optional(Message) });
export type WrittenAnswer = z.infer<typeof WrittenAnswer>;

/** `applied` is false where the room had it already, or something newer. */
export const PushAnswer = z.object({ applied: z.boolean() });
export type PushAnswer = z.infer<typeof PushAnswer>;

/** An inbox's answer to `close`: `rooms` (`thread:ID`) are to be told it too. */
export const CloseAnswer = z.extend(PushAnswer, { rooms: z.array(z.string()) });
export type CloseAnswer = z.infer<typeof CloseAnswer>;

/** Hub → edge: where the edge answers it. */
export const INTERNAL = {
  /** GET → ThreadSnapshot. */
  thread: (id: string) => `/internal/threads/${id}`,
  /**
   * POST {} → ThreadSnapshot. A room without state takes the numbering over: in one transaction the
   * thread's `epoch` grows by one and is answered with the rest. Saying it twice is harmless.
   */
  claim: (id: string) => `/internal/threads/${id}/claim`,
  /** POST LogFlush → LogStored, or 409 LogStored where nothing was stored (rules at LogFlush). */
  log: (id: string) => `/internal/threads/${id}/log`,
  /** GET → LogPage: up to `limit` (≤ 500) entries above `after`, ascending. */
  logAfter: (id: string, after: number, limit: number) =>
    `/internal/threads/${id}/log?after=${after}&limit=${limit}`,
  /** GET → LogPage with the one entry of this sender and clientId, or none. */
  logEntry: (id: string, senderId: string, clientId: string) =>
    `/internal/threads/${id}/log?senderId=${encodeURIComponent(senderId)}&clientId=${
      encodeURIComponent(clientId)
    }`,
  /** POST Attaching → Attached; 404 where there is no such picture, or the berth is not theirs to tell. */
  attach: (id: string) => `/internal/threads/${id}/attach`,
  /** GET → BookingSnapshot. */
  booking: (id: string) => `/internal/bookings/${id}`,
  /** POST {} → {}: due holds, outbox, retention. */
  tick: "/internal/tick",
} as const;

/** What a room needs to begin: `lastEntries` are the newest ≤ 100, ascending, up to `maxSeq`. */
export const ThreadSnapshot = z.object({
  epoch: z.int(),
  maxSeq: z.int(),
  membersVersion: z.int(),
  members: RoomMembers,
  reads: ReadMarks,
  /** Whether a stay of theirs was ever agreed. */
  isKnown: z.boolean(),
  lastEntries: z.array(LogEntry),
});
export type ThreadSnapshot = z.infer<typeof ThreadSnapshot>;

/** What a message carries beside its text; `clientId` is the message's, and binds the picture to it. */
export const Attaching = z.object({
  ...Said,
  photoId: z.optional(z.string()),
  berth: z.optional(z.literal(true)),
});
export type Attaching = z.infer<typeof Attaching>;

export const Attached = z.object({
  photo: z.optional(MessagePhoto),
  berth: z.optional(MessageBerth),
});
export type Attached = z.infer<typeof Attached>;

/**
 * Entries for Postgres, ascending without holes; `reads` are marks to raise (never to lower). In
 * one transaction, the thread's row locked:
 * 1. `epoch` below the thread's: 409, nothing stored.
 * 2. An entry whose seq is stored with another id, or whose (sender, clientId) is stored under
 *    another seq: 409, nothing stored.
 * 3. Entries already stored are passed over; others are stored while they follow `maxSeq` without
 *    a hole. The answer says where that ended: a lower `stored` than sent asks for what lies between.
 * 4. A deletion erases the text of what it deletes, and of its edits.
 */
export const LogFlush = z.object({
  epoch: z.int(),
  entries: z.array(LogEntry),
  reads: ReadMarks,
});
export type LogFlush = z.infer<typeof LogFlush>;

/** `stored` is the thread's highest seq now. */
export const LogStored = z.object({ epoch: z.int(), stored: z.int() });
export type LogStored = z.infer<typeof LogStored>;

export const LogPage = z.object({ entries: z.array(LogEntry) });
export type LogPage = z.infer<typeof LogPage>;

export const BookingSnapshot = z.object({
  booking: BookingState,
  payment: z.nullable(PaymentState),
  membersVersion: z.int(),
  members: RoomMembers,
});
export type BookingSnapshot = z.infer<typeof BookingSnapshot>;
