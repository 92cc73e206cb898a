import { normalizeText, SYSTEM_SENDER, textProblem } from "../shared/chat.ts";
import type { BookingNote, FrameErrorCode, LogEntry, MessageEntry } from "../shared/chat.ts";
import { textFlags } from "../shared/contact-flags.ts";
import type { Attached } from "../shared/hub.ts";
import { erased } from "../shared/room.ts";
import type { RoomHost } from "./host.ts";
import type { Serial } from "./serial.ts";
import type { ThreadFlush } from "./thread-flush.ts";
import type { ThreadStore } from "./thread-store.ts";

/** A client's clock may be this far ahead of the room's. */
export const CLOCK_SLACK_MS = 600_000;

/** What somebody wants written. `seq` is that of the message meant. */
export type Draft =
  & { senderId: string; clientId: string }
  & (
    | { kind: "send"; text: string; photoId?: string | undefined; berth?: true | undefined }
    | { kind: "edit"; seq: number; text: string }
    | { kind: "delete"; seq: number }
  );

/** `isNew` is false for what had been written before. */
export type Written = { entry: LogEntry; isNew: boolean } | { refused: FrameErrorCode };

type NewEntry = LogEntry extends infer E ? E extends LogEntry ? Omit<E, Given> : never : never;
type Given = "seq" | "id" | "sentAt";

/** Writes a thread's log: each entry once, under the next number, told only when it is stored. */
export class ThreadLog {
  readonly #host: RoomHost;
  readonly #store: ThreadStore;
  readonly #flush: ThreadFlush;
  readonly #serial: Serial;
  readonly #tell: (entry: LogEntry) => void;
  readonly #failed: () => void;

  constructor(parts: {
    host: RoomHost;
    store: ThreadStore;
    flush: ThreadFlush;
    serial: Serial;
    tell: (entry: LogEntry) => void;
    /** A write failed: memory may be ahead of storage. */
    failed: () => void;
  }) {
    this.#host = parts.host;
    this.#store = parts.store;
    this.#flush = parts.flush;
    this.#serial = parts.serial;
    this.#tell = parts.tell;
    this.#failed = parts.failed;
  }

  /** Writes what a person says. Throws EdgeUnavailable where the edge is needed and away. */
  async write(draft: Draft): Promise<Written> {
    switch (draft.kind) {
      case "send":
        return await this.#send(draft);
      case "edit":
      case "delete":
        return await this.#change(draft);
    }
  }

