import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LogEntry, Message } from "../../shared/chat.ts";
import { createHub, type Hub } from "../platform/hub.ts";
import { entriesAfter, messagesBefore } from "../threads/log-queries.ts";
import { closeServer, listen } from "./listen.ts";
import { freePort } from "./ports.ts";
import { readBody } from "./read-body.ts";
import { type Rooms, startRooms } from "./rooms.ts";
import { createTestEdge, signUp, type TestEdge, type TestPerson } from "./test-edge.ts";
import { createTestHarbour, type TestHarbour } from "./test-harbour.ts";

const partykitJsonPath = fileURLToPath(new URL("../../realtime/partykit.json", import.meta.url));

/** Edge, Postgres and rooms, all real and joined, for tests of what must hold between them. */
export interface ProductStage {
  readonly edge: TestEdge;
  readonly hub: Hub;
  readonly host: string;
  readonly secret: string;
  readonly harbour: TestHarbour;
  /** While true the edge answers 503 to the rooms. */
  isEdgeAway: boolean;
  /** Ends every room at once, as a power cut would, and starts them again. */
  cutPower(): Promise<void>;
  /** The same, and the rooms' storage is gone. */
  loseRooms(): Promise<void>;
  newThread(): Promise<StageThread>;
  stop(): Promise<void>;
}

export interface StageThread {
  id: string;
  guest: TestPerson;
  host: TestPerson;
  /** The log and the messages as Postgres has them, ascending. */
  log(): Promise<LogEntry[]>;
  messages(): Promise<Message[]>;
}

/** `vars` are the rooms' own. */
export async function stageProduct(vars: Record<string, string> = {}): Promise<ProductStage> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const secret = randomUUID() + randomUUID();
  const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-product-"));
  const hub = createHub({
    host,
    secret,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
  const edge = await createTestEdge({
    env: { PARTYKIT_HOST: host, REALTIME_SECRET: secret },
    parts: { hub, now: () => Date.now() },
  });
  const harbour = await createTestHarbour(edge);
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const body = await readBody(incoming, 4_000_000);
      const headers = new Headers();
      for (const [name, value] of Object.entries(incoming.headers)) {
        headers.set(name, String(value));
      }
      const { method = "GET" } = incoming;
      const request = new Request(`http://localhost:8787${incoming.url}`, {
        method,
        headers,
        ...(method === "GET" ? {} : { body: new Uint8Array(body) }),
      });
      const answer = stage.isEdgeAway
        ? new Response("{}", { status: 503 })
        : await edge.app.fetch(request, { background: (work) => void work.catch(() => {}) });
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
      // The rooms' power fails in the middle of a request.
    })().catch(() => outgoing.destroy());
  });
  const edgeUrl = `http://127.0.0.1:${await listen(server, 0)}`;
  const start = (): Promise<Rooms> =>
    startRooms({
      dataDir,
      partykitJsonPath,
      port,
      vars: { REALTIME_SECRET: secret, EDGE_URL: edgeUrl, ...vars },
    });
  let rooms = await start();

  async function kill(): Promise<void> {
    process.kill(-rooms.pid, "SIGKILL");
    await rooms.exited;
  }

  const stage: ProductStage = {
    edge,
    hub,
    host,
    secret,
    harbour,
    isEdgeAway: false,
    async cutPower() {
      await kill();
      rooms = await start();
    },
    async loseRooms() {
      await kill();
      await rm(join(dataDir, "rooms"), { recursive: true, force: true });
      rooms = await start();
    },
    async newThread() {
      const [dock, guest] = [await harbour.addDock(), await signUp(edge, "Gus Guest")];
      const opened = await guest.fetch("POST /api/threads", { dockId: dock.id });
      const { id } = (await opened.json()) as { id: string };
      return {
        id,
        guest,
        host: harbour.host,
        log: () => entriesAfter(edge.sql, id, 0, 1_000_000),
        messages: async () =>
          (await messagesBefore(edge.sql, id, undefined, 1_000_000)).toReversed(),
      };
    },
    async stop() {
      await rooms.stop();
      await closeServer(server);
      await edge.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  return stage;
}
