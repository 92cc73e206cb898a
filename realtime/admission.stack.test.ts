import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { PlayedEdge, PlayedThread } from "../edge/local/played-edge.ts";
import { openRoomSocket, SocketRefused } from "../edge/local/room-socket.ts";
import {
  type RoomStage,
  type StagedThread,
  stageRooms,
  stageThread,
} from "../edge/local/room-stage.ts";
import { createHub, type Hub } from "../edge/platform/hub.ts";
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
    second.send({ type: "message.send", clientId: "a", text: "both are here" });
    expect(await first.next("message")).toMatchObject({ senderId: "host" });
    // Told to every connection but the newcomer's own.
    expect(await first.next("presence")).toMatchObject({ userId: "host", online: true });
    await Promise.all([first.close(), second.close()]);
  });

  test("who is no member is shown out, and hears nothing while it is looked up", async () => {
    const guest = await enter("guest");
    let release: (() => void) | undefined;
    edge.held = new Promise((resolve) => release = resolve);
    const looksUp = edge.calls.get("GET threads") ?? 0;
    const stranger = openRoomSocket(await ticketUrl("stranger"));
    guest.send({ type: "message.send", clientId: "a", text: "private" });
    await guest.next("message");
    release!();
    const { closed, frames } = await stranger;
    expect(await closed).toMatchObject({ code: CLOSE.notMember });
    expect(frames).toEqual([]);
    expect(edge.calls.get("GET threads")).toBe(looksUp + 1);
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
