import { CLOSE, MAX_BAD_FRAMES, PROTOCOL } from "../shared/chat.ts";
import type {
  FrameErrorCode,
  Member,
  ServerFrame,
  Welcome,
  WelcomeMember,
} from "../shared/chat.ts";
import { TICKET_TTL_SECONDS } from "../shared/ticket.ts";
import type { RoomHost, RoomSocket, SocketState } from "./host.ts";
import { presentUsers } from "./presence.ts";
import type { Admission } from "./room-core.ts";

export type WelcomeParts = Pick<Welcome, "epoch" | "seq" | "members" | "state">;
export type AdmittedSocket = RoomSocket & { readonly state: SocketState };

/** No ticket of an ended session is still under way after that, whatever the clocks say. */
export const ENDED_MS = 2 * TICKET_TTL_SECONDS * 1000;
/** Every session of a person. */
export const ALL = "*";

/** The sockets that were let in, and what is said to them. */
export class Sockets {
  readonly #host: RoomHost;
  /** When people who are away were last here, ms since 1970. */
  readonly lastSeen = new Map<string, number>();
  /** `PERSON SESSION` → when it ended. */
  readonly #ended = new Map<string, number>();

  constructor(host: RoomHost) {
    this.#host = host;
  }

  /**
   * The runtime counts a socket among the open ones before it was let in: whoever broadcasts must
   * come through here.
   */
  *admitted(): Generator<AdmittedSocket> {
    for (const socket of this.#host.sockets()) {
      if (isAdmitted(socket)) yield socket;
    }
  }

  send(socket: RoomSocket, frame: ServerFrame): void {
    sendText(socket, JSON.stringify(frame));
  }

  /** To everybody let in, but those whom `isSkipped` names. */
  broadcast(frame: ServerFrame, isSkipped?: (socket: AdmittedSocket) => boolean): void {
    const text = JSON.stringify(frame);
    for (const socket of this.admitted()) {
      if (!isSkipped?.(socket)) sendText(socket, text);
    }
  }

  /** Answers a frame with what was wrong with it. */
  refuse(
    socket: RoomSocket,
    code: FrameErrorCode,
    more: { detail?: string; clientId?: string; retryAfterMs?: number } = {},
  ): void {
    this.send(socket, { type: "error", code, ...more });
  }

  /** Answers a frame that this room does not understand; the third one closes the socket. */
  refuseBad(socket: AdmittedSocket, code: FrameErrorCode, detail: string): void {
    const badFrames = socket.state.badFrames + 1;
    this.refuse(socket, code, { detail });
    if (badFrames >= MAX_BAD_FRAMES) socket.close(CLOSE.badFrames, "too many bad frames");
    else socket.setState({ ...socket.state, badFrames });
  }

  withPresence(members: readonly Member[]): WelcomeMember[] {
    const present = presentUsers(this.admitted());
    return members.map((member) => {
      const online = present.has(member.userId);
      return { ...member, online, ...(online ? {} : this.lastSeenOf(member.userId)) };
    });
  }

  lastSeenOf(userId: string): { lastSeenAt?: string } {
    const at = this.lastSeen.get(userId);
    return at === undefined ? {} : { lastSeenAt: new Date(at).toISOString() };
  }

  /** Says to everybody where the room begins now. */
  welcome(parts: WelcomeParts): void {
    this.broadcast({ type: "welcome", protocol: PROTOCOL, ...parts });
  }

  /**
   * Closes the sockets that a `close` names; true where there were any. A socket whose ticket was
   * given before is under way perhaps: memory is enough to know it by, for it comes in a moment.
   */
  closeFor({ userId, sessionId }: { userId: string; sessionId?: string | undefined }): boolean {
    const now = this.#host.now();
    for (const [name, at] of this.#ended) if (now - at > ENDED_MS) this.#ended.delete(name);
    this.#ended.set(`${userId} ${sessionId ?? ALL}`, now);
    const isTheirs = (state: SocketState) =>
      state.userId === userId && (sessionId === undefined || state.sessionId === sessionId);
    return this.closeWhere(isTheirs, CLOSE.signedOut, "signed out or removed");
  }

  /** Whether a session has ended since its ticket was given. */
  hasEnded(userId: string, { sessionId, issuedAt }: Admission): boolean {
    const all = this.#ended.get(`${userId} ${ALL}`);
    return this.#ended.has(`${userId} ${sessionId}`) || (all !== undefined && issuedAt <= all);
  }

  /** Closes what matches; true where something did. */
  closeWhere(matches: (state: SocketState) => boolean, code: number, reason: string): boolean {
    const matching = [...this.admitted()].filter(({ state }) => matches(state));
    for (const socket of matching) socket.close(code, reason);
    return matching.length > 0;
  }
}

export function isAdmitted(socket: RoomSocket): socket is AdmittedSocket {
  return socket.state !== null;
}

function sendText(socket: RoomSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // It closed between being listed and being written to; its close event takes care of the rest.
  }
}
