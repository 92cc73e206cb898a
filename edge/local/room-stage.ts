import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogEntry, MessageEntry } from "../../shared/chat.ts";
import { createHub, type Hub } from "../platform/hub.ts";
import { type PlayedEdge, playEdge, type PlayedThread } from "./played-edge.ts";
import { openRoomSocket, type RoomSocket } from "./room-socket.ts";
import { type Rooms, startRooms } from "./rooms.ts";

const partykitJsonPath = fileURLToPath(new URL("../../realtime/partykit.json", import.meta.url));

/** The real rooms in their real runtime before a played edge, for tests of either side of a room. */
export interface RoomStage {
  readonly edge: PlayedEdge;
  /** `127.0.0.1:PORT`; the same after `kill` and `startAgain`. */
  readonly host: string;
  readonly secret: string;
  readonly hub: Hub;
  /** As a power cut would: nothing gets to finish. */
  kill(): Promise<void>;
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

export async function stageRooms(vars: Record<string, string> = {}): Promise<RoomStage> {
  const secret = randomUUID() + randomUUID();
  const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-stage-"));
  const edge = await playEdge(secret);
  const start = (port: number): Promise<Rooms> =>
    startRooms({
      dataDir,
      partykitJsonPath,
      port,
      vars: {
        REALTIME_SECRET: secret,
        EDGE_URL: edge.url,
        ALLOWED_ORIGINS: "http://localhost:8787, http://127.0.0.1:8787",
        ...vars,
      },
    });
  let rooms = await start(0);
  const { host, port } = rooms;
  return {
    edge,
    host,
    secret,
    hub: createHub({
      host,
      secret,
      fetch: (url, init) => fetch(url, init),
      now: () => Date.now(),
      randomId: () => randomUUID(),
    }),
    async kill() {
      process.kill(-rooms.pid, "SIGKILL");
      await rooms.exited;
    },
    async startAgain() {
      rooms = await start(port);
    },
    async stop() {
      await rooms.stop();
      await edge.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A thread of `guest` and `host`, as Postgres holds it and as people come into its room. */
export interface StagedThread {
  readonly id: string;
  readonly stored: PlayedThread;
  readonly ticketUrl: (userId: string) => Promise<string>;
  /** Opens a socket and takes its welcome. */
  readonly enter: (userId: string) => Promise<RoomSocket>;
}

export function stageThread({ edge, hub }: Pick<RoomStage, "edge" | "hub">): StagedThread {
  const id = randomUUID();
  const stored: PlayedThread = {
    epoch: 1,
    membersVersion: 1,
    members: [
      { userId: "guest", role: "guest", name: "Gil" },
      { userId: "host", role: "host", name: "Hanna" },
    ],
    reads: {},
    log: [],
  };
  edge.threads.set(id, stored);
  const ticketUrl = async (userId: string) => {
    const claims = { room: `thread:${id}`, userId, sessionId: `session-${userId}` };
    return (await hub.issueTicket(claims)).url;
  };
  return {
    id,
    stored,
    ticketUrl,
    enter: async (userId) => {
      const socket = await openRoomSocket(await ticketUrl(userId));
      await socket.next("welcome");
      return socket;
    },
  };
}

/** Messages of the host's that Postgres holds from before: `old-SEQ` is their clientId. */
export function loggedBefore(count: number, sentAt = "2026-01-01T00:00:00.000Z"): MessageEntry[] {
  return Array.from({ length: count }, (_, i) => ({
    kind: "message",
    seq: i + 1,
    id: randomUUID(),
    clientId: `old-${i + 1}`,
    senderId: "host",
    text: `before ${i + 1}`,
    sentAt,
  }));
}

/** What an entry of a log says. */
export function textOf(entry: LogEntry): string {
  return "text" in entry ? entry.text : "";
}
