import { parseJson } from "../shared/chat.ts";
import type { ClientFrame } from "../shared/chat.ts";
import { InboxPush } from "../shared/hub.ts";
import type { CloseAnswer } from "../shared/hub.ts";
import type { RoomHost } from "./host.ts";
import type { Admission, PushResult, RoomCore } from "./room-core.ts";
import { ALL, ENDED_MS } from "./sockets.ts";
import type { AdmittedSocket, Sockets, WelcomeParts } from "./sockets.ts";

const OPEN = "open:";
const ENDED = "ended:";
/** A session lives no longer than that after its last use, and each use opens a room anew. */
const OPEN_MS = 31 * 86_400_000;
const FRESH_MS = 86_400_000;

/** Session id → when it last opened the room. */
type Opened = Record<string, number>;

/**
 * A person's own room: tells their open pages that something happened somewhere, and knows which
 * rooms their sessions have opened, so that the end of a session ends all of its sockets. Of what
 * it tells it keeps nothing; a page that was away reads its lists anew.
 */
export class InboxCore implements RoomCore {
  readonly #host: RoomHost;
  readonly #sockets: Sockets;

  constructor(host: RoomHost, sockets: Sockets) {
    this.#host = host;
    this.#sockets = sockets;
  }

  ready(): Promise<void> {
    return Promise.resolve();
  }

  async admits(userId: string, by: Admission): Promise<boolean> {
    return userId === await this.#host.id() && !await this.#hasEnded(by);
  }

  welcome(): WelcomeParts {
    return { epoch: 0, seq: 0, members: [], state: {} };
  }

  knows(type: ClientFrame["type"]): boolean {
    return type === "ping";
  }

  frame(_frame: ClientFrame, socket: AdmittedSocket): Promise<void> {
    this.#sockets.send(socket, { type: "pong" });
    return Promise.resolve();
  }

  async push(body: string): Promise<PushResult> {
    const push = parseJson(InboxPush, body);
    if (push === undefined) return { status: 400, body: { code: "bad-request" } };
    return { status: 200, body: await this.#apply(push) };
  }

  async #apply(push: InboxPush): Promise<PushResult["body"]> {
    switch (push.kind) {
      case "booking":
        this.#sockets.broadcast({ ...push.booking, type: "booking" });
        return { applied: true };
      case "thread":
        this.#sockets.broadcast({ ...push.thread, type: "thread" });
        return { applied: true };
      case "opened":
        return { applied: await this.#open(push) };
      case "close":
        return { ...await this.#close(push) };
    }
  }

  async #hasEnded({ sessionId, issuedAt }: Admission): Promise<boolean> {
    const [one, all] = await Promise.all([
      this.#host.storage.get<number>(ENDED + sessionId),
      this.#host.storage.get<number>(ENDED + ALL),
    ]);
    // A ticket says whole seconds: one of the same second counts as older.
    return one !== undefined || (all !== undefined && issuedAt <= all);
  }

  /** Notes that a session has opened a room; false where it has ended. */
  async #open(push: Extract<InboxPush, { kind: "opened" }>): Promise<boolean> {
    const { party, id, sessionId } = push;
    if (await this.#hasEnded(push)) return false;
    const key = `${OPEN}${party}:${id}`;
    const now = this.#host.now();
    const opened = await this.#host.storage.get<Opened>(key) ?? {};
    if (now - (opened[sessionId] ?? 0) < FRESH_MS) return true;
    const fresh = Object.entries(opened).filter(([, at]) => now - at < OPEN_MS);
    await this.#host.storage.put({
      [key]: { ...Object.fromEntries(fresh), [sessionId]: now } satisfies Opened,
    });
    return true;
  }

  /**
   * Closes the sockets of a session, or of all, that are open here; answers the rooms where there
   * may be more. They stay known: whoever was told to close them may have to try again.
   */
  async #close(push: Extract<InboxPush, { kind: "close" }>): Promise<CloseAnswer> {
    const { sessionId } = push;
    await this.#host.storage.put({ [ENDED + (sessionId ?? ALL)]: this.#host.now() });
    const applied = this.#sockets.closeFor(push);
    const rooms = [...await this.#host.storage.list<Opened>({ prefix: OPEN })]
      .filter(([, opened]) => sessionId === undefined || opened[sessionId] !== undefined)
      .map(([key]) => key.slice(OPEN.length));
    return { applied, rooms };
  }

  forget(): void {}

  async alarm(): Promise<boolean> {
    const ended = await this.#host.storage.list<number>({ prefix: ENDED });
    const over = [...ended].filter(([, at]) => this.#host.now() - at > ENDED_MS);
    const keys = over.map(([key]) => key).slice(0, 128);
    if (keys.length > 0) await this.#host.storage.delete(keys);
    return false;
  }
}
