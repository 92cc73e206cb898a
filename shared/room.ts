import { frameToEntry, SYNC_LIMIT, TYPING_TTL_MS } from "./chat.ts";
import type {
  BookingState,
  ChangeEntry,
  LogEntry,
  Message,
  MessageEntry,
  PaymentState,
  ReadMarks,
  ServerFrame,
  WaterChange,
  WelcomeMember,
} from "./chat.ts";
import { groupBy } from "./group-by.ts";

/** How many of the newest entries a reader without a log begins with; the API has the older. */
export const TAIL_ENTRIES = 50;

/**
 * A part of a thread's log without holes: `entries` hold base + 1 … lastSeq, `ahead` what arrived
 * beyond a hole, ascending. A `seq` means something only together with its `epoch`.
 */
export interface ThreadLog {
  readonly epoch: number;
  readonly base: number;
  readonly entries: readonly LogEntry[];
  readonly ahead: readonly LogEntry[];
}

export function emptyLog(epoch: number, base: number): ThreadLog {
  return { epoch, base, entries: [], ahead: [] };
}

/** The last seq up to which nothing is missing. */
export function lastSeq(log: ThreadLog): number {
  return log.base + log.entries.length;
}

/**
 * The log with more entries: in any order, any number of times, it ends the same. What is at or
 * below `base` is not of this part and passed over.
 */
export function addEntries(log: ThreadLog, more: readonly LogEntry[]): ThreadLog {
  const last = lastSeq(log);
  const waiting = new Map<number, LogEntry>();
  for (const entry of log.ahead) waiting.set(entry.seq, entry);
  const before = waiting.size;
  for (const entry of more) {
    if (entry.seq > last && !waiting.has(entry.seq)) waiting.set(entry.seq, entry);
  }
  if (waiting.size === before) return log;

  const entries = [...log.entries];
  for (let seq = last + 1;; seq++) {
    const entry = waiting.get(seq);
    if (entry === undefined) break;
    entries.push(entry);
    waiting.delete(seq);
  }
  const ahead = [...waiting.values()].toSorted((a, b) => a.seq - b.seq);
  return { ...log, entries, ahead };
}

/** Where a `sync` has to begin so that the log reaches `head`; undefined where it does. */
export function missingAfter(log: ThreadLog, head: number): number | undefined {
  const last = lastSeq(log);
  return last < head ? last : undefined;
}

/** What is shown: messages by seq, each (sender, clientId) once, the first of them, as changed. */
export function logToMessages(log: ThreadLog): Message[] {
  const seen = new Set<string>();
  const messages: Message[] = [];
  for (const entry of log.entries) {
    const name = senderKey(entry.senderId, entry.clientId);
    if (entry.kind !== "message" || seen.has(name)) continue;
    seen.add(name);
    messages.push(entryToMessage(entry));
  }
  return withChanges(messages, logChanges(log));
}

/** The edits and deletions of a log; what they change may be older than the log's own part. */
export function logChanges(log: ThreadLog): ChangeEntry[] {
  return log.entries.filter((entry) => entry.kind !== "message");
}

/** Messages with what was changed of them since; the same array where nothing was. */
export function withChanges(
  messages: readonly Message[],
  changes: readonly ChangeEntry[],
): Message[] {
  if (changes.length === 0) return messages as Message[];
  const changesOf = groupBy(changes, (change) => change.target);
  return messages.map((message) => (changesOf.get(message.seq) ?? []).reduce(applyChange, message));
}

/** A message after an edit or deletion of it; another's, or one of another numbering, is not one. */
function applyChange(message: Message, change: ChangeEntry): Message {
  const isMeant = change.senderId === message.senderId && change.targetId === message.id;
  if (!isMeant || message.deleted) return message;
  if (change.kind === "delete") return erased(message);
  const { flags: _, ...rest } = message;
  const { text, sentAt, flags } = change;
  return { ...rest, text, editedAt: sentAt, ...(flags === undefined ? {} : { flags }) };
}

/** What is left of a deleted message: its place, and who took it back. */
export function erased<T extends Message>(message: T): T {
  const { photo: _, berth: __, booking: ___, flags: ____, editedAt: _____, ...rest } = message;
  // Only optional parts are gone, and `deleted` is one of a message's.
  return { ...rest, text: "", deleted: true } as unknown as T;
}

function entryToMessage({ kind: _, ...message }: MessageEntry): Message {
  return message;
}

/** What a sender's own name for a message is unique under. */
export function senderKey(senderId: string, clientId: string): string {
  return `${senderId}:${clientId}`;
}

/** Read marks only rise, and never beyond what there is. The same object where nothing changes. */
export function applyRead(reads: ReadMarks, userId: string, seq: number, head: number): ReadMarks {
  const mark = Math.min(seq, head);
  return mark > (reads[userId] ?? 0) ? { ...reads, [userId]: mark } : reads;
}

/** The newer of two states by `version`: whatever arrives late or twice changes nothing. */
export function applyVersion<T extends { version: number }>(current: T | null, next: T): T {
  return current === null || next.version > current.version ? next : current;
}

