import type { RoomStorage } from "./host.ts";

/*
 * What PartyKit hands to a party, as far as it is used here. Its own types stand on an old copy of
 * workerd's, which does not agree with the platform's types elsewhere in this folder.
 */

export interface PartyRoom {
  /** Throws in an alarm, and after one that woke the room. */
  readonly id: string;
  readonly env: Record<string, unknown>;
  readonly storage: RoomStorage;
  getConnections(): Iterable<PartyConnection>;
}

export interface PartyConnection {
  /** The client's `_pk` where it sent one. */
  readonly id: string;
  readonly state: unknown;
  setState(state: unknown): unknown;
  send(text: string): void;
  close(code?: number, reason?: string): void;
}

export interface PartyLobby {
  readonly id: string;
  readonly env: Record<string, unknown>;
  /** The project's rooms, by party. A room itself has them only while it is in no alarm. */
  readonly parties: Readonly<
    Record<string, { get(id: string): { fetch(init: RequestInit): Promise<Response> } }>
  >;
}
