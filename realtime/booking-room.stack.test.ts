import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openRoomSocket, type RoomSocket } from "../edge/local/room-socket.ts";
import { type RoomStage, stageRooms } from "../edge/local/room-stage.ts";
import { CLOSE } from "../shared/chat.ts";

const TICK_MS = 100;

let stage: RoomStage;
let bookingId: string;

beforeAll(async () => {
  stage = await stageRooms({ TICK_MS: String(TICK_MS) });
});

afterAll(() => stage.stop());

beforeEach(() => {
  stage.edge.isAway = false;
  bookingId = randomUUID();
  stage.edge.bookings.set(bookingId, {
    booking: { version: 4, status: "requested", dockId: 7 },
    payment: null,
    membersVersion: 1,
    members: [
      { userId: "guest", role: "guest", name: "Gil" },
      { userId: "host", role: "host", name: "Hanna" },
    ],
  });
});

async function open(room: string, userId: string): Promise<RoomSocket> {
  const { url } = await stage.hub.issueTicket({ room, userId, sessionId: "s" });
  return await openRoomSocket(url);
}

function tell(version: number, status: string): Promise<void> {
  return stage.hub.publish("booking", bookingId, {
    kind: "booking",
    booking: { version, status, dockId: 7 },
  });
}

describe("a booking's room", () => {
  test("begins with the edge's state, tells moves as they happen, never goes back", async () => {
    const guest = await open(`booking:${bookingId}`, "guest");
    expect(await guest.next("welcome")).toEqual({
      type: "welcome",
      protocol: 2,
      epoch: 0,
      seq: 4,
      members: [
        { userId: "guest", role: "guest", name: "Gil", online: true },
        { userId: "host", role: "host", name: "Hanna", online: false },
      ],
      state: { booking: { version: 4, status: "requested", dockId: 7 }, payment: null },
    });
    await tell(6, "cancelled");
    await tell(5, "confirmed");
    await tell(6, "cancelled");
    await stage.hub.publish("booking", bookingId, {
      kind: "payment",
      payment: { version: 7, status: "refunded" },
    });
    expect(await guest.next("payment")).toEqual({
      type: "payment",
      version: 7,
      status: "refunded",
    });
    const moves = guest.frames.filter(({ type }) => type === "booking");
    expect(moves).toEqual([{ type: "booking", version: 6, status: "cancelled", dockId: 7 }]);

    const late = await open(`booking:${bookingId}`, "host");
    expect((await late.next("welcome")).state).toEqual({
      booking: { version: 6, status: "cancelled", dockId: 7 },
      payment: { version: 7, status: "refunded" },
    });
    await Promise.all([guest.close(), late.close()]);
  });

  test("what it was told before anybody came is newer than an older snapshot", async () => {
    await tell(9, "confirmed");
    const guest = await open(`booking:${bookingId}`, "guest");
    expect((await guest.next("welcome")).state.booking).toMatchObject({ version: 9 });
    guest.send({ type: "sync", after: 4 });
    expect(await guest.next("booking")).toMatchObject({ version: 9, status: "confirmed" });
    await guest.close();
  });

  test("is told while the edge's routes are away, and survives a kill of the hub", async () => {
    const guest = await open(`booking:${bookingId}`, "guest");
    await guest.next("welcome");
    stage.edge.isAway = true;
    await tell(8, "confirmed");
    await guest.next("booking", ({ version }) => version === 8);
    await stage.kill();
    await stage.startAgain();
    const again = await open(`booking:${bookingId}`, "guest");
    expect((await again.next("welcome")).seq).toBe(8);
    await again.close();
  });

  test("is closed to strangers and to what is not for it", async () => {
    const stranger = await open(`booking:${bookingId}`, "stranger");
    expect(await stranger.closed).toMatchObject({ code: CLOSE.notMember });
    const guest = await open(`booking:${bookingId}`, "guest");
    await guest.next("welcome");
    guest.send({ type: "message.send", clientId: "a", text: "not here" });
    expect(await guest.next("error")).toMatchObject({ code: "bad-frame" });
    await stage.hub.publish("booking", bookingId, { kind: "members", version: 2, members: [] });
    expect(await guest.closed).toMatchObject({ code: CLOSE.notMember });
  });
});

describe("an inbox", () => {
  test("tells its person, and nobody else gets in", async () => {
    const me = randomUUID();
    const inbox = await open(`inbox:${me}`, me);
    expect(await inbox.next("welcome")).toMatchObject({ seq: 0, members: [] });
    await stage.hub.publish("inbox", me, {
      kind: "thread",
      thread: { threadId: "t1", seq: 3, text: "hello" },
    });
    expect(await inbox.next("thread")).toEqual({
      type: "thread",
      threadId: "t1",
      seq: 3,
      text: "hello",
    });
    await stage.hub.publish("inbox", me, {
      kind: "booking",
      booking: { bookingId, version: 5, status: "confirmed" },
    });
    expect(await inbox.next("booking")).toMatchObject({ bookingId, status: "confirmed" });
    inbox.send({ type: "ping" });
    await inbox.next("pong");
    const other = await open(`inbox:${me}`, "other");
    expect(await other.closed).toMatchObject({ code: CLOSE.notMember });
    await inbox.close();
  });
});

describe("the clock", () => {
  const ticks = () => stage.edge.calls.get("POST tick") ?? 0;
  const ticksOn = (count: number) => {
    const goal = ticks() + count;
    return stage.edge.until(() => ticks() >= goal);
  };

  test("armed once or often it beats once, goes on when the edge fails or the hub is killed", async () => {
    expect(ticks()).toBe(0);
    await stage.hub.armClock();
    await stage.hub.armClock();
    await ticksOn(3);
    stage.edge.isAway = true;
    await ticksOn(2);
    stage.edge.isAway = false;
    await ticksOn(1);
    const before = ticks();
    const started = Date.now();
    await ticksOn(5);
    const most = Math.ceil((Date.now() - started) / TICK_MS) + 1;
    expect(ticks() - before).toBeLessThanOrEqual(most);
    await stage.kill();
    await stage.startAgain();
    await ticksOn(2);
    expect(stage.edge.unsigned).toBe(0);
  });

  test("has no sockets and only one room", async () => {
    const answer = async (path: string, init: RequestInit = {}) =>
      (await fetch(`http://${stage.host}${path}`, init)).status;
    expect(await answer("/parties/clock/main", { method: "POST", body: "{}" })).toBe(401);
    expect(await answer("/parties/clock/other", { method: "POST", body: "{}" })).toBe(404);
    expect(await answer("/party/any", { method: "POST", body: "{}" })).toBe(404);
    expect(await answer("/healthz")).toBe(200);
    for (const path of ["/parties/clock/main", "/party/any"]) {
      await expect(openRoomSocket(`ws://${stage.host}${path}`))
        .rejects.toMatchObject({ status: 404 });
    }
  });
});
