import * as z from "zod/mini";

/**
 * Changes with the frames: a client that speaks another number than its room asks for a reload.
 * A deploy leaves old and new side by side for minutes, so a frame that an older peer can ignore
 * does not need a new number; one that it would misread does.
 */
export const PROTOCOL = 1;

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
  flood: 4429,
  unavailable: 4503,
} as const;

const Seq = z.int().check(z.gte(0));

/** The sender's own name for a message: a resend carries it again, so that it is stored once. */
export const ClientId = z.string().check(z.regex(/^[\w.:-]{1,64}$/));

/** A message as everybody sees it. `sentAt` is the room's clock, ISO 8601 in UTC. */
export const Message = z.object({
  seq: Seq.check(z.gte(1)),
  id: z.string(),
  clientId: z.string(),
  senderId: z.string(),
  text: z.string(),
  sentAt: z.string(),
});
export type Message = z.infer<typeof Message>;

/**
 * One step of a thread's log. Every kind takes the next `seq` of the same row, so a reader that
 * has all numbers has everything; what is shown is a projection of it.
 */
export const LogEntry = z.discriminatedUnion("kind", [
  z.extend(Message, { kind: z.literal("message") }),
]);
export type LogEntry = z.infer<typeof LogEntry>;

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

/** Everything that a client may say. */
export const ClientFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("message.send"),
    clientId: ClientId,
    text: z.string().check(z.maxLength(MAX_TEXT * 2)),
  }),
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
  /** Try again after `retryAfterMs`. */
  "rate-limited",
  /** The room cannot store it now; the same frame may be sent again. */
  "unavailable",
]);
export type FrameErrorCode = z.infer<typeof FrameErrorCode>;

/** Everything that a room may say. `epoch` names the numbering that every `seq` belongs to. */
export const ServerFrame = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("welcome"),
    protocol: z.int(),
    epoch: z.int(),
    /** The last one given out; a booking room's `version`; 0 in an inbox. */
    seq: Seq,
    members: z.array(z.extend(Member, { online: z.boolean() })),
    state: z.object({
      reads: z.optional(ReadMarks),
      booking: z.optional(z.nullable(BookingState)),
      payment: z.optional(z.nullable(PaymentState)),
    }),
  }),
  z.extend(Message, { type: z.literal("message") }),
  /** The end of an answer to `sync`; where `seq` is below `head`, ask again after `seq`. */
  z.object({ type: z.literal("synced"), after: Seq, seq: Seq, head: Seq }),
  z.object({ type: z.literal("read"), userId: z.string(), seq: Seq }),
  z.object({ type: z.literal("typing"), userId: z.string() }),
  z.object({ type: z.literal("presence"), userId: z.string(), online: z.boolean() }),
  z.object({
    type: z.literal("members"),
    version: z.int(),
    members: z.array(z.extend(Member, { online: z.boolean() })),
  }),
  z.extend(BookingState, { type: z.literal("booking") }),
  z.extend(PaymentState, { type: z.literal("payment") }),
  /** In an inbox: something happened in a thread. */
  z.looseObject({ type: z.literal("thread"), threadId: z.string() }),
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
  return { type: kind, ...rest };
}

/** The entry that a frame carries, undefined where it carries none. */
export function frameToEntry(frame: ServerFrame): LogEntry | undefined {
  if (frame.type !== "message") return undefined;
  const { type, ...rest } = frame;
  return { kind: type, ...rest };
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
