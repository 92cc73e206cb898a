import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type PlayedEdge, playEdge, type PlayedThread } from "../edge/local/played-edge.ts";
import { openRoomSocket, type RoomSocket, SocketRefused } from "../edge/local/room-socket.ts";
import { type RoomStage, stageRooms } from "../edge/local/room-stage.ts";
import { createHub, type Hub } from "../edge/platform/hub.ts";
import type { LogEntry, ServerFrame } from "../shared/chat.ts";
import { CLOSE, MAX_FRAME_BYTES, MAX_TEXT } from "../shared/chat.ts";

let stage: RoomStage;
let edge: PlayedEdge;
let hub: Hub;
let threadId: string;
let thread: PlayedThread;

beforeAll(async () => {
  stage = await stageRooms();
  ({ edge, hub } = stage);
});

afterAll(() => stage.stop());

beforeEach(() => {
  threadId = randomUUID();
  thread = {
    epoch: 1,
    membersVersion: 1,
    members: [
      { userId: "guest", role: "guest", name: "Gil" },
      { userId: "host", role: "host", name: "Hanna" },
    ],
    reads: {},
    log: [],
  };
  edge.threads.set(threadId, thread);
  edge.isAway = false;
});

async function ticketUrl(userId: string, room = `thread:${threadId}`): Promise<string> {
  return (await hub.issueTicket({ room, userId, sessionId: `session-${userId}` })).url;
}

async function enter(userId: string): Promise<RoomSocket> {
  const socket = await openRoomSocket(await ticketUrl(userId));
  await socket.next("welcome");
  return socket;
}

function messagesOf({ frames }: RoomSocket): Extract<ServerFrame, { type: "message" }>[] {
  return frames.filter((frame) => frame.type === "message");
}

const LONG_AGO = "2026-01-01T00:00:00.000Z";

function logged(from: number, to: number, sentAt = LONG_AGO): LogEntry[] {
  return Array.from({ length: to - from + 1 }, (_, i) => ({
    kind: "message",
    seq: from + i,
    id: randomUUID(),
    clientId: `old-${from + i}`,
    senderId: "host",
    text: `before ${from + i}`,
    sentAt,
  }));
}

