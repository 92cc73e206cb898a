import {
  CLOSE,
  entryToFrame,
  normalizeText,
  parseJson,
  SYNC_LIMIT,
  textProblem,
} from "../shared/chat.ts";
import type { ClientFrame, LogEntry, ServerFrame } from "../shared/chat.ts";
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
import { ThreadStore } from "./thread-store.ts";

const PAGE = 500;
/** How often one alarm lets go of a few dozen entries. */
const TRIM_ROUNDS = 25;
const TYPING_EVERY_MS = 1_000;
/** The message is durable without Postgres, so an edge that is away delays its answer no longer. */
const READ_YOUR_WRITE_MS = 1_000;
/** A client's clock may be this far ahead of the room's. */
const CLOCK_SLACK_MS = 600_000;

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
  readonly #limits = new Limits();
  readonly #serial = new Serial();
  /** Sockets that a `sync` is being read for: live entries wait, so that they arrive in order. */
  readonly #syncing = new Map<string, number>();
  #ready: Promise<void> | undefined;

  constructor(host: RoomHost, sockets: Sockets, alarms: Alarms) {
    this.#host = host;
    this.#sockets = sockets;
    this.#store = new ThreadStore(host.storage);
    this.#roster = new Roster(host.storage);
    const rebase = (lowest: number) => this.#serial.run(() => this.#rebase(lowest));
    this.#flush = new ThreadFlush(host, this.#store, alarms, rebase);
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
    switch (frame.type) {
      case "message.send":
        return await this.#receive(frame, socket);
      case "message.read":
        return await this.#read(frame.seq, socket.state.userId);
      case "typing":
        return this.#type(socket.state.userId);
      case "sync":
        return await this.#sync(frame.after, socket);
      case "ping":
        return this.#sockets.send(socket, { type: "pong", seq: this.#store.head.seq });
    }
  }

  async #receive(
    frame: Extract<ClientFrame, { type: "message.send" }>,
    socket: AdmittedSocket,
  ): Promise<void> {
    const { clientId } = frame;
    const text = normalizeText(frame.text);
    const problem = textProblem(text);
    if (problem !== undefined) return this.#sockets.refuse(socket, problem, { clientId });
    const { userId } = socket.state;
    const retryAfterMs = this.#takeMessage(userId);
    if (retryAfterMs > 0) {
      return this.#sockets.refuse(socket, "rate-limited", { clientId, retryAfterMs });
    }
    try {
      const { entry, isNew } = await this.#append(userId, clientId, text);
      if (!isNew) this.#sockets.send(socket, entryToFrame(entry));
    } catch (error) {
      if (!(error instanceof EdgeUnavailable)) throw error;
      this.#sockets.refuse(socket, "unavailable", { clientId });
    }
  }

  #takeMessage(userId: string): number {
    const { messageBurst, messageRate } = this.#host.settings;
    return this.#limits.take(`message:${userId}`, messageBurst, messageRate, this.#host.now());
  }

  /** Stores a message once, whatever number of times it is sent, and tells everybody the first. */
  #append(
    senderId: string,
    clientId: string,
    text: string,
  ): Promise<{ entry: LogEntry; isNew: boolean }> {
    return this.#serial.run(async () => {
      const known = await this.#known(senderId, clientId);
      if (known !== undefined) return { entry: known, isNew: false };
      const entry: LogEntry = {
        kind: "message",
        seq: this.#store.head.seq + 1,
        id: this.#host.newId(),
        clientId,
        senderId,
        text,
        sentAt: new Date(this.#host.now()).toISOString(),
      };
      try {
        await Promise.all([this.#store.append(entry), this.#flush.remember()]);
      } catch (error) {
        this.#store.forget();
        this.#ready = undefined;
        throw error;
      }
      this.#broadcastLog(entryToFrame(entry));
      void this.#flush.kick();
      return { entry, isNew: true };
    });
  }

  /** A message that was stored before, here or by a room whose storage is gone. */
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

  #broadcastLog(frame: ServerFrame): void {
    this.#sockets.broadcast(frame, (socket) => this.#syncing.has(socket.id));
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

  /**
   * Every entry above `after` in order, then `synced`. What is older than what the room keeps is
   * read from the edge, page after page; no more than SYNC_LIMIT at a time.
   */
  async #sync(after: number, socket: AdmittedSocket): Promise<void> {
    const { syncBurst, syncRate } = this.#host.settings;
    const limitName = `${socket.id}:sync`;
    const retryAfterMs = this.#limits.take(limitName, syncBurst, syncRate, this.#host.now());
    if (retryAfterMs > 0) return this.#sockets.refuse(socket, "rate-limited", { retryAfterMs });

    this.#syncing.set(socket.id, (this.#syncing.get(socket.id) ?? 0) + 1);
    const { epoch } = this.#store.head;
    let sent = after;
    try {
      while (sent < this.#store.head.seq && sent - after < SYNC_LIMIT) {
        const page = await this.#page(sent);
        // Another numbering: its welcome has told the client to begin anew.
        if (this.#store.head.epoch !== epoch) return;
        if (page.length === 0) break;
        for (const entry of page) this.#sockets.send(socket, entryToFrame(entry));
        sent = page.at(-1)!.seq;
      }
      this.#sockets.send(socket, {
        type: "synced",
        after,
        seq: sent,
        head: this.#store.head.seq,
      });
    } catch (error) {
      if (!(error instanceof EdgeUnavailable)) throw error;
      this.#sockets.refuse(socket, "unavailable", { detail: "history cannot be read now" });
    } finally {
      const others = (this.#syncing.get(socket.id) ?? 1) - 1;
      if (others > 0) this.#syncing.set(socket.id, others);
      else this.#syncing.delete(socket.id);
    }
  }

  async #page(after: number): Promise<LogEntry[]> {
    const { floor } = this.#store.head;
    if (after >= floor) return await this.#store.entries(after, PAGE);
    const limit = Math.min(PAGE, floor - after);
    return await this.#host.edge.logAfter(await this.#host.id(), after, limit);
  }

  async push(body: string): Promise<PushResult> {
    const push = parseJson(ThreadPush, body);
    if (push === undefined) return { status: 400, body: { code: "bad-request" } };
    await this.ready();
    switch (push.kind) {
      case "send":
        return await this.#sendByHttp(push);
      case "members":
        return { status: 200, body: { applied: await this.#setMembers(push) } };
      case "close": {
        const applied = this.#sockets.closeFor(push);
        return { status: 200, body: { applied } };
      }
    }
  }

  async #sendByHttp(push: Extract<ThreadPush, { kind: "send" }>): Promise<PushResult> {
    const { senderId, clientId } = push;
    if (!await this.admits(senderId)) return { status: 403, body: { code: "forbidden" } };
    const text = normalizeText(push.text);
    const problem = textProblem(text);
    if (problem !== undefined) return { status: 422, body: { code: problem } };
    const retryAfterMs = this.#takeMessage(senderId);
    if (retryAfterMs > 0) {
      return { status: 429, body: { code: "rate-limited", retryAfterMs } };
    }
    const { entry } = await this.#append(senderId, clientId, text);
    // Whoever sends over HTTP also reads over HTTP, from Postgres: the answer waits for it a while.
    await Promise.race([this.#flush.kick(), pause(READ_YOUR_WRITE_MS)]);
    const { kind: _, ...message } = entry;
    return { status: 200, body: { message } };
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
    this.#syncing.delete(socketId);
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

/** When a UUIDv7 was made, ms since 1970; undefined for other names. */
function uuidV7ToMs(text: string): number | undefined {
  const hex = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.exec(
    text,
  );
  return hex === null ? undefined : Number.parseInt(hex[1]! + hex[2]!, 16);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
