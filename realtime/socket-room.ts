import { ClientFrame, CLOSE, MAX_FRAME_BYTES, parseJson, PROTOCOL } from "../shared/chat.ts";
import { HUB_TOLERANCE_SECONDS } from "../shared/hub.ts";
import type { TicketClaims } from "../shared/ticket.ts";
import { Alarms } from "./alarms.ts";
import { EdgeUnavailable } from "./edge-client.ts";
import type { RoomHost, RoomSocket } from "./host.ts";
import { LastSeen } from "./last-seen.ts";
import { Limits } from "./limits.ts";
import { Once } from "./once.ts";
import {
  isPresentElsewhere,
  PRESENCE_SWEEP_MS,
  PRESENCE_TTL_MS,
  SEEN_STEP_MS,
} from "./presence.ts";
import type { PushResult, RoomCore } from "./room-core.ts";
import { isAdmitted, Sockets } from "./sockets.ts";
import type { AdmittedSocket } from "./sockets.ts";

/** Refused frames that a socket may cause before it is closed. */
const FLOOD_BURST = 1_000;
const FLOOD_RATE = 10;

const byteCounter = new TextEncoder();

/** What every room with sockets does: who comes in, how much they may say, who is here. */
export class SocketRoom {
  readonly #host: RoomHost;
  readonly #sockets: Sockets;
  readonly #alarms: Alarms;
  readonly #once: Once;
  readonly #limits = new Limits();
  readonly #lastSeen: LastSeen;
  readonly #core: RoomCore;

  constructor(
    host: RoomHost,
    createCore: (host: RoomHost, sockets: Sockets, alarms: Alarms) => RoomCore,
  ) {
    this.#host = host;
    this.#sockets = new Sockets(host);
    this.#alarms = new Alarms(host.storage);
    this.#once = new Once(host.storage);
    this.#lastSeen = new LastSeen(host.storage, this.#sockets.lastSeen);
    this.#core = createCore(host, this.#sockets, this.#alarms);
  }

