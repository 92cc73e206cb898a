import type { ClientFrame } from "../shared/chat.ts";
import type { AdmittedSocket, WelcomeParts } from "./sockets.ts";

/** What the edge is answered. */
export interface PushResult {
  status: number;
  body: Record<string, unknown>;
}

/** How somebody comes in: `issuedAt` is their ticket's, ms since 1970. */
export interface Admission {
  sessionId: string;
  issuedAt: number;
}

/** What makes one kind of room different from another; SocketRoom does what they share. */
export interface RoomCore {
  /** Loads what `welcome` needs. Throws EdgeUnavailable where the edge is needed and away. */
  ready(): Promise<void>;
  /** Everybody may listen, nobody is anybody: no members, no presence. */
  readonly isPublic?: boolean;
  /** Whether this person may be here, by this session's ticket. */
  admits(userId: string, by?: Admission): Promise<boolean>;
  /** How the room stands at this moment; `ready` was awaited. */
  welcome(): WelcomeParts;
  /** Whether frames of this type are for this kind of room. */
  knows(type: ClientFrame["type"]): boolean;
  frame(frame: ClientFrame, socket: AdmittedSocket): Promise<void>;
  /** What the edge says, as JSON text; its signature was checked. */
  push(body: string): Promise<PushResult>;
  /** A socket has gone. */
  forget(socketId: string): void;
  /** Due work; true to be called again soon. */
  alarm(): Promise<boolean>;
}
