import { beforeEach, describe, expect, test } from "vitest";
import type { ServerFrame } from "../shared/chat.ts";
import { CLOSE, ServerFrame as Frame } from "../shared/chat.ts";
import { BookingCore } from "./booking-core.ts";
import type { RoomHost, RoomSocket, RoomStorage, SocketState } from "./host.ts";
import { parseHubEnv } from "./settings.ts";
import { SocketRoom } from "./socket-room.ts";

// The rooms' own runtime has no clock to turn; everything else about rooms is tested in it.
const start = Date.parse("2027-07-03T10:00:00Z");
let now: number;
let alarmAt: number | null;
let sockets: TestSocket[];
let room: SocketRoom;

interface TestSocket extends RoomSocket {
  frames: ServerFrame[];
  closed: number | undefined;
}

function storageIn(map: Map<string, unknown>): RoomStorage {
  return {
    // The caller knows what it put there.
    get: <T>(key: string) => Promise.resolve(map.get(key) as T | undefined),
    put(entries) {
      for (const [key, value] of Object.entries(entries)) map.set(key, value);
      return Promise.resolve();
    },
    delete: (keys) => Promise.resolve(keys.filter((key) => map.delete(key)).length),
    list<T>({ prefix = "" }: { prefix?: string }) {
      const found = [...map].filter(([key]) => key.startsWith(prefix));
      return Promise.resolve(new Map(found as [string, T][]));
    },
    getAlarm: () => Promise.resolve(alarmAt),
    setAlarm(at) {
      alarmAt = at;
      return Promise.resolve();
    },
  };
}

beforeEach(() => {
  now = start;
  alarmAt = null;
  sockets = [];
  const member = (userId: string) => ({ userId, role: "guest", name: userId });
  const host: RoomHost = {
    storage: storageIn(new Map()),
    edge: {
      booking: () =>
        Promise.resolve({
          booking: { version: 1, status: "requested" },
          payment: null,
          membersVersion: 1,
          members: [member("ann"), member("ben")],
        }),
    } as unknown as RoomHost["edge"],
    settings: parseHubEnv({
      REALTIME_SECRET: "a secret that is long enough for a test",
      EDGE_URL: "http://127.0.0.1:1",
      MESSAGE_BURST: "5",
      MESSAGE_RATE: "1",
    }).room,
    id: () => Promise.resolve("booking-1"),
    sockets: () => sockets.filter(({ closed }) => closed === undefined),
    now: () => now,
    newId: () => "id",
  };
  room = new SocketRoom(host, (...parts) => new BookingCore(parts[0], parts[1]));
});

async function enter(userId: string): Promise<TestSocket> {
  let state: SocketState | null = null;
  const socket: TestSocket = {
    id: `socket-${sockets.length}`,
    frames: [],
    closed: undefined,
    get state() {
      return state;
    },
    setState: (next) => {
      state = next;
    },
    send: (text) => void socket.frames.push(Frame.parse(JSON.parse(text))),
    close: (code) => void (socket.closed ??= code),
  };
  sockets.push(socket);
  const seconds = Math.floor(now / 1000);
  await room.connect(socket, {
    aud: "booking:booking-1",
    sub: userId,
    sid: "s",
    jti: `ticket-of-socket-${sockets.length}`,
    iat: seconds,
    exp: seconds + 60,
  });
  return socket;
}

/** Lets time pass, ringing the alarm when it is due; `awake` sockets ping like a client does. */
async function pass(seconds: number, ...awake: TestSocket[]): Promise<void> {
  const end = now + seconds * 1000;
  for (; now < end; now += 1000) {
    if (alarmAt !== null && alarmAt <= now) {
      alarmAt = null;
      await room.alarm();
    }
    if ((now - start) % 20_000 !== 0) continue;
    for (const socket of awake) await room.message(socket, '{"type":"ping"}');
  }
}

const presences = ({ frames }: TestSocket) =>
  frames.flatMap((f) => f.type === "presence" ? [`${f.userId} ${f.online ? "here" : "away"}`] : []);

