import { CLOSE, entryToFrame, parseJson } from "../shared/chat.ts";
import type { ClientFrame, FrameErrorCode, LogEntry } from "../shared/chat.ts";
import { ThreadPush } from "../shared/hub.ts";
import type { ThreadSnapshot } from "../shared/hub.ts";
import { applyRead } from "../shared/room.ts";
import type { Alarms } from "./alarms.ts";
import { EdgeUnavailable } from "./edge-client.ts";
import type { RoomHost } from "./host.ts";
import { Limits } from "./limits.ts";
import type { PushResult, RoomCore } from "./room-core.ts";
import { Roster } from "./roster.ts";
import { Serial } from "./serial.ts";
import type { AdmittedSocket, Sockets, WelcomeParts } from "./sockets.ts";
import { ThreadFlush } from "./thread-flush.ts";
import { CLOCK_SLACK_MS, ThreadLog } from "./thread-log.ts";
import type { Draft } from "./thread-log.ts";
import { ThreadStore } from "./thread-store.ts";
import { ThreadSync } from "./thread-sync.ts";

/** How often one alarm lets go of a few dozen entries. */
const TRIM_ROUNDS = 25;
const TYPING_EVERY_MS = 1_000;
/** The message is durable without Postgres, so an edge that is away delays its answer no longer. */
const READ_YOUR_WRITE_MS = 1_000;

const REFUSED_STATUS: Readonly<Partial<Record<FrameErrorCode, number>>> = { "not-yours": 404 };

/**
 * One conversation: gives each entry of its log the next number, keeps it, tells everybody, and
 * brings it to Postgres. Everything that gives numbers runs one after the other in `#serial`.
 */
export class ThreadCore implements RoomCore {
  readonly #host: RoomHost;
  readonly #sockets: Sockets;
  readonly #store: ThreadStore;
  readonly #roster: Roster;
  readonly #flush: ThreadFlush;
  readonly #log: ThreadLog;
  readonly #sync: ThreadSync;
  readonly #limits = new Limits();
  readonly #serial = new Serial();
  #ready: Promise<void> | undefined;

