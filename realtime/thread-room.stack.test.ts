import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PlayedEdge, PlayedThread } from "../edge/local/played-edge.ts";
import { openRoomSocket, type RoomSocket } from "../edge/local/room-socket.ts";
import {
  loggedBefore,
  type RoomStage,
  type StagedThread,
  stageRooms,
  stageThread,
} from "../edge/local/room-stage.ts";
import type { Hub } from "../edge/platform/hub.ts";
import type { ServerFrame } from "../shared/chat.ts";
import { CLOSE, MAX_FRAME_BYTES, MAX_TEXT } from "../shared/chat.ts";

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

describe("a conversation", () => {
  test("both see each message once, in one order, and Postgres gets it", async () => {
    const guest = await openRoomSocket(await ticketUrl("guest"));
    expect(await guest.next("welcome")).toEqual({
      type: "welcome",
      protocol: 2,
      epoch: 2,
      seq: 0,
      members: [
        { userId: "guest", role: "guest", name: "Gil", online: true },
        { userId: "host", role: "host", name: "Hanna", online: false },
      ],
      state: { reads: {} },
    });
    const host = await enter("host");
    expect(await guest.next("presence")).toMatchObject({ userId: "host", online: true });

    for (let i = 1; i <= 20; i++) {
      guest.send({ type: "message.send", clientId: `g${i}`, text: ` from guest ${i} ` });
      host.send({ type: "message.send", clientId: `h${i}`, text: `from host ${i}` });
    }
    await Promise.all([guest, host].map((s) => s.next("message", ({ seq }) => seq === 40)));
    const seen = messagesOf(guest);
    expect(seen.map(({ seq }) => seq)).toEqual(Array.from({ length: 40 }, (_, i) => i + 1));
    expect(messagesOf(host)).toEqual(seen);
    expect(seen.filter((m) => m.senderId === "guest").map((m) => m.text))
      .toEqual(Array.from({ length: 20 }, (_, i) => `from guest ${i + 1}`));

    await edge.until(() => thread.log.length === 40);
    expect(thread.log).toEqual(seen.map(({ type, ...entry }) => ({ kind: type, ...entry })));
    expect(edge.unsigned).toBe(0);
    await Promise.all([guest.close(), host.close()]);
  });

  test("a resend is answered to its sender alone, with the same message", async () => {
    const [guest, host] = [await enter("guest"), await enter("host")];
    guest.send({ type: "message.send", clientId: "same", text: "once" });
    const first = await guest.next("message");
    guest.send({ type: "message.send", clientId: "same", text: "twice" });
    expect(await guest.next("message")).toEqual(first);
    // Another person's name for a message is another message.
    host.send({ type: "message.send", clientId: "same", text: "mine" });
    await guest.next("message", ({ seq }) => seq === 2);
    await host.next("message", ({ seq }) => seq === 2);
    expect(messagesOf(host).map(({ text }) => text)).toEqual(["once", "mine"]);
    await Promise.all([guest.close(), host.close()]);
  });

  test("sending over HTTP goes through the room and dedupes with the socket's", async () => {
    const guest = await enter("guest");
    const sent = await hub.send(threadId, { senderId: "host", clientId: "x", text: "by HTTP" });
    expect(sent).toMatchObject({ seq: 1, senderId: "host", text: "by HTTP" });
    expect(await guest.next("message")).toEqual({ type: "message", ...sent });
    expect(await hub.send(threadId, { senderId: "host", clientId: "x", text: "again" }))
      .toEqual(sent);
    const refused = (message: object, code: string) =>
      expect(hub.send(threadId, { senderId: "host", clientId: "y", text: "t", ...message }))
        .rejects.toMatchObject({ code });
    await refused({ senderId: "stranger" }, "forbidden");
    await refused({ text: " " }, "invalid");
    await refused({ text: "x".repeat(MAX_TEXT + 1) }, "invalid");
    await guest.close();
  });

  test("read marks rise, are told, stay, and reach Postgres", async () => {
    const [guest, host] = [await enter("guest"), await enter("host")];
    for (const clientId of ["a", "b"]) {
      guest.send({ type: "message.send", clientId, text: "x" });
      await host.next("message");
    }
    host.send({ type: "message.read", seq: 9 });
    expect(await guest.next("read")).toEqual({ type: "read", userId: "host", seq: 2 });
    host.send({ type: "message.read", seq: 1 });
    host.send({ type: "ping" });
    expect(await host.next("pong")).toEqual({ type: "pong", seq: 2 });
    const again = await openRoomSocket(await ticketUrl("guest"));
    expect((await again.next("welcome")).state.reads).toEqual({ host: 2 });
    await edge.until(() => thread.reads["host"] === 2);
    await Promise.all([guest.close(), host.close(), again.close()]);
  });

  test("typing goes to the others; presence counts people, not sockets", async () => {
    const [guest, host, second] = [await enter("guest"), await enter("host"), await enter("host")];
    host.send({ type: "typing" });
    expect(await guest.next("typing")).toEqual({ type: "typing", userId: "host" });
    await host.close();
    await second.close();
    await guest.next("presence", ({ online }) => !online);
    const said = guest.frames.filter((frame) => frame.type === "presence");
    expect(said.map(({ online }) => online)).toEqual([true, false]);
    expect(second.frames.some(({ type }) => type === "typing")).toBe(false);
    await guest.close();
  });

  test("sync after a reconnect brings what was missed, exactly and in order", async () => {
    const guest = await enter("guest");
    for (let i = 1; i <= 5; i++) {
      guest.send({ type: "message.send", clientId: `c${i}`, text: `${i}` });
    }
    await guest.next("message", ({ seq }) => seq === 5);
    const host = await enter("host");
    host.send({ type: "sync", after: 2 });
    expect(await host.next("synced")).toEqual({ type: "synced", after: 2, seq: 5, head: 5 });
    expect(messagesOf(host).map(({ seq, text }) => [seq, text]))
      .toEqual([[3, "3"], [4, "4"], [5, "5"]]);
    await Promise.all([guest.close(), host.close()]);
  });

  test("sync reaches back beyond what the room keeps, live messages waiting their turn", async () => {
    thread.log = loggedBefore(1_300);
    const [guest, host] = [await enter("guest"), await enter("host")];
    guest.send({ type: "sync", after: 0 });
    await guest.next("message");
    for (let i = 1; i <= 30; i++) {
      host.send({ type: "message.send", clientId: `c${i}`, text: `live ${i}` });
    }
    await guest.next("message", ({ seq }) => seq === 1_330);
    const seqs = messagesOf(guest).map(({ seq }) => seq);
    expect(seqs).toEqual(Array.from({ length: 1_330 }, (_, i) => i + 1));
    await Promise.all([guest.close(), host.close()]);
  });
});