describe("presence", () => {
  test("who falls silent is away within a minute, said once, and here again when heard", async () => {
    const ann = await enter("ann");
    const ben = await enter("ben");
    await pass(40, ann, ben);
    expect(presences(ann)).toEqual(["ben here"]);
    await pass(60, ann);
    expect(presences(ann)).toEqual(["ben here", "ben away"]);
    expect(ann.frames.findLast(({ type }) => type === "presence"))
      .toMatchObject({ lastSeenAt: "2027-07-03T10:00:20.000Z" });
    await pass(60, ann);
    expect((await enter("ann")).frames[0]).toMatchObject({
      members: [{ userId: "ann", online: true }, { userId: "ben", online: false }],
    });
    await room.message(ben, '{"type":"ping"}');
    expect(presences(ann)).toEqual(["ben here", "ben away", "ben here"]);
    // Their socket was never closed for it.
    expect(ben.closed).toBeUndefined();
  });

  test("a person with two sockets is here until both have gone", async () => {
    const ann = await enter("ann");
    const [first, second] = [await enter("ben"), await enter("ben")];
    await pass(120, ann, second);
    expect(presences(ann)).toEqual(["ben here"]);
    first.closed = 1000;
    room.close(first);
    expect(presences(ann)).toEqual(["ben here"]);
    second.closed = 1000;
    room.close(second);
    expect(presences(ann)).toEqual(["ben here", "ben away"]);
  });
});

describe("limits", () => {
  test("frames beyond the burst wait their turn, a lasting flood is closed", async () => {
    const [ann, ben] = [await enter("ann"), await enter("ben")];
    const say = (socket: TestSocket) => room.message(socket, '{"type":"ping"}');
    for (let i = 0; i < 11; i++) await say(ann);
    expect(ann.frames.at(-1)).toMatchObject({ code: "rate-limited", retryAfterMs: 500 });
    await say(ben);
    expect(ben.frames.at(-1)).toMatchObject({ type: "pong" });
    now += 500;
    await say(ann);
    expect(ann.frames.at(-1)).toMatchObject({ type: "pong" });
    for (let i = 0; i < 1_001; i++) await say(ann);
    expect(ann.closed).toBe(CLOSE.flood);
    expect(ben.closed).toBeUndefined();
  });

  test("more sockets say no more: a person has an allowance of their own", async () => {
    const sockets = [];
    for (let i = 0; i < 4; i++) sockets.push(await enter("ann"));
    const ben = await enter("ben");
    for (let round = 0; round < 10; round++) {
      for (const socket of sockets) await room.message(socket, '{"type":"ping"}');
    }
    const answers = sockets.flatMap(({ frames }) => frames.map(({ type }) => type));
    expect(answers.filter((type) => type === "pong")).toHaveLength(20);
    expect(answers.filter((type) => type === "error")).toHaveLength(20);
    await room.message(ben, '{"type":"ping"}');
    expect(ben.frames.at(-1)).toMatchObject({ type: "pong" });
  });
});

test("used tickets are forgotten when nobody can bring them any more, and the alarm rests", async () => {
  const ann = await enter("ann");
  ann.closed = 1000;
  room.close(ann);
  await pass(300);
  expect(alarmAt).toBeNull();
});

test.each([
  [{}, "REALTIME_SECRET"],
  [{ REALTIME_SECRET: "short" }, "REALTIME_SECRET"],
  [{ REALTIME_SECRET: "x".repeat(32) }, "EDGE_URL"],
  [{ REALTIME_SECRET: "x".repeat(32), EDGE_URL: "nowhere" }, "EDGE_URL"],
  [{ REALTIME_SECRET: "x".repeat(32), EDGE_URL: "http://e", TICK_MS: "soon" }, "TICK_MS"],
])("parseHubEnv names what is wrong in %j", (env, name) => {
  expect(() => parseHubEnv(env)).toThrow(`Cannot start room: ${name} is missing or not usable`);
});
