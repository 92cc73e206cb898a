import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { io } from "socket.io-client";
import WebSocket from "ws";
import { type RoomStage, stageRooms, stageThread } from "../../local/room-stage.ts";

/** One socket in a room, whatever the room is made of. */
export interface BenchSocket {
  send(clientId: string, text: string): void;
  close(): Promise<void>;
}

/** A room to be measured. */
export interface BenchRoom {
  readonly name: string;
  /** Opens a socket in it; `heard` is called with the text of every message's frame. */
  enter(heard: (frame: string) => void): Promise<BenchSocket>;
  stop(): Promise<void>;
}

/** Ours, in its own runtime, before an edge that keeps what it is told in memory. */
export async function ourRoom(sockets: number): Promise<BenchRoom> {
  const plenty = String(10 * sockets);
  const stage: RoomStage = await stageRooms({
    MESSAGE_BURST: "1000000",
    MESSAGE_RATE: "1000000",
    ROOM_SOCKETS: plenty,
    PERSON_SOCKETS: plenty,
  });
  const thread = stageThread(stage);
  let count = 0;
  return {
    name: "ours",
    async enter(heard) {
      const url = await thread.ticketUrl(count++ % 2 === 0 ? "guest" : "host");
      return await openSocket(
        url,
        heard,
        (clientId, text) => JSON.stringify({ type: "message.send", clientId, text }),
        '"type":"welcome"',
      );
    },
    stop: () => stage.stop(),
  };
}

export async function rawRoom(): Promise<BenchRoom> {
  const { port, stop } = await startPeer("raw-room.ts");
  const url = `ws://127.0.0.1:${port}/room`;
  return { name: "raw", enter: (heard) => openSocket(url, heard, plain), stop };
}

export async function wsRoom(): Promise<BenchRoom> {
  const { port, stop } = await startPeer("ws-room.ts");
  const url = `ws://127.0.0.1:${port}`;
  return { name: "ws", enter: (heard) => openSocket(url, heard, plain), stop };
}

export async function socketIoRoom(): Promise<BenchRoom> {
  const { port, stop } = await startPeer("socket-io-room.ts");
  return {
    name: "socket.io",
    enter: (heard) =>
      new Promise((resolve) => {
        const socket = io(`http://127.0.0.1:${port}`, {
          transports: ["websocket"],
          forceNew: true,
        });
        socket.on("message", (frame: { clientId: string }) => heard(frame.clientId));
        socket.on("connect", () =>
          resolve({
            send: (clientId, text) => void socket.emit("message", { clientId, text }),
            close: () => Promise.resolve(void socket.disconnect()),
          }));
      }),
    stop,
  };
}

function plain(clientId: string, text: string): string {
  return JSON.stringify({ clientId, text });
}

/** Resolves when it is open, or has heard what it has to hear first. */
function openSocket(
  url: string,
  heard: (frame: string) => void,
  toFrame: (clientId: string, text: string) => string,
  first?: string,
): Promise<BenchSocket> {
  return new Promise((resolve, reject) => {
    const options: WebSocket.ClientOptions & { closeTimeout: number } = {
      closeTimeout: 200,
      perMessageDeflate: false,
    };
    const socket = new WebSocket(url, options);
    const opened: BenchSocket = {
      send: (clientId, text) => socket.send(toFrame(clientId, text)),
      close: () =>
        new Promise((closed) => {
          socket.once("close", () => closed());
          socket.close();
        }),
    };
    socket.on("message", (data: Buffer) => {
      const frame = String(data);
      if (frame.startsWith('{"type":"message"')) heard(frame);
      else if (first !== undefined && frame.includes(first)) resolve(opened);
    });
    socket.once("open", () => first === undefined && resolve(opened));
    socket.once("error", reject);
    socket.once("unexpected-response", (_, answer) => reject(new Error(`${answer.statusCode}`)));
  });
}

async function startPeer(file: string): Promise<{ port: number; stop: () => Promise<void> }> {
  const script = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ["run", "-A", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    return {
      port: Number(line),
      async stop() {
        child.kill("SIGTERM");
        await exited;
      },
    };
  }
  throw new Error(`Cannot start ${file}: it ended`);
}