  constructor(host: RoomHost, sockets: Sockets, alarms: Alarms) {
    this.#host = host;
    this.#sockets = sockets;
    this.#store = new ThreadStore(host.storage);
    this.#roster = new Roster(host.storage);
    this.#sync = new ThreadSync(host, sockets, this.#store);
    const rebase = (lowest: number) => this.#serial.run(() => this.#rebase(lowest));
    this.#flush = new ThreadFlush(host, this.#store, alarms, rebase);
    this.#log = new ThreadLog({
      host,
      store: this.#store,
      flush: this.#flush,
      serial: this.#serial,
      tell: (entry) => this.#sync.tell(entry),
      failed: () => {
        this.#store.forget();
        this.#ready = undefined;
      },
    });
  }

  /** Loads what is stored; an empty room takes the numbering over from what Postgres has. */
  ready(): Promise<void> {
    this.#ready ??= this.#begin().catch((error: unknown) => {
      this.#ready = undefined;
      throw error;
    });
    return this.#ready;
  }

  async #begin(): Promise<void> {
    const [hasLog, hasRoster] = await Promise.all([this.#store.load(), this.#roster.load()]);
    if (hasLog && hasRoster) return;
    await this.#take(await this.#host.edge.claim(await this.#host.id()), []);
  }

  async #take(snapshot: ThreadSnapshot, own: readonly LogEntry[]): Promise<void> {
    await Promise.all([
      this.#store.begin(snapshot, own, this.#host.now()),
      this.#roster.set(snapshot.membersVersion, snapshot.members),
    ]);
  }

  async admits(userId: string): Promise<boolean> {
    await this.ready();
    if (this.#roster.has(userId)) return true;
    // The ticket is newer than our roster, or they left between the two.
    const { membersVersion, members } = await this.#host.edge.thread(await this.#host.id());
    await this.#roster.replace(membersVersion, members);
    return this.#roster.has(userId);
  }

  welcome(): WelcomeParts {
    const { epoch, seq } = this.#store.head;
    const members = this.#sockets.withPresence(this.#roster.members);
    return { epoch, seq, members, state: { reads: this.#store.marks } };
  }

  knows(): boolean {
    return true;
  }

  async frame(frame: ClientFrame, socket: AdmittedSocket): Promise<void> {
    await this.ready();
    const { userId: senderId } = socket.state;
    switch (frame.type) {
      case "message.send":
        return await this.#write({ ...frame, kind: "send", senderId }, socket);
      case "message.edit":
        return await this.#write({ ...frame, kind: "edit", senderId }, socket);
      case "message.delete":
        return await this.#write({ ...frame, kind: "delete", senderId }, socket);
      case "message.read":
        return await this.#read(frame.seq, senderId);
      case "typing":
        return this.#type(senderId);
      case "sync":
        return await this.#answerSync(frame.after, socket);
      case "ping":
        return this.#sockets.send(socket, { type: "pong", seq: this.#store.head.seq });
    }
  }

  async #write(draft: Draft, socket: AdmittedSocket): Promise<void> {
    const { clientId } = draft;
    const retryAfterMs = this.#takeMessage(draft.senderId);
    if (retryAfterMs > 0) {
      return this.#sockets.refuse(socket, "rate-limited", { clientId, retryAfterMs });
    }
    try {
      const written = await this.#log.write(draft);
      if ("refused" in written) return this.#sockets.refuse(socket, written.refused, { clientId });
      if (!written.isNew) this.#sockets.send(socket, entryToFrame(written.entry));
    } catch (error) {
      if (!(error instanceof EdgeUnavailable)) throw error;
      this.#sockets.refuse(socket, "unavailable", { clientId });
    }
  }

  #takeMessage(userId: string): number {
    const { messageBurst, messageRate } = this.#host.settings;
    return this.#limits.take(`message:${userId}`, messageBurst, messageRate, this.#host.now());
  }

  async #read(seq: number, userId: string): Promise<void> {
    const { marks, head } = this.#store;
    const next = applyRead(marks, userId, seq, head.seq);
    if (next === marks) return;
    await Promise.all([this.#store.setMark(next, userId), this.#flush.remember()]);
    this.#sockets.broadcast({ type: "read", userId, seq: next[userId]! });
  }

  #type(userId: string): void {
    const waitMs = this.#limits.take(
      `typing:${userId}`,
      1,
      1000 / TYPING_EVERY_MS,
      this.#host.now(),
    );
    if (waitMs > 0) return;
    this.#sockets.broadcast({ type: "typing", userId }, ({ state }) => state.userId === userId);
  }

  async #answerSync(after: number, socket: AdmittedSocket): Promise<void> {
    const { syncBurst, syncRate } = this.#host.settings;
    const limitName = `${socket.id}:sync`;
    const retryAfterMs = this.#limits.take(limitName, syncBurst, syncRate, this.#host.now());
    if (retryAfterMs > 0) return this.#sockets.refuse(socket, "rate-limited", { retryAfterMs });
    await this.#sync.answer(after, socket);
  }

  async push(body: string): Promise<PushResult> {
    const push = parseJson(ThreadPush, body);
    if (push === undefined) return { status: 400, body: { code: "bad-request" } };
    await this.ready();
    switch (push.kind) {
      case "send":
      case "edit":
      case "delete":
        return await this.#writeByHttp(push);
      case "booking": {
        if (push.isKnown) await this.#store.setKnown();
        const written = await this.#log.note(push.note, push.text);
        return { status: 200, body: { applied: "isNew" in written && written.isNew } };
      }
      case "members":
        return { status: 200, body: { applied: await this.#setMembers(push) } };
      case "close": {
        const applied = this.#sockets.closeFor(push);
        return { status: 200, body: { applied } };
      }
    }
  }

  async #writeByHttp(draft: Draft): Promise<PushResult> {
    const { senderId } = draft;
    if (!await this.admits(senderId)) return { status: 403, body: { code: "forbidden" } };
    const retryAfterMs = this.#takeMessage(senderId);
    if (retryAfterMs > 0) {
      return { status: 429, body: { code: "rate-limited", retryAfterMs } };
    }
    const written = await this.#log.write(draft);
    if ("refused" in written) {
      const { refused } = written;
      return { status: REFUSED_STATUS[refused] ?? 422, body: { code: refused } };
    }
    // Whoever sends over HTTP also reads over HTTP, from Postgres: the answer waits for it a while.
    await Promise.race([this.#flush.kick(), pause(READ_YOUR_WRITE_MS)]);
    const { entry } = written;
    if (entry.kind !== "message") return { status: 200, body: { entry } };
    const { kind: _, ...message } = entry;
    return { status: 200, body: { entry, message } };
  }

  async #setMembers(push: Extract<ThreadPush, { kind: "members" }>): Promise<boolean> {
    if (!await this.#roster.replace(push.version, push.members)) return false;
    this.#sockets.closeWhere(
      ({ userId }) => !this.#roster.has(userId),
      CLOSE.notMember,
      "no longer a member",
    );
    const members = this.#sockets.withPresence(this.#roster.members);
    this.#sockets.broadcast({ type: "members", version: push.version, members });
    return true;
  }

  forget(socketId: string): void {
    this.#limits.forget(`${socketId}:`);
    this.#sync.forget(socketId);
  }

  /** Brings to Postgres what is not there, lets go of what is. Returns true to be called again. */
  async alarm(): Promise<boolean> {
    await this.ready();
    await this.#flush.kick();
    const { keepEntries, keepNamesMs } = this.#host.settings;
    // Twice the slack: a name is asked for at the edge before it is forgotten here.
    const namesBeforeMs = this.#host.now() - keepNamesMs - 2 * CLOCK_SLACK_MS;
    for (let round = 0; round < TRIM_ROUNDS; round++) {
      if (!await this.#store.trim(keepEntries, namesBeforeMs)) return false;
    }
    return true;
  }

  /**
   * Postgres and the room disagree above `lowest`: one of them was restored from the past, or
   * another room gave numbers meanwhile. What Postgres has stands; what only we have follows it
   * under new numbers and a new epoch, and everybody reads anew.
   */
  async #rebase(lowest: number): Promise<void> {
    const id = await this.#host.id();
    const snapshot = await this.#host.edge.claim(id);
    const mine = await this.#store.entries(Math.min(lowest, snapshot.maxSeq));
    const own: LogEntry[] = [];
    for (const entry of mine) {
      if (await this.#host.edge.logEntry(id, entry.senderId, entry.clientId) === undefined) {
        own.push(entry);
      }
    }
    await this.#take(snapshot, own);
    this.#sockets.welcome(this.welcome());
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
