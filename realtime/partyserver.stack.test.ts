import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { Miniflare, NoOpLog } from "miniflare";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type PlayedEdge, playEdge } from "../edge/local/played-edge.ts";
import { openRoomSocket, SocketRefused } from "../edge/local/room-socket.ts";
import { stageThread } from "../edge/local/room-stage.ts";
import { createHub, type Hub } from "../edge/platform/hub.ts";
import { CLOSE } from "../shared/chat.ts";

const fixture = fileURLToPath(new URL("./partyserver.fixture.ts", import.meta.url));

let edge: PlayedEdge;
let runtime: Miniflare;
let hub: Hub;
let host: string;

beforeAll(async () => {
  const secret = randomUUID() + randomUUID();
  edge = await playEdge(secret);
  const { outputFiles } = await build({
    entryPoints: [fixture],
    bundle: true,
    write: false,
    format: "esm",
    target: "esnext",
    conditions: ["workerd", "worker"],
    external: ["node:*", "cloudflare:*"],
    logLevel: "silent",
  });
  runtime = new Miniflare({
    host: "127.0.0.1",
    port: 0,
    cf: false,
    log: new NoOpLog(),
    modules: [{ type: "ESModule", path: "hub.mjs", contents: outputFiles[0]!.text }],
    compatibilityDate: "2026-04-01",
    compatibilityFlags: ["nodejs_compat"],
    durableObjects: { Thread: "Thread", Booking: "Booking", Inbox: "Inbox" },
    bindings: { REALTIME_SECRET: secret, EDGE_URL: edge.url },
  });
  host = (await runtime.ready).host;
  hub = createHub({
    host,
    secret,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
});

afterAll(async () => {
  await runtime.dispose();
  await edge.stop();
});

test("the same cores run on partyserver", async () => {
  const { id, stored, enter } = stageThread({ edge, hub });
  const [guest, other] = [await enter("guest"), await enter("host")];
  for (const clientId of ["a", "b"]) guest.send({ type: "message.send", clientId, text: clientId });
  guest.send({ type: "message.edit", clientId: "c", seq: 1, text: "A" });
  expect(await other.next("edit")).toMatchObject({ seq: 3, target: 1, text: "A" });
  other.send({ type: "message.read", seq: 2 });
  expect(await guest.next("read")).toMatchObject({ userId: "host", seq: 2 });
  await edge.until(() => stored.log.length === 3 && stored.reads["host"] === 2);
  expect(await hub.send(id, { senderId: "host", clientId: "d", text: "by HTTP" }))
    .toMatchObject({ seq: 4 });

  const late = await enter("host");
  late.send({ type: "sync", after: 0 });
  expect(await late.next("synced")).toMatchObject({ seq: 4, head: 4 });
  await hub.close({ userId: "guest", sessionId: "session-guest" });
  expect(await guest.closed).toMatchObject({ code: CLOSE.signedOut });
  const foreign = await openRoomSocket(`ws://${host}/parties/thread/${id}`).catch((e: unknown) =>
    e
  );
  expect((foreign as SocketRefused).status).toBe(401);
  expect(edge.unsigned).toBe(0);
  await Promise.all([late.close(), other.close()]);
});
