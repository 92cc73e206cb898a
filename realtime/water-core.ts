import { parseJson } from "../shared/chat.ts";
import type { ClientFrame, WaterChange } from "../shared/chat.ts";
import { WaterPush } from "../shared/hub.ts";
import type { RoomHost } from "./host.ts";
import type { PushResult, RoomCore } from "./room-core.ts";
import type { AdmittedSocket, Sockets, WelcomeParts } from "./sockets.ts";

/** How many changes a reader may have missed and still be told; beyond that it looks anew. */
const KEPT = 200;

interface Told {
  epoch: number;
  /** Of the last of `changes`. */
  seq: number;
  changes: WaterChange[];
}

/** A stretch of water: tells whoever looks at it which of its docks have changed. */
export class WaterCore implements RoomCore {
  readonly isPublic = true;
  readonly #host: RoomHost;
  readonly #sockets: Sockets;
  #told: Told | undefined;
  #ready: Promise<void> | undefined;

  constructor(host: RoomHost, sockets: Sockets) {
    this.#host = host;
    this.#sockets = sockets;
  }

  ready(): Promise<void> {
    return this.#ready ??= this.#begin();
  }

  async #begin(): Promise<void> {
    // Another storage, another numbering.
    this.#told = await this.#host.storage.get<Told>("told") ??
      { epoch: this.#host.now(), seq: 0, changes: [] };
  }

  admits(): Promise<boolean> {
    return Promise.resolve(false);
  }

  welcome(): WelcomeParts {
    const { epoch, seq } = this.#now();
    return { epoch, seq, members: [], state: {} };
  }

  knows(type: ClientFrame["type"]): boolean {
    return type === "ping" || type === "sync";
  }

  async frame(frame: ClientFrame, socket: AdmittedSocket): Promise<void> {
    await this.ready();
    const { seq, changes } = this.#now();
    if (frame.type === "ping") this.#sockets.send(socket, { type: "pong", seq });
    if (frame.type === "sync" && frame.after < seq) {
      const missed = changes.slice(-Math.min(changes.length, seq - frame.after));
      this.#sockets.send(socket, { type: "water", seq, changes: missed });
    }
  }

  async push(body: string): Promise<PushResult> {
    const push = parseJson(WaterPush, body);
    if (push === undefined) return { status: 400, body: { code: "bad-request" } };
    await this.ready();
    const { epoch, seq, changes } = this.#now();
    // An older one than was told already is still news: a dock's edits and its bookings come by
    // different ways.
    const news = push.changes.filter(({ dockId, version }) =>
      !changes.some((old) => old.dockId === dockId && old.version === version)
    );
    if (news.length === 0) return { status: 200, body: { applied: false } };
    const next = seq + news.length;
    this.#told = { epoch, seq: next, changes: [...changes, ...news].slice(-KEPT) };
    await this.#host.storage.put({ told: this.#told });
    this.#sockets.broadcast({ type: "water", seq: next, changes: news });
    return { status: 200, body: { applied: true } };
  }

  #now(): Told {
    if (this.#told === undefined) throw new Error("Cannot tell: the room has not begun");
    return this.#told;
  }

  forget(): void {}

  alarm(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
