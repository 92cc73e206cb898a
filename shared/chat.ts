import * as z from "zod/mini";

/**
 * Changes with the frames: a client that speaks another number than its room asks for a reload.
 * A deploy leaves old and new side by side for minutes, so a frame that an older peer can ignore
 * does not need a new number; one that it would misread does.
 */
export const PROTOCOL = 2;

/** A frame's size on the wire, UTF-8 bytes. */
export const MAX_FRAME_BYTES = 16_384;
/** A message's text, UTF-16 code units, after trimming. */
export const MAX_TEXT = 4_000;
/** A refused frame is answered; this many on one socket close it. */
export const MAX_BAD_FRAMES = 3;
/** What one `sync` sends at most; `synced` says where to go on. */
export const SYNC_LIMIT = 5_000;
/** How long a "typing" is believed, milliseconds. */
export const TYPING_TTL_MS = 6_000;

/** Why a room closed a socket (RFC 6455 §7.4.2 leaves 4000–4999 to applications). */
export const CLOSE = {
  badFrames: 4400,
  ticket: 4401,
  notMember: 4403,
  signedOut: 4410,
  crowded: 4408,
  flood: 4429,
  unavailable: 4503,
} as const;

const Seq = z.int().check(z.gte(0));

/** The sender's own name for a message: a resend carries it again, so that it is stored once. */
export const ClientId = z.string().check(z.regex(/^[\w.:-]{1,64}$/));

/** Whose messages the product writes itself: a booking's moves. No person's id is like it. */
export const SYSTEM_SENDER = "system";

/** What a text from somebody not yet known contains (contact-flags.ts): shown with a warning. */
export const MessageFlag = z.enum(["contact", "payment", "link"]);
export type MessageFlag = z.infer<typeof MessageFlag>;

/** A picture of a conversation; `url` is below the API's origin and open to its members alone. */
export const MessagePhoto = z.object({
  id: z.string(),
  url: z.string(),
  width: z.int(),
  height: z.int(),
});
export type MessagePhoto = z.infer<typeof MessagePhoto>;

/** Where the berth lies: degrees, WGS 84. */
export const MessageBerth = z.object({
  dockId: z.int(),
  name: z.string(),
  lat: z.number(),
  lon: z.number(),
});
export type MessageBerth = z.infer<typeof MessageBerth>;

/** A booking's move, told in its conversation. `actorId` is null where nobody made it. */
export const BookingNote = z.object({
  bookingId: z.string(),
  version: z.int(),
  status: z.string(),
  from: z.string(),
  to: z.string(),
  actorId: z.nullable(z.string()),
});
export type BookingNote = z.infer<typeof BookingNote>;

/**
 * A message as everybody sees it. `sentAt` is the room's clock, ISO 8601 in UTC. Of a deleted one
 * only its place is left: its text is empty and nothing hangs on it.
 */
export const Message = z.object({
  seq: Seq.check(z.gte(1)),
  id: z.string(),
  clientId: z.string(),
  senderId: z.string(),
  text: z.string(),
  sentAt: z.string(),
  photo: z.optional(MessagePhoto),
  berth: z.optional(MessageBerth),
  booking: z.optional(BookingNote),
  flags: z.optional(z.array(MessageFlag)),
  editedAt: z.optional(z.string()),
  deleted: z.optional(z.literal(true)),
});
export type Message = z.infer<typeof Message>;

/** `target` and `targetId` are the seq and the id of the message that is meant. */
const Change = z.object({
  seq: Seq.check(z.gte(1)),
  id: z.string(),
  clientId: z.string(),
  senderId: z.string(),
  sentAt: z.string(),
  target: Seq,
  targetId: z.string(),
});
const Edit = z.extend(Change, { text: z.string(), flags: z.optional(z.array(MessageFlag)) });

/**
 * One step of a thread's log. Every kind takes the next `seq` of the same row, so a reader that
 * has all numbers has everything; what is shown is a projection of it.
 */
export const LogEntry = z.discriminatedUnion("kind", [
  z.extend(Message, { kind: z.literal("message") }),
  z.extend(Edit, { kind: z.literal("edit") }),
  z.extend(Change, { kind: z.literal("delete") }),
]);
export type LogEntry = z.infer<typeof LogEntry>;
export type MessageEntry = Extract<LogEntry, { kind: "message" }>;
export type ChangeEntry = Exclude<LogEntry, MessageEntry>;

/** Someone who may be in the room. `role` is theirs in the thread or booking. */
export const Member = z.object({ userId: z.string(), role: z.string(), name: z.string() });
export type Member = z.infer<typeof Member>;

/** A booking's live state; it only ever moves to a higher `version`. */
export const BookingState = z.looseObject({ version: z.int(), status: z.string() });
export type BookingState = z.infer<typeof BookingState>;

export const PaymentState = z.looseObject({ version: z.int(), status: z.string() });
export type PaymentState = z.infer<typeof PaymentState>;

/** How far each person has read: user id → seq. */
export const ReadMarks = z.record(z.string(), Seq);
export type ReadMarks = z.infer<typeof ReadMarks>;

const FrameText = z.string().check(z.maxLength(MAX_TEXT * 2));