describe("bad frames", () => {
  test("are answered, reach nobody, and repeated close the socket", async () => {
    const [guest, host] = [await enter("guest"), await enter("host")];
    guest.sendRaw("not json");
    expect(await guest.next("error")).toMatchObject({ code: "bad-frame" });
    guest.sendRaw(JSON.stringify({
      type: "message.send",
      clientId: "big",
      text: "x".repeat(MAX_FRAME_BYTES),
    }));
    expect(await guest.next("error")).toMatchObject({ code: "too-large" });
    guest.sendRaw(new Uint8Array([1, 2, 3]));
    expect(await guest.next("error")).toMatchObject({ code: "bad-frame" });
    expect(await guest.closed).toMatchObject({ code: CLOSE.badFrames });
    host.send({ type: "ping" });
    await host.next("pong");
    expect(messagesOf(host)).toEqual([]);
    await host.close();
  });

  test("a text that is empty or too long is refused by its clientId", async () => {
    const guest = await enter("guest");
    guest.send({ type: "message.send", clientId: "e", text: " \n" });
    expect(await guest.next("error")).toMatchObject({ code: "empty", clientId: "e" });
    guest.send({ type: "message.send", clientId: "l", text: "x".repeat(MAX_TEXT + 1) });
    expect(await guest.next("error")).toMatchObject({ code: "too-long", clientId: "l" });
    await guest.close();
  });

  test("a flood slows only its sender", async () => {
    const [guest, host] = [await enter("guest"), await enter("host")];
    for (let i = 0; i < 260; i++) {
      guest.send({ type: "message.send", clientId: `f${i}`, text: "flood" });
    }
    const refused = await guest.next("error");
    expect(refused).toMatchObject({ code: "rate-limited" });
    expect(refused.retryAfterMs).toBeGreaterThan(0);
    host.send({ type: "message.send", clientId: "calm", text: "calm" });
    await host.next("message", ({ clientId }) => clientId === "calm");
    await Promise.all([guest.close(), host.close()]);
  });
});
