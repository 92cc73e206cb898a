import type { LogEntry, ReadMarks } from "../shared/chat.ts";
import type { ThreadSnapshot } from "../shared/hub.ts";
import { senderKey } from "../shared/room.ts";
import type { RoomStorage } from "./host.ts";

/** Keys that one put or delete may carry (Durable Objects). */
const MAX_KEYS = 128;
const TRIM_ENTRIES = 40;

interface Head {
  epoch: number;
  /** The last one given. */
  seq: number;
  /** Up to here Postgres has everything. */
  stored: number;
  /** Entries above it are kept here. */
  floor: number;
  /** (sender, clientId) of entries above it are known here. */
  namesFrom: number;
  /** When the first of those was sent, ms since 1970; 0 where all of them are known. */
  namesSince: number;
}

interface Reads {
  marks: ReadMarks;
  /** Those that Postgres has not. */
  unsent: ReadMarks;
}

interface OldName {
  key: string;
  sentAtMs: number;
}

/**
 * What a thread's room keeps: `head`, `reads`, `e:SEQ` the newest entries, `n:SENDER:CLIENT` → seq
 * for resends, `o:SEQ` → the name of an entry that only Postgres still has.
 */
export class ThreadStore {
  readonly #storage: RoomStorage;
  #head: Head | undefined;
  #reads: Reads = { marks: {}, unsent: {} };
  #isKnown = false;

  constructor(storage: RoomStorage) {
    this.#storage = storage;
  }