/** Everything that a client may say. */
export const ClientFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message.send"),
    clientId: ClientId,
    text: FrameText,
    /** A picture that was uploaded to this thread by its sender. */
    photoId: z.optional(z.string().check(z.maxLength(64))),
    /** Where the thread's berth lies, to be filled in by the room. */
    berth: z.optional(z.literal(true)),
  }),
  z.object({ type: z.literal("message.edit"), clientId: ClientId, seq: Seq, text: FrameText }),
  z.object({ type: z.literal("message.delete"), clientId: ClientId, seq: Seq }),
  z.object({ type: z.literal("message.read"), seq: Seq }),
  z.object({ type: z.literal("typing") }),
  z.object({ type: z.literal("sync"), after: Seq }),
  z.object({ type: z.literal("ping") }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const FrameErrorCode = z.enum([
  /** Not JSON, not a frame, or not one of this room's. */
  "bad-frame",
  "too-large",
  /** A message with nothing in it, or longer than MAX_TEXT. */
  "empty",
  "too-long",
  /** To be edited or deleted: no message of the sender's, or not there any more. */
  "not-yours",
  /** The picture was not uploaded, or the berth is not to be told. */
  "no-attachment",
  /** Try again after `retryAfterMs`. */
  "rate-limited",
  /** The room cannot store it now; the same frame may be sent again. */
  "unavailable",
]);
export type FrameErrorCode = z.infer<typeof FrameErrorCode>;

/** `lastSeenAt`, ISO 8601 in UTC, where they are away and were here before. */
const PresentMember = z.extend(Member, {
  online: z.boolean(),
  lastSeenAt: z.optional(z.string()),
});

/** A dock whose tile has moved on; a stay's nights where it was taken or set free. */
export const WaterChange = z.object({
  dockId: z.int(),
  version: z.int(),
  what: z.enum(["taken", "freed", "changed"]),
  from: z.optional(z.string()),
  to: z.optional(z.string()),
});
export type WaterChange = z.infer<typeof WaterChange>;

/** Everything that a room may say. `epoch` names the numbering that every `seq` belongs to. */
export const ServerFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("welcome"),
    protocol: z.int(),
    epoch: z.int(),
    /** The last one given out; a booking room's `version`; 0 in an inbox. */
    seq: Seq,
    members: z.array(PresentMember),
    state: z.object({
      reads: z.optional(ReadMarks),
      booking: z.optional(z.nullable(BookingState)),
      payment: z.optional(z.nullable(PaymentState)),
    }),
  }),
  z.extend(Message, { type: z.literal("message") }),
  z.extend(Edit, { type: z.literal("edit") }),
  z.extend(Change, { type: z.literal("delete") }),
  /** The end of an answer to `sync`; where `seq` is below `head`, ask again after `seq`. */
  z.object({ type: z.literal("synced"), after: Seq, seq: Seq, head: Seq }),
  z.object({ type: z.literal("read"), userId: z.string(), seq: Seq }),
  z.object({ type: z.literal("typing"), userId: z.string() }),
  z.object({
    type: z.literal("presence"),
    userId: z.string(),
    online: z.boolean(),
    lastSeenAt: z.optional(z.string()),
  }),
  z.object({
    type: z.literal("members"),
    version: z.int(),
    members: z.array(PresentMember),
  }),
  z.extend(BookingState, { type: z.literal("booking") }),
  z.extend(PaymentState, { type: z.literal("payment") }),
  /** In an inbox: something happened in a thread. */
  z.looseObject({ type: z.literal("thread"), threadId: z.string() }),
  /** In a water room: what changed up to its `seq`, oldest first. */
  z.object({ type: z.literal("water"), seq: Seq, changes: z.array(WaterChange) }),
  z.object({ type: z.literal("pong"), seq: z.optional(Seq) }),
  z.object({
    type: z.literal("error"),
    code: FrameErrorCode,
    detail: z.optional(z.string()),
    clientId: z.optional(z.string()),
    retryAfterMs: z.optional(z.int()),
  }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
export type Welcome = Extract<ServerFrame, { type: "welcome" }>;
export type WelcomeMember = Welcome["members"][number];

/** The frame that carries a log entry. */
export function entryToFrame(entry: LogEntry): ServerFrame {
  const { kind, ...rest } = entry;
  // A frame of a log is its entry under another discriminator.
  return { type: kind, ...rest } as ServerFrame;
}

/** The entry that a frame carries, undefined where it carries none. */
export function frameToEntry(frame: ServerFrame): LogEntry | undefined {
  if (frame.type !== "message" && frame.type !== "edit" && frame.type !== "delete") {
    return undefined;
  }
  const { type, ...rest } = frame;
  return { kind: type, ...rest } as LogEntry;
}

/**
 * A text as it is stored: ends trimmed; control characters other than newline and tab removed
 * (PostgreSQL's text cannot hold NUL); lone surrogates replaced, which no UTF-8 can carry.
 */
export function normalizeText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they are what is removed
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "").trim();
}

/** What is wrong with a normalised text, undefined where nothing is. */
export function textProblem(text: string): "empty" | "too-long" | undefined {
  if (text === "") return "empty";
  return text.length > MAX_TEXT ? "too-long" : undefined;
}

/** Parses JSON text against a schema; undefined for whatever does not fit. */
export function parseJson<T extends z.ZodMiniType>(
  schema: T,
  text: string,
): z.infer<T> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : undefined;
}
