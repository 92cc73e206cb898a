import { CLOSE, MAX_BAD_FRAMES, PROTOCOL } from "../shared/chat.ts";
import type {
  FrameErrorCode,
  Member,
  ServerFrame,
  Welcome,
  WelcomeMember,
} from "../shared/chat.ts";
import type { RoomHost, RoomSocket, SocketState } from "./host.ts";
import { presentUsers } from "./presence.ts";

export type WelcomeParts = Pick<Welcome, "epoch" | "seq" | "members" | "state">;
export type AdmittedSocket = RoomSocket & { readonly state: SocketState };

/** The sockets that were let in, and what is said to them. */
export class Sockets {
  readonly #host: RoomHost;

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
    return members.map((member) => ({ ...member, online: present.has(member.userId) }));
  }

  /** Says to everybody where the room begins now. */
  welcome(parts: WelcomeParts): void {
    this.broadcast({ type: "welcome", protocol: PROTOCOL, ...parts });
  }

  /** Closes the sockets that a `close` names; true where there were any. */
  closeFor({ userId, sessionId }: { userId: string; sessionId?: string | undefined }): boolean {
    const isTheirs = (state: SocketState) =>
      state.userId === userId && (sessionId === undefined || state.sessionId === sessionId);
    return this.closeWhere(isTheirs, CLOSE.signedOut, "signed out or removed");
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