  /** A socket whose ticket is good: used for the first time, by someone who may be here? */
  async connect(socket: RoomSocket, claims: TicketClaims): Promise<void> {
    const { sub: userId, sid: sessionId, jti, iat, exp } = claims;
    const by = { sessionId, issuedAt: iat * 1000 };
    try {
      // So that it is known before the first alarm: see RoomHost.
      await this.#host.id();
      if (!await this.#once.use(jti, exp * 1000)) {
        return socket.close(CLOSE.ticket, "ticket was used");
      }
      await Promise.all([this.#core.ready(), this.#lastSeen.load()]);
      if (!await this.#core.admits(userId, by)) {
        return socket.close(CLOSE.notMember, "not a member");
      }
      await this.#alarms.wakeBy(this.#host.now() + PRESENCE_SWEEP_MS);
    } catch (error) {
      if (!(error instanceof EdgeUnavailable)) throw error;
      return socket.close(CLOSE.unavailable, "try again later");
    }
    if (this.#sockets.hasEnded(userId, by)) return socket.close(CLOSE.signedOut, "signed out");
    if (!this.#hasRoomFor(userId)) return socket.close(CLOSE.crowded, "too many are here");
    // No await from here on: nothing can be broadcast between what the welcome says and its being
    // sent.
    this.#letIn(socket, userId, sessionId);
  }

  /** A reader of a public room: nobody in particular. */
  async listen(socket: RoomSocket): Promise<void> {
    await this.#host.id();
    await this.#core.ready();
    await this.#alarms.wakeBy(this.#host.now() + PRESENCE_SWEEP_MS);
    const count = [...this.#sockets.admitted()].length;
    if (count >= this.#host.settings.waterSockets) {
      return socket.close(CLOSE.crowded, "too many are here");
    }
    this.#letIn(socket, socket.id, socket.id);
  }

  #letIn(socket: RoomSocket, userId: string, sessionId: string): void {
    const seenAt = this.#host.now();
    socket.setState({ userId, sessionId, seenAt, away: false, badFrames: 0 });
    if (!isPresentElsewhere(this.#sockets.admitted(), userId, socket.id)) {
      this.#announce(userId, true, socket.id);
    }
    this.#sockets.send(socket, {
      type: "welcome",
      protocol: PROTOCOL,
      ...this.#core.welcome(),
    });
  }

  /** A person's newest socket takes the place of the one that was silent for longest. */
  #hasRoomFor(userId: string): boolean {
    const { roomSockets, personSockets } = this.#host.settings;
    const all = [...this.#sockets.admitted()];
    const own = all.filter(({ state }) => state.userId === userId);
    if (own.length >= personSockets) {
      const [silent] = own.toSorted((a, b) => a.state.seenAt - b.state.seenAt);
      silent?.close(CLOSE.crowded, "opened in too many places");
      return true;
    }
    return all.length < roomSockets;
  }

  async message(socket: RoomSocket, data: unknown): Promise<void> {
    if (!isAdmitted(socket)) return socket.close(CLOSE.ticket, "not let in");
    this.#seen(socket);
    if (typeof data !== "string") {
      return this.#sockets.refuseBad(socket, "bad-frame", "frames are text");
    }
    // No text has fewer bytes than characters.
    const isTooLarge = data.length > MAX_FRAME_BYTES ||
      byteCounter.encode(data).length > MAX_FRAME_BYTES;
    if (isTooLarge) {
      const detail = `a frame has at most ${MAX_FRAME_BYTES} bytes`;
      return this.#sockets.refuseBad(socket, "too-large", detail);
    }
    const frame = parseJson(ClientFrame, data);
    if (frame === undefined || !this.#core.knows(frame.type)) {
      return this.#sockets.refuseBad(socket, "bad-frame", "not a frame of this room");
    }
    const clientId = "clientId" in frame ? { clientId: frame.clientId } : {};
    const retryAfterMs = this.#takeFrame(socket);
    if (retryAfterMs > 0) {
      return this.#sockets.refuse(socket, "rate-limited", { ...clientId, retryAfterMs });
    }
    try {
      await this.#core.frame(frame, socket);
    } catch (error) {
      console.error(`Cannot handle ${frame.type} in ${await this.#host.id()}:`, error);
      this.#sockets.refuse(socket, "unavailable", clientId);
    }
  }

  #takeFrame(socket: AdmittedSocket): number {
    const now = this.#host.now();
    const { frameBurst, frameRate, personFrameBurst, personFrameRate } = this.#host.settings;
    const ofPerson = `person ${socket.state.userId}`;
    const waitMs = this.#limits.take(`${socket.id}:frame`, frameBurst, frameRate, now) ||
      this.#limits.take(ofPerson, personFrameBurst, personFrameRate, now);
    if (waitMs > 0 && this.#limits.take(`${socket.id}:flood`, FLOOD_BURST, FLOOD_RATE, now) > 0) {
      socket.close(CLOSE.flood, "too many frames");
    }
    return waitMs;
  }

  close(socket: RoomSocket): void {
    this.#limits.forget(`${socket.id}:`);
    // A reader of a public room is nobody else than their socket.
    if (this.#core.isPublic) this.#limits.forget(`person ${socket.id}`);
    this.#core.forget(socket.id);
    if (isAdmitted(socket) && !socket.state.away) this.#announceGone(socket);
  }

  /** What the edge says; `nonce` is of its checked signature. */
  async push(body: string, nonce: string): Promise<PushResult> {
    const now = this.#host.now();
    await this.#host.id();
    if (!await this.#once.use(nonce, now + 2 * HUB_TOLERANCE_SECONDS * 1000)) {
      return { status: 409, body: { code: "replayed" } };
    }
    try {
      await this.#alarms.wakeBy(now + PRESENCE_SWEEP_MS);
      return await this.#core.push(body);
    } catch (error) {
      if (!(error instanceof EdgeUnavailable)) throw error;
      return { status: 503, body: { code: "unavailable" } };
    }
  }

  async alarm(): Promise<void> {
    this.#alarms.rung();
    const now = this.#host.now();
    let isUnfinished = true;
    try {
      isUnfinished = await this.#core.alarm();
    } catch (error) {
      console.warn(`Cannot do due work of ${await this.#host.id()}: later:`, error);
    }
    this.#sweep(now);
    const hasNames = await this.#once.prune(now);
    const [first] = this.#sockets.admitted();
    if (isUnfinished) await this.#alarms.wakeBy(now + 1_000);
    else if (hasNames || first !== undefined) await this.#alarms.wakeBy(now + PRESENCE_SWEEP_MS);
  }

  /** Says of people whose sockets have fallen silent that they are away; readers are let go. */
  #sweep(now: number): void {
    for (const socket of this.#sockets.admitted()) {
      if (socket.state.away || now - socket.state.seenAt < PRESENCE_TTL_MS) continue;
      if (this.#core.isPublic) {
        socket.close(CLOSE.unavailable, "not heard of");
        continue;
      }
      socket.setState({ ...socket.state, away: true });
      this.#announceGone(socket);
    }
  }

  #seen(socket: AdmittedSocket): void {
    const now = this.#host.now();
    const { userId, seenAt, away } = socket.state;
    if (!away && now - seenAt < SEEN_STEP_MS) return;
    socket.setState({ ...socket.state, seenAt: now, away: false });
    if (away && !isPresentElsewhere(this.#sockets.admitted(), userId, socket.id)) {
      this.#announce(userId, true, socket.id);
    }
  }

  #announceGone(socket: AdmittedSocket): void {
    const { userId, seenAt } = socket.state;
    if (this.#core.isPublic) return;
    this.#lastSeen.note(userId, seenAt);
    if (!isPresentElsewhere(this.#sockets.admitted(), userId, socket.id)) {
      this.#announce(userId, false, socket.id);
    }
  }

  #announce(userId: string, online: boolean, exceptId: string): void {
    if (this.#core.isPublic) return;
    const lastSeenAt = online ? {} : this.#sockets.lastSeenOf(userId);
    const frame = { type: "presence", userId, online, ...lastSeenAt } as const;
    this.#sockets.broadcast(frame, (socket) => socket.id === exceptId);
  }
}
