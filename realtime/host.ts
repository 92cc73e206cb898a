import type { RoomSettings } from "./settings.ts";
import type { EdgeClient } from "./edge-client.ts";

/**
 * What a room needs of its runtime. PartyKit's `room.storage` and Durable Objects' fit as they are.
 * Several puts and deletes without an await between them are stored together or not at all, and
 * nothing that the room sends afterwards leaves before they are on disk.
 */
export interface RoomStorage {
  get<T>(key: string): Promise<T | undefined>;
  /** At most 128 keys. */
  put(entries: Record<string, unknown>): Promise<void>;
  /** At most 128 keys. */
  delete(keys: string[]): Promise<number>;
  list<T>(options: {
    start?: string;
    end?: string;
    prefix?: string;
    limit?: number;
    reverse?: boolean;
  }): Promise<Map<string, T>>;
  getAlarm(): Promise<number | null>;
  setAlarm(atMs: number): Promise<void>;
}

/** What is kept with a socket; it survives hibernation. A socket without it was never let in. */
export interface SocketState {
  userId: string;
  sessionId: string;
  /** When it was last heard, ms since 1970, to within SEEN_STEP_MS. */
  seenAt: number;
  /** Not heard for PRESENCE_TTL_MS. */
  away: boolean;
  badFrames: number;
}

export interface RoomSocket {
  readonly id: string;
  readonly state: SocketState | null;
  setState(state: SocketState): void;
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface RoomHost {
  readonly storage: RoomStorage;
  readonly edge: EdgeClient;
  readonly settings: RoomSettings;
  /** The room's id; also inside an alarm, where PartyKit's own is not to be had. */
  id(): Promise<string>;
  /** Open sockets, those not yet let in among them. */
  sockets(): Iterable<RoomSocket>;
  now(): number;
  /** A UUIDv7. */
  newId(): string;
}
