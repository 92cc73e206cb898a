import { afterAll, beforeAll, expect, test } from "vitest";
import WebSocket from "ws";
import { type FlakyProxy, startFlakyProxy } from "../../edge/local/flaky-proxy.ts";
import { type RoomStage, stageRooms } from "../../edge/local/room-stage.ts";
import type { WaterChange } from "../../shared/chat.ts";
import { connectWaters } from "./connect-water.ts";

let stage: RoomStage;
let proxy: FlakyProxy;

beforeAll(async () => {
  stage = await stageRooms();
  proxy = await startFlakyProxy(stage.host);
});

afterAll(async () => {
  await proxy.stop();
  await stage.stop();
});

const WATER = "0302223";

test("waters in view tell what changed, also what was missed, and say so where that is lost", async () => {
  const news: WaterChange[] = [];
  let lost = 0;
  let look: () => void = () => {};
  const until = (condition: () => boolean) =>
    new Promise<void>((resolve) => {
      look = () => condition() && resolve();
      look();
    });
  const waters = connectWaters({
    WebSocket,
    heartbeatMs: 200,
    answerMs: 200,
    onNews(changes) {
      news.push(...changes);
      look();
    },
    onLost() {
      lost += 1;
      look();
    },
  });
  let version = 0;
  const tell = (count: number) =>
    stage.hub.publish("water", WATER, {
      kind: "water",
      changes: Array.from({ length: count }, () => ({
        dockId: 7,
        version: version += 1,
        what: "changed" as const,
      })),
    });
  const url = stage.hub.publicUrl("water", WATER).replace(stage.host, proxy.host);
  waters.look([{ water: WATER, url }]);
  // What happened before one looks is no news; so tell until something is heard.
  while (news.length === 0) await tell(1);
  const heard = () => news.at(-1)?.version === version;
  await until(heard);
  const seen = news.length;

  proxy.isDown = true;
  proxy.cut();
  await tell(3);
  proxy.isDown = false;
  await until(heard);
  expect(news.slice(seen).map((change) => change.version)).toEqual([
    version - 2,
    version - 1,
    version,
  ]);
  expect(lost).toBe(0);

  proxy.isDown = true;
  proxy.cut();
  await tell(150);
  await tell(150);
  proxy.isDown = false;
  await until(() => lost === 1);
  waters.look([]);
  waters.close();
});
