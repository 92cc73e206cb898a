import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import WebSocket, { WebSocketServer } from "ws";
import type { ServerFrame } from "../../shared/chat.ts";
import { CLOSE, PROTOCOL } from "../../shared/chat.ts";
import { connectRoom } from "./connect-room.ts";
import type { RoomConnection, RoomStatus } from "./connect-room.ts";

let server: WebSocketServer;
let url: string;
let connection: RoomConnection | undefined;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  url = `ws://127.0.0.1:${(server.address() as { port: number }).port}`;
});

afterEach(async () => {
  connection?.close();
  for (const socket of server.clients) socket.terminate();
  await new Promise((resolve) => server.close(resolve));
});

/** A room that says these on every connection. */
function sayOnConnect(...frames: unknown[]): void {
  server.on("connection", (socket) => {
    for (const frame of frames) socket.send(JSON.stringify(frame));
  });
}

function welcome(protocol: number) {
  return { type: "welcome", protocol, epoch: 1, seq: 0, members: [], state: {} };
}

/** Connects; resolves once a status comes, with all that were seen. */
function connectUntil(
  last: RoomStatus,
  fetchTicket: () => Promise<{ url: string }> = () => Promise.resolve({ url }),
): Promise<{ statuses: RoomStatus[]; frames: ServerFrame[] }> {
  const statuses: RoomStatus[] = [];
  const frames: ServerFrame[] = [];
  return new Promise((resolve) => {
    connection = connectRoom({
      fetchTicket,
      WebSocket,
      onFrame: (frame) => frames.push(frame),
      onStatus(status) {
        statuses.push(status);
        if (status === last) resolve({ statuses, frames });
      },
    });
  });
}

describe("connectRoom", () => {
  test("is live after the welcome, passes over what it does not understand", async () => {
    sayOnConnect("not a frame", { type: "invented" }, welcome(PROTOCOL));
    const { statuses, frames } = await connectUntil("live");
    expect(statuses).toEqual(["live"]);
    expect(frames.map(({ type }) => type)).toEqual(["welcome"]);
  });

  test("a newer protocol asks for a reload and is not asked again", async () => {
    let connections = 0;
    server.on("connection", () => connections += 1);
    sayOnConnect({ ...welcome(PROTOCOL + 1), members: "of another shape" });
    const { frames } = await connectUntil("outdated");
    connection!.wake();
    expect(frames).toEqual([]);
    expect(connection!.send({ type: "ping" })).toBe(false);
    expect(connections).toBe(1);
  });

  test.each(["unauthenticated", "forbidden", "not-found"])(
    "a ticket refused with %s is not asked for again",
    async (code) => {
      let asked = 0;
      await connectUntil("refused", () => {
        asked += 1;
        return Promise.reject(Object.assign(new Error(code), { code }));
      });
      connection!.wake();
      expect(asked).toBe(1);
    },
  );

  test("a ticket that cannot be fetched now is asked for again", async () => {
    let asked = 0;
    sayOnConnect(welcome(PROTOCOL));
    const { statuses } = await connectUntil("live", () => {
      asked += 1;
      return asked < 3 ? Promise.reject(new TypeError("no network")) : Promise.resolve({ url });
    });
    expect(asked).toBe(3);
    expect(statuses).toEqual(["offline", "live"]);
  });

  test("a close for good is final, another is not", async () => {
    let connections = 0;
    server.on("connection", (socket) => {
      connections += 1;
      socket.send(JSON.stringify(welcome(PROTOCOL)));
      // The runtime's own restart first, then a sign-out.
      socket.close(connections === 1 ? 1012 : CLOSE.signedOut);
    });
    const { statuses } = await connectUntil("refused");
    expect(statuses).toEqual(["live", "offline", "live", "refused"]);
    expect(connections).toBe(2);
  });

  test("a wake tries at once, whatever the wait between attempts", async () => {
    sayOnConnect(welcome(PROTOCOL));
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      let asked = 0;
      const ticket = () => {
        asked += 1;
        return asked < 2 ? Promise.reject(new TypeError("no network")) : Promise.resolve({ url });
      };
      const offline = connectUntil("offline", ticket);
      await vi.advanceTimersByTimeAsync(0);
      await offline;
      // The next attempt is not due; nothing but the wake makes it.
      await vi.advanceTimersByTimeAsync(0);
      expect(asked).toBe(1);
      const opened = new Promise((resolve) => server.once("connection", resolve));
      connection!.wake();
      connection!.wake();
      await vi.advanceTimersByTimeAsync(0);
      await opened;
      expect(asked).toBe(2);
    } finally {
      vi.useRealTimers();
    }
  });
});