  /** Tells a booking's move; the same move again is told no more. */
  async note(note: BookingNote, text: string): Promise<Written> {
    const clientId = `booking:${note.bookingId}:${note.version}`;
    return await this.#append({
      kind: "message",
      senderId: SYSTEM_SENDER,
      clientId,
      text,
      booking: note,
    });
  }

  async #send(draft: Extract<Draft, { kind: "send" }>): Promise<Written> {
    const { senderId, clientId, photoId, berth } = draft;
    const text = normalizeText(draft.text);
    const hasAttachment = photoId !== undefined || berth !== undefined;
    const problem = textProblem(text);
    if (problem !== undefined && !(problem === "empty" && hasAttachment)) {
      return { refused: problem };
    }
    let attached: Attached = {};
    if (hasAttachment) {
      const known = await this.#serial.run(() => this.#known(senderId, clientId));
      if (known !== undefined) return { entry: known, isNew: false };
      // Not in the queue: others' messages do not wait for the edge.
      const found = await this.#host.edge.attach(await this.#host.id(), {
        senderId,
        clientId,
        ...(photoId === undefined ? {} : { photoId }),
        ...(berth === undefined ? {} : { berth }),
      });
      if (found === undefined) return { refused: "no-attachment" };
      attached = found;
    }
    return await this.#append({
      kind: "message",
      senderId,
      clientId,
      text,
      ...attached,
      ...this.#flags(text),
    });
  }

  async #change(draft: Exclude<Draft, { kind: "send" }>): Promise<Written> {
    const { kind, senderId, clientId, seq } = draft;
    const text = kind === "edit" ? normalizeText(draft.text) : "";
    const problem = kind === "edit" ? textProblem(text) : undefined;
    if (problem === "too-long") return { refused: problem };
    return await this.#serial.run(async () => {
      const known = await this.#known(senderId, clientId);
      if (known !== undefined) return { entry: known, isNew: false };
      const target = await this.#messageAt(seq);
      if (target?.senderId !== senderId || target.deleted) return { refused: "not-yours" };
      // A picture needs no words.
      if (problem !== undefined && target.photo === undefined) return { refused: problem };
      const change = { senderId, clientId, target: seq, targetId: target.id };
      return kind === "edit"
        ? await this.#number({ kind, ...change, text, ...this.#flags(text) })
        : await this.#number({ kind, ...change }, await this.#erase(target));
    });
  }

  #flags(text: string): { flags?: ReturnType<typeof textFlags> } {
    const flags = this.#store.isKnown ? [] : textFlags(text);
    return flags.length > 0 ? { flags } : {};
  }

  /** Stores an entry once, whatever number of times it comes, and tells everybody the first. */
  #append(entry: NewEntry): Promise<Written> {
    return this.#serial.run(async () => {
      const known = await this.#known(entry.senderId, entry.clientId);
      return known === undefined ? await this.#number(entry) : { entry: known, isNew: false };
    });
  }

  /** Within the queue: gives the next number. `rewritten` are older entries as they are from now on. */
  async #number(fresh: NewEntry, rewritten: readonly LogEntry[] = []): Promise<Written> {
    const entry: LogEntry = {
      ...fresh,
      seq: this.#store.head.seq + 1,
      id: this.#host.newId(),
      sentAt: new Date(this.#host.now()).toISOString(),
    };
    try {
      await Promise.all([this.#store.append(entry, rewritten), this.#flush.remember()]);
    } catch (error) {
      this.#failed();
      throw error;
    }
    this.#tell(entry);
    void this.#flush.kick();
    return { entry, isNew: true };
  }

  /** What was written before under a name, here or by a room whose storage is gone. */
  async #known(senderId: string, clientId: string): Promise<LogEntry | undefined> {
    const { edge } = this.#host;
    const seq = await this.#store.seqOfName(senderId, clientId);
    if (seq !== undefined) {
      return await this.#store.entry(seq) ??
        await edge.logEntry(await this.#host.id(), senderId, clientId);
    }
    const { namesSince } = this.#store.head;
    const madeAt = uuidV7ToMs(clientId) ?? this.#host.now() - this.#host.settings.keepNamesMs;
    if (madeAt - CLOCK_SLACK_MS > namesSince || namesSince === 0) return undefined;
    return await edge.logEntry(await this.#host.id(), senderId, clientId);
  }

  async #messageAt(seq: number): Promise<MessageEntry | undefined> {
    if (seq < 1 || seq > this.#store.head.seq) return undefined;
    const entry = await this.#store.entry(seq) ??
      (await this.#host.edge.logAfter(await this.#host.id(), seq - 1, 1))[0];
    return entry?.kind === "message" ? entry : undefined;
  }

  /** A message and its edits, as far as they are kept here, without their words. */
  async #erase(target: MessageEntry): Promise<LogEntry[]> {
    const rewritten: LogEntry[] = [];
    for (const entry of await this.#store.entries(target.seq - 1)) {
      if (entry.seq === target.seq) rewritten.push({ ...erased(target), kind: "message" });
      if (entry.kind === "edit" && entry.target === target.seq) {
        const { flags: _, ...rest } = entry;
        rewritten.push({ ...rest, text: "" });
      }
    }
    return rewritten;
  }
}

/** When a UUIDv7 was made, ms since 1970; undefined for other names. */
function uuidV7ToMs(text: string): number | undefined {
  const hex = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.exec(
    text,
  );
  return hex === null ? undefined : Number.parseInt(hex[1]! + hex[2]!, 16);
}
