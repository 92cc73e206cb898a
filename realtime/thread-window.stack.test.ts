import { afterAll, beforeAll, expect, test } from "vitest";
import type { RoomSocket } from "../edge/local/room-socket.ts";
import { type RoomStage, stageRooms, stageThread } from "../edge/local/room-stage.ts";

const COUNT = 1_200;

let stage: RoomStage;

beforeAll(async () => {
  stage = await stageRooms({ MESSAGE_BURST: "5000", MESSAGE_RATE: "5000" });
});

afterAll(() => stage.stop());

test("a room lets go of what Postgres has, and still answers for all of it", async () => {
  const { id: threadId, stored: thread, enter } = stageThread(stage);
  const messagesOf = (socket: RoomSocket) => socket.frames.filter((f) => f.type === "message");

  const writer = await enter("guest");
  for (let i = 1; i <= COUNT; i++) {
    writer.send({ type: "message.send", clientId: `c${i}`, text: `message ${i}` });
  }
  await writer.next("message", ({ seq }) => seq === COUNT);
  await stage.edge.until(() => thread.log.length === COUNT);

  // The room lets go in its own time; a sync that asks the edge shows that it has.
  const asked = () => stage.edge.calls.get("GET threads log") ?? 0;
  do {
    const reader = await enter("guest");
    reader.send({ type: "sync", after: 0 });
    expect(await reader.next("synced")).toMatchObject({ seq: COUNT, head: COUNT });
    expect(messagesOf(reader)).toEqual(messagesOf(writer));
    await reader.close();
  } while (asked() === 0);

  // Resends of what is no longer here, and of what is.
  for (const seq of [1, COUNT]) {
    const again = { senderId: "guest", clientId: `c${seq}`, text: "again" };
    expect(await stage.hub.send(threadId, again)).toMatchObject({ seq, text: `message ${seq}` });
  }
  writer.send({ type: "ping" });
  expect(await writer.next("pong")).toMatchObject({ seq: COUNT });
  await writer.close();
});