/** Members after somebody came or went. */
export function setPresence(
  members: readonly WelcomeMember[],
  { userId, online, lastSeenAt }: Extract<ServerFrame, { type: "presence" }>,
): readonly WelcomeMember[] {
  return members.map((member) => {
    if (member.userId !== userId) return member;
    return { ...member, online, ...(lastSeenAt === undefined ? {} : { lastSeenAt }) };
  });
}

/** A thread as a client knows it. `typing`: user id → until when it is believed, ms since 1970. */
export interface ThreadState {
  readonly log: ThreadLog | null;
  /** The highest seq that the room is known to have given. */
  readonly head: number;
  readonly members: readonly WelcomeMember[];
  readonly reads: ReadMarks;
  readonly typing: Readonly<Record<string, number>>;
}

export const NO_THREAD: ThreadState = {
  log: null,
  head: 0,
  members: [],
  reads: {},
  typing: {},
};

/** The state after a frame. Frames that say nothing about a thread leave it as it is. */
export function reduceThread(state: ThreadState, frame: ServerFrame, nowMs: number): ThreadState {
  switch (frame.type) {
    case "welcome":
      return {
        log: continueLog(state.log, frame.epoch, frame.seq),
        head: frame.seq,
        members: frame.members,
        reads: frame.state.reads ?? {},
        typing: {},
      };
    case "message":
    case "edit":
    case "delete": {
      const entry = frameToEntry(frame);
      if (state.log === null || entry === undefined) return state;
      const { [frame.senderId]: _, ...typing } = state.typing;
      return {
        ...state,
        log: addEntries(state.log, [entry]),
        head: Math.max(state.head, entry.seq),
        typing,
      };
    }
    case "synced":
      return { ...state, head: Math.max(state.head, frame.head) };
    case "pong":
      return (frame.seq ?? 0) > state.head ? { ...state, head: frame.seq ?? 0 } : state;
    case "read":
      return { ...state, reads: applyRead(state.reads, frame.userId, frame.seq, frame.seq) };
    case "typing":
      return {
        ...state,
        typing: { ...state.typing, [frame.userId]: nowMs + TYPING_TTL_MS },
      };
    case "presence":
      return { ...state, members: setPresence(state.members, frame) };
    case "members":
      return { ...state, members: frame.members };
    default:
      return state;
  }
}

/**
 * The log that goes on under a welcome. Another epoch or a room behind it means a new one, and so
 * does a gap too long to be worth its bytes: what is older comes from the API as it is looked at.
 */
function continueLog(log: ThreadLog | null, epoch: number, head: number): ThreadLog {
  if (log !== null && log.epoch === epoch) {
    const gap = head - lastSeq(log);
    if (gap >= 0 && gap <= SYNC_LIMIT) return log;
  }
  return emptyLog(epoch, Math.max(0, head - TAIL_ENTRIES));
}

/** Who is typing at this instant. */
export function typingAt(state: ThreadState, nowMs: number): string[] {
  return Object.keys(state.typing).filter((userId) => state.typing[userId]! > nowMs);
}

/** A booking's room as a client knows it. */
export interface BookingRoomState {
  readonly booking: BookingState | null;
  readonly payment: PaymentState | null;
  readonly members: readonly WelcomeMember[];
}

export const NO_BOOKING: BookingRoomState = { booking: null, payment: null, members: [] };

/** The state after a frame; `version` never goes back, whatever order frames arrive in. */
export function reduceBooking(state: BookingRoomState, frame: ServerFrame): BookingRoomState {
  switch (frame.type) {
    case "welcome": {
      const { booking, payment } = frame.state;
      return {
        booking: booking ? applyVersion(state.booking, booking) : state.booking,
        payment: payment ? applyVersion(state.payment, payment) : state.payment,
        members: frame.members,
      };
    }
    case "booking": {
      const { type: _, ...booking } = frame;
      return { ...state, booking: applyVersion(state.booking, booking) };
    }
    case "payment": {
      const { type: _, ...payment } = frame;
      return { ...state, payment: applyVersion(state.payment, payment) };
    }
    case "presence":
      return { ...state, members: setPresence(state.members, frame) };
    case "members":
      return { ...state, members: frame.members };
    default:
      return state;
  }
}

/** A stretch of water as a client knows it: how far it has heard, and of which numbering. */
export interface WaterState {
  readonly epoch: number;
  readonly seq: number;
}

/** What a frame of a water room brings: `news` since `state`, or `isLost` where some was missed. */
export function reduceWater(
  state: WaterState | null,
  frame: ServerFrame,
): { state: WaterState | null; news: readonly WaterChange[]; isLost: boolean } {
  const nothing = { state, news: [], isLost: false };
  switch (frame.type) {
    case "welcome": {
      const { epoch, seq } = frame;
      // A reader that has just begun has missed nothing.
      if (state === null) return { state: { epoch, seq }, news: [], isLost: false };
      if (state.epoch === epoch && state.seq <= seq) return nothing;
      return { state: { epoch, seq }, news: [], isLost: true };
    }
    case "water": {
      if (state === null || frame.seq <= state.seq) return nothing;
      const missed = frame.seq - state.seq;
      const isLost = missed > frame.changes.length;
      return {
        state: { ...state, seq: frame.seq },
        news: isLost ? frame.changes : frame.changes.slice(-missed),
        isLost,
      };
    }
    default:
      return nothing;
  }
}