describe("a conversation", () => {
  test("both see each message once, in one order, and Postgres gets it", async () => {
    const guest = await openRoomSocket(await ticketUrl("guest"));
    expect(await guest.next("welcome")).toEqual({
      type: "welcome",
      protocol: 1,
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
    thread.log = logged(1, 1_300);
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

describe("who comes in", () => {
  const forged = (claims: object, secret = stage.secret, aud = `thread:${threadId}`) => {
    const now = Math.floor(Date.now() / 1000);
    const all = { aud, sub: "guest", sid: "s", jti: randomUUID(), iat: now, exp: now + 30 };
    return new SignJWT({ ...all, ...claims })
      .setProtectedHeader({ alg: "HS256" })
      .sign(new TextEncoder().encode(secret));
  };
  const knock = async (ticket: string | undefined, origin?: string) => {
    const query = ticket === undefined ? "" : `?ticket=${ticket}`;
    const opened = openRoomSocket(`ws://${stage.host}/parties/thread/${threadId}${query}`, origin);
    const refused = await opened.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SocketRefused);
    return `${(refused as SocketRefused).status} ${(refused as SocketRefused).body}`;
  };

  test("tickets that are missing, wrong, expired or another room's open nothing", async () => {
    const now = Math.floor(Date.now() / 1000);
    expect(await knock(undefined)).toBe('401 {"code":"ticket-missing"}');
    expect(await knock("nonsense")).toBe('401 {"code":"ticket-invalid"}');
    expect(await knock(await forged({}, "another secret, also of forty characters")))
      .toBe('401 {"code":"ticket-invalid"}');
    expect(await knock(await forged({ iat: now - 60, exp: now - 1 })))
      .toBe('401 {"code":"ticket-expired"}');
    expect(await knock(await forged({ exp: now + 3_600 }))).toBe('401 {"code":"ticket-invalid"}');
    expect(await knock(await forged({ iat: now + 60, exp: now + 90 })))
      .toBe('401 {"code":"ticket-invalid"}');
    expect(await knock(await forged({ sub: undefined }))).toBe('401 {"code":"ticket-invalid"}');
    expect(await knock(await forged({}, stage.secret, `thread:${randomUUID()}`)))
      .toBe('403 {"code":"ticket-foreign"}');
    expect(await knock(await forged({}, stage.secret, `booking:${threadId}`)))
      .toBe('403 {"code":"ticket-foreign"}');
    const unsigned = [{ alg: "none" }, { aud: `thread:${threadId}` }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    expect(await knock(`${unsigned}.`)).toBe('401 {"code":"ticket-invalid"}');
    // Nobody has woken the room.
    expect(thread.epoch).toBe(1);
  });

  test("a foreign page is refused, our own and no browser at all are not", async () => {
    expect(await knock(await forged({}), "https://evil.example"))
      .toBe('403 {"code":"forbidden-origin"}');
    const ours = await openRoomSocket(await ticketUrl("guest"), "http://127.0.0.1:8787");
    await ours.next("welcome");
    await ours.close();
  });

  test("a ticket opens one socket", async () => {
    const url = await ticketUrl("guest");
    const first = await openRoomSocket(url);
    await first.next("welcome");
    const second = await openRoomSocket(url);
    expect(await second.closed).toMatchObject({ code: CLOSE.ticket });
    expect(second.frames).toEqual([]);
    await first.close();
  });

  test("a client cannot name its own connection", async () => {
    const first = await openRoomSocket(`${await ticketUrl("guest")}&_pk=mine`);
    const second = await openRoomSocket(`${await ticketUrl("host")}&_pk=mine`);
    await Promise.all([first.next("welcome"), second.next("welcome")]);
    await Promise.all([first.close(), second.close()]);
  });

  test("who is no member is shown out, and hears nothing", async () => {
    const guest = await enter("guest");
    const stranger = await openRoomSocket(await ticketUrl("stranger"));
    guest.send({ type: "message.send", clientId: "a", text: "private" });
    expect(await stranger.closed).toMatchObject({ code: CLOSE.notMember });
    expect(stranger.frames).toEqual([]);
    await guest.close();
  });

  test("who joined since the room last asked comes in, who was removed goes out", async () => {
    const guest = await enter("guest");
    const host = await enter("host");
    const staff = { userId: "staff", role: "staff", name: "Sami" };
    thread.members = [...thread.members, staff];
    thread.membersVersion = 2;
    const joined = await enter("staff");
    await hub.publish("thread", threadId, {
      kind: "members",
      version: 3,
      members: [thread.members[0]!, staff],
    });
    expect(await host.closed).toMatchObject({ code: CLOSE.notMember });
    const told = await guest.next("members");
    expect(told.members.map(({ userId, online }) => [userId, online]))
      .toEqual([["guest", true], ["staff", true]]);
    // Late news of an older roster changes nothing.
    await hub.publish("thread", threadId, { kind: "members", version: 2, members: [] });
    joined.send({ type: "message.send", clientId: "s", text: "still here" });
    await guest.next("message");
    await Promise.all([guest.close(), joined.close()]);
  });

  test("a session that signs out loses its sockets, another keeps its own", async () => {
    const [guest, host] = [await enter("guest"), await enter("host")];
    await hub.publish("thread", threadId, {
      kind: "close",
      userId: "guest",
      sessionId: "session-other",
    });
    await hub.publish("thread", threadId, {
      kind: "close",
      userId: "guest",
      sessionId: "session-guest",
    });
    expect(await guest.closed).toMatchObject({ code: CLOSE.signedOut });
    host.send({ type: "ping" });
    await host.next("pong");
    await host.close();
  });

  test("what the edge did not sign is refused, and what it signed cannot be said twice", async () => {
    const url = `http://${stage.host}/parties/thread/${threadId}`;
    const body = JSON.stringify({ kind: "send", senderId: "guest", clientId: "f", text: "forged" });
    expect((await fetch(url, { method: "POST", body })).status).toBe(401);
    expect((await fetch(url)).status).toBe(405);
    let caught: [string, RequestInit] | undefined;
    const spy = createHub({
      host: stage.host,
      secret: stage.secret,
      fetch: (...request) => {
        caught = request;
        return fetch(...request);
      },
      now: () => Date.now(),
      randomId: () => randomUUID(),
    });
    await spy.send(threadId, { senderId: "guest", clientId: "a", text: "real" });
    const { signal: _, ...init } = caught![1];
    expect((await fetch(url, init)).status).toBe(409);
    expect((await fetch(url, { ...init, body })).status).toBe(401);
    const other = `http://${stage.host}/parties/thread/${randomUUID()}`;
    expect((await fetch(other, init)).status).toBe(401);
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
    expect(thread.log.map(({ text }) => text))
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
    thread.log = logged(1, 120, new Date(Date.now() - 3_600_000).toISOString());
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
    thread.log = logged(1, 120);
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
    expect(thread.log.map(({ text }) => text)).toEqual(["1", "2", "3", "4", "5", "6", "7"]);
    await guest.close();
  });

  test("where another room has given numbers, ours follow them and everybody reads anew", async () => {
    const guest = await enter("guest");
    guest.send({ type: "message.send", clientId: "c1", text: "ours, stored" });
    await edge.until(() => thread.log.length === 1);
    // Someone raised the epoch and went on without us.
    thread.epoch = 7;
    thread.log.push(...logged(2, 3));
    guest.send({ type: "message.send", clientId: "c2", text: "ours, not yet" });
    const again = await guest.next("welcome");
    expect(again).toMatchObject({ epoch: 8, seq: 4 });
    await edge.until(() => thread.log.length === 4);
    expect(thread.log.map(({ seq, text }) => [seq, text])).toEqual([
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
