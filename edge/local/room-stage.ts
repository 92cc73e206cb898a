import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createHub, type Hub } from "../platform/hub.ts";
import { type PlayedEdge, playEdge } from "./played-edge.ts";
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
