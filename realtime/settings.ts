import * as z from "zod/mini";

const Count = z.optional(z.coerce.number().check(z.int(), z.gte(1)));

/** What the hub is told by its environment. It has no database credentials, and needs none. */
const HubEnv = z.object({
  REALTIME_SECRET: z.string().check(z.minLength(32)),
  EDGE_URL: z.url(),
  /** Comma-separated; empty or absent means that a ticket is enough. */
  ALLOWED_ORIGINS: z.optional(z.string()),
  /** How often the clock calls the edge, milliseconds. */
  TICK_MS: Count,
  /** Messages that one person may send in a burst, and a second for as long as they like. */
  MESSAGE_BURST: Count,
  MESSAGE_RATE: Count,
  /** Sockets in one room, and of one person in one room; readers of one water. */
  ROOM_SOCKETS: Count,
  PERSON_SOCKETS: Count,
  WATER_SOCKETS: Count,
});

export interface RoomSettings {
  tickMs: number;
  messageBurst: number;
  messageRate: number;
  /** Frames of every type, one socket. */
  frameBurst: number;
  frameRate: number;
  /** The same for one person, whatever number of sockets they open. */
  personFrameBurst: number;
  personFrameRate: number;
  roomSockets: number;
  personSockets: number;
  waterSockets: number;
  syncBurst: number;
  syncRate: number;
  /** Entries that a room keeps after Postgres has them. */
  keepEntries: number;
  /** How long a room knows a resend by its (sender, clientId) without asking the edge. */
  keepNamesMs: number;
}

export interface HubSettings {
  secret: string;
  edgeUrl: string;
  allowedOrigins: readonly string[];
  room: RoomSettings;
}

/** Reads the hub's environment; throws one sentence that names the variable. */
export function parseHubEnv(env: Record<string, unknown>): HubSettings {
  const parsed = HubEnv.safeParse(env);
  if (!parsed.success) {
    const name = parsed.error.issues[0]?.path.join(".");
    throw new Error(`Cannot start room: ${name} is missing or not usable`);
  }
  const { data } = parsed;
  const messageBurst = data.MESSAGE_BURST ?? 200;
  const messageRate = data.MESSAGE_RATE ?? 20;
  return {
    secret: data.REALTIME_SECRET,
    edgeUrl: data.EDGE_URL.replace(/\/$/, ""),
    allowedOrigins: (data.ALLOWED_ORIGINS ?? "").split(",").map((o) => o.trim()).filter(Boolean),
    room: {
      tickMs: data.TICK_MS ?? 5_000,
      messageBurst,
      messageRate,
      // Each message is a frame, and there are reads, typing and pings beside them.
      frameBurst: 2 * messageBurst,
      frameRate: 2 * messageRate,
      personFrameBurst: 4 * messageBurst,
      personFrameRate: 4 * messageRate,
      roomSockets: data.ROOM_SOCKETS ?? 256,
      personSockets: data.PERSON_SOCKETS ?? 16,
      waterSockets: data.WATER_SOCKETS ?? 5_000,
      syncBurst: 10,
      syncRate: 1,
      keepEntries: 500,
      keepNamesMs: 7 * 86_400_000,
    },
  };
}