  get head(): Readonly<Head> {
    if (this.#head === undefined) throw new Error("Cannot read log: the room has not begun");
    return this.#head;
  }

  get marks(): ReadMarks {
    return this.#reads.marks;
  }

  /** Whether the two ever agreed on a stay: strangers' texts are looked at more closely. */
  get isKnown(): boolean {
    return this.#isKnown;
  }

  get unsentMarks(): ReadMarks {
    return this.#reads.unsent;
  }

  /** Reads what is stored; false where the room is empty. */
  async load(): Promise<boolean> {
    const [head, reads, known] = await Promise.all([
      this.#storage.get<Head>("head"),
      this.#storage.get<Reads>("reads"),
      this.#storage.get<boolean>("known"),
    ]);
    this.#isKnown = known ?? false;
    if (head === undefined) return false;
    this.#head = head;
    this.#reads = reads ?? this.#reads;
    return true;
  }

  /** After a failed write memory may be ahead of storage: forget it. */
  forget(): void {
    this.#head = undefined;
  }

  /** Adds an entry; `rewritten` are older ones as they are from now on. */
  async append(entry: LogEntry, rewritten: readonly LogEntry[] = []): Promise<void> {
    this.#head = { ...this.head, seq: entry.seq };
    const writes = [this.#storage.put({ head: this.#head, ...entryToKeys(entry) })];
    // No await between them: together or not at all.
    for (let i = 0; i < rewritten.length; i += MAX_KEYS) {
      const some = rewritten.slice(i, i + MAX_KEYS);
      writes.push(
        this.#storage.put(Object.fromEntries(some.map((old) => [entryKey(old.seq), old]))),
      );
    }
    await Promise.all(writes);
  }

  async setKnown(): Promise<void> {
    if (this.#isKnown) return;
    this.#isKnown = true;
    await this.#storage.put({ known: true });
  }

  /** The entries kept above `after`, ascending; at most `limit` of them. */
  async entries(after: number, limit?: number): Promise<LogEntry[]> {
    const start = entryKey(Math.max(after, this.head.floor) + 1);
    const range = { prefix: "e:", start, ...(limit === undefined ? {} : { limit }) };
    return [...(await this.#storage.list<LogEntry>(range)).values()];
  }

  async entry(seq: number): Promise<LogEntry | undefined> {
    return await this.#storage.get<LogEntry>(entryKey(seq));
  }

  /** The seq under which a sender's message was stored, undefined where it is not known here. */
  async seqOfName(senderId: string, clientId: string): Promise<number | undefined> {
    return await this.#storage.get<number>(nameKey(senderId, clientId));
  }

  async setMark(marks: ReadMarks, userId: string): Promise<void> {
    const seq = marks[userId] ?? 0;
    this.#reads = { marks, unsent: { ...this.#reads.unsent, [userId]: seq } };
    await this.#storage.put({ reads: this.#reads });
  }

  /** Postgres has all up to `stored`, and these marks. */
  async confirm(stored: number, sent: ReadMarks): Promise<void> {
    const unsent = Object.fromEntries(
      Object.entries(this.#reads.unsent).filter(([userId, seq]) => sent[userId] !== seq),
    );
    this.#head = { ...this.head, stored };
    this.#reads = { ...this.#reads, unsent };
    await this.#storage.put({ head: this.#head, reads: this.#reads });
  }

  /**
   * Lets go of what Postgres has: entries beyond the newest `keep`, then names that nobody can
   * still be resending. Returns true where more is left to do.
   */
  async trim(keep: number, namesBeforeMs: number): Promise<boolean> {
    const upTo = Math.min(this.head.stored, this.head.seq - keep);
    const canEntries = upTo - this.head.floor >= TRIM_ENTRIES;
    if (canEntries) {
      const entries = await this.entries(this.head.floor, TRIM_ENTRIES);
      const names = entries.map((entry): [string, OldName] => [oldKey(entry.seq), {
        key: nameKey(entry.senderId, entry.clientId),
        sentAtMs: Date.parse(entry.sentAt),
      }]);
      this.#head = { ...this.head, floor: this.head.floor + entries.length };
      await Promise.all([
        this.#storage.put({ head: this.#head, ...Object.fromEntries(names) }),
        this.#storage.delete(entries.map((entry) => entryKey(entry.seq))),
      ]);
    }
    const hasTrimmedNames = await this.#trimNames(namesBeforeMs);
    return hasTrimmedNames || upTo - this.head.floor >= TRIM_ENTRIES;
  }

  async #trimNames(beforeMs: number): Promise<boolean> {
    const listed = await this.#storage.list<OldName>({ prefix: "o:", limit: TRIM_ENTRIES + 1 });
    const old = [...listed.entries()].slice(0, TRIM_ENTRIES)
      .filter(([, { sentAtMs }]) => sentAtMs < beforeMs);
    const last = old.at(-1);
    if (last === undefined) return false;
    this.#head = {
      ...this.head,
      namesFrom: Number(last[0].slice(2)),
      namesSince: last[1].sentAtMs + 1,
    };
    await Promise.all([
      this.#storage.put({ head: this.#head }),
      this.#storage.delete(old.map(([key]) => key)),
      this.#storage.delete(old.map(([, { key }]) => key)),
    ]);
    return old.length === TRIM_ENTRIES;
  }

  /**
   * Begins anew from what Postgres has, followed by entries of our own that it lacks, which get new
   * numbers. The epoch is the snapshot's, so nobody mistakes a new number for an old one.
   */
  async begin(snapshot: ThreadSnapshot, own: readonly LogEntry[], nowMs: number): Promise<void> {
    const { epoch, maxSeq, lastEntries } = snapshot;
    const renumbered = renumber(own, maxSeq);
    const floor = maxSeq - lastEntries.length;
    this.#head = {
      epoch,
      seq: maxSeq + renumbered.length,
      stored: maxSeq,
      floor,
      namesFrom: floor,
      namesSince: floor === 0 ? 0 : Date.parse(lastEntries[0]?.sentAt ?? "") || nowMs,
    };
    this.#reads = { marks: snapshot.reads, unsent: {} };
    this.#isKnown = snapshot.isKnown;
    const records = { head: this.#head, reads: this.#reads, known: this.#isKnown };
    const old = await this.#oldKeys();
    const fresh = Object.entries(
      Object.assign(records, ...[...lastEntries, ...renumbered].map(entryToKeys)),
    );
    // No await between them: together or not at all.
    const writes: Promise<unknown>[] = [];
    for (let i = 0; i < old.length; i += MAX_KEYS) {
      writes.push(this.#storage.delete(old.slice(i, i + MAX_KEYS)));
    }
    for (let i = 0; i < fresh.length; i += MAX_KEYS) {
      writes.push(this.#storage.put(Object.fromEntries(fresh.slice(i, i + MAX_KEYS))));
    }
    await Promise.all(writes);
  }

  async #oldKeys(): Promise<string[]> {
    const lists = await Promise.all(
      ["e:", "n:", "o:"].map((prefix) => this.#storage.list({ prefix })),
    );
    return lists.flatMap((list) => [...list.keys()]);
  }
}

/** Entries under the numbers that follow `maxSeq`; a change follows the message that it is of. */
function renumber(own: readonly LogEntry[], maxSeq: number): LogEntry[] {
  const seqById = new Map(own.map(({ id }, i) => [id, maxSeq + 1 + i]));
  return own.map((entry, i) => {
    const seq = maxSeq + 1 + i;
    if (entry.kind === "message") return { ...entry, seq };
    return { ...entry, seq, target: seqById.get(entry.targetId) ?? entry.target };
  });
}

function entryKey(seq: number): string {
  return `e:${String(seq).padStart(12, "0")}`;
}

function oldKey(seq: number): string {
  return `o:${String(seq).padStart(12, "0")}`;
}

function nameKey(senderId: string, clientId: string): string {
  return `n:${senderKey(senderId, clientId)}`;
}

function entryToKeys(entry: LogEntry): Record<string, unknown> {
  return { [entryKey(entry.seq)]: entry, [nameKey(entry.senderId, entry.clientId)]: entry.seq };
}
