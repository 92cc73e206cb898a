import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PlayedEdge, PlayedThread } from "../edge/local/played-edge.ts";
import { openRoomSocket, type RoomSocket } from "../edge/local/room-socket.ts";
import {
  loggedBefore,
  type RoomStage,
  type StagedThread,
  stageRooms,
  stageThread,
  textOf,
} from "../edge/local/room-stage.ts";
import type { Hub } from "../edge/platform/hub.ts";
import type { ServerFrame } from "../shared/chat.ts";
import { CLOSE } from "../shared/chat.ts";

let stage: RoomStage;
let edge: PlayedEdge;
let hub: Hub;
let threadId: string;
let thread: PlayedThread;
let enter: StagedThread["enter"];
let ticketUrl: StagedThread["ticketUrl"];

beforeAll(async () => {
  stage = await stageRooms();
  ({ edge, hub } = stage);
});

afterAll(() => stage.stop());

beforeEach(() => {
  edge.isAway = false;
  ({ id: threadId, stored: thread, enter, ticketUrl } = stageThread(stage));
});

function messagesOf({ frames }: RoomSocket): Extract<ServerFrame, { type: "message" }>[] {
  return frames.filter((frame) => frame.type === "message");
}

describe("bad days", () => {
  test("what Postgres cannot take now it gets later, and chat goes on meanwhile", async () => {
    const guest = await enter("guest");
    edge.isAway = true;
    for (let i = 1; i <= 3; i++) {
      guest.send({ type: "message.send", clientId: `c${i}`, text: `${i}` });
    }
    await guest.next("message", ({ seq }) => seq === 3);
    const before = edge.calls.get("POST threads log") ?? 0;
    expect(thread.log).toEqual([]);
    edge.isAway = false;
    await edge.until(() => thread.log.length === 3);
    expect(edge.calls.get("POST threads log")).toBeGreaterThan(before);
    await guest.close();
  });

  test("rooms stopped in the middle of a burst lose nothing that was acknowledged", async () => {
    let guest = await enter("guest");
    edge.isAway = true;
    for (let i = 1; i <= 100; i++) {
      guest.send({ type: "message.send", clientId: `b${i}`, text: `burst ${i}` });
    }
    await guest.next("message", ({ seq }) => seq === 10);
    await stage.kill();
    const acknowledged = messagesOf(guest);
    await stage.startAgain();
    edge.isAway = false;

    guest = await enter("guest");
    for (let i = 1; i <= 100; i++) {
      guest.send({ type: "message.send", clientId: `b${i}`, text: `burst ${i}` });
    }
    guest.send({ type: "sync", after: 0 });
    const { seq, head } = await guest.next("synced");
    expect([seq, head]).toEqual([100, 100]);
    await edge.until(() => thread.log.length === 100);
    expect(thread.log.slice(0, acknowledged.length).map(({ id }) => id))
      .toEqual(acknowledged.map(({ id }) => id));
    expect(thread.log.map(textOf))
      .toEqual(Array.from({ length: 100 }, (_, i) => `burst ${i + 1}`));
    await guest.close();
  });

  test("after a kill the alarm alone brings to Postgres what was left", async () => {
    const guest = await enter("guest");
    edge.isAway = true;
    guest.send({ type: "message.send", clientId: "left", text: "left behind" });
    await guest.next("message");
    await stage.kill();
    edge.isAway = false;
    await stage.startAgain();
    await edge.until(() => thread.log.length === 1);
    expect(thread.log[0]).toMatchObject({ seq: 1, text: "left behind" });
  });

  test("a room without storage goes on from Postgres under a new epoch", async () => {
    thread.log = loggedBefore(120, new Date(Date.now() - 3_600_000).toISOString());
    const guest = await openRoomSocket(await ticketUrl("guest"));
    expect(await guest.next("welcome")).toMatchObject({ epoch: 2, seq: 120 });
    guest.send({ type: "message.send", clientId: "new", text: "new" });
    expect(await guest.next("message")).toMatchObject({ seq: 121 });
    // A resend of what another room stored long ago: known to Postgres alone.
    const repeated = await hub.send(threadId, { senderId: "host", clientId: "old-3", text: "?" });
    expect(repeated).toMatchObject({ seq: 3, text: "before 3" });
    await edge.until(() => thread.log.length === 121);
    await guest.close();
  });

  test("a resend that even the room's memory is too short for ends as one message", async () => {
    thread.log = loggedBefore(120);
    const guest = await enter("guest");
    await hub.send(threadId, { senderId: "host", clientId: "old-3", text: "before 3" });
    expect(await guest.next("message")).toMatchObject({ seq: 121, clientId: "old-3" });
    expect(await guest.next("welcome")).toMatchObject({ epoch: 3, seq: 120 });
    expect(thread.log.length).toBe(120);
    await guest.close();
  });

  test("a database restored from the past gets back what the room still has", async () => {
    const guest = await enter("guest");
    for (let i = 1; i <= 6; i++) {
      guest.send({ type: "message.send", clientId: `c${i}`, text: `${i}` });
    }
    await edge.until(() => thread.log.length === 6);
    thread.log.length = 2;
    guest.send({ type: "message.send", clientId: "c7", text: "7" });
    await edge.until(() => thread.log.length === 7);
    expect(thread.log.map(textOf)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    await guest.close();
  });

  test("where another room has given numbers, ours follow them and everybody reads anew", async () => {
    const guest = await enter("guest");
    guest.send({ type: "message.send", clientId: "c1", text: "ours, stored" });
    await edge.until(() => thread.log.length === 1);
    // Someone raised the epoch and went on without us.
    thread.epoch = 7;
    thread.log.push(...loggedBefore(3).slice(1));
    guest.send({ type: "message.send", clientId: "c2", text: "ours, not yet" });
    const again = await guest.next("welcome");
    expect(again).toMatchObject({ epoch: 8, seq: 4 });
    await edge.until(() => thread.log.length === 4);
    expect(thread.log.map((entry) => [entry.seq, textOf(entry)])).toEqual([
      [1, "ours, stored"],
      [2, "before 2"],
      [3, "before 3"],
      [4, "ours, not yet"],
    ]);
    guest.send({ type: "sync", after: 0 });
    await guest.next("synced");
    expect(messagesOf(guest).slice(-4).map(({ seq, id }) => [seq, id]))
      .toEqual(thread.log.map(({ seq, id }) => [seq, id]));
    await guest.close();
  });

  test("nobody comes into a room that cannot ask the edge, and it works once it can", async () => {
    edge.isAway = true;
    const early = await openRoomSocket(await ticketUrl("guest"));
    expect(await early.closed).toMatchObject({ code: CLOSE.unavailable });
    await expect(hub.send(threadId, { senderId: "guest", clientId: "a", text: "x" }))
      .rejects.toMatchObject({ code: "hub-unavailable" });
    edge.isAway = false;
    await (await enter("guest")).close();
  });
});
