import WebSocket from "ws";
import type { ClientFrame } from "../../shared/chat.ts";
import { ServerFrame } from "../../shared/chat.ts";

type FrameOf<T extends ServerFrame["type"]> = Extract<ServerFrame, { type: T }>;

/** A bare client of a room for tests: every frame parsed and kept, waited for by its type. */
export interface RoomSocket {
  /** All frames so far, in order. */
  readonly frames: readonly ServerFrame[];
  readonly closed: Promise<{ code: number; reason: string }>;
  send(frame: ClientFrame): void;
  sendRaw(data: string | Uint8Array): void;
  /** The next frame of a type (and that matches) that was not yet taken. */
  next<T extends ServerFrame["type"]>(
    type: T,
    matches?: (frame: FrameOf<T>) => boolean,
  ): Promise<FrameOf<T>>;
  close(): Promise<void>;
}

/** A refusal before the socket opened. */
export class SocketRefused extends Error {
  override readonly name = "SocketRefused";
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`refused: ${status} ${body}`);
    this.status = status;
    this.body = body;
  }
}

/** Opens a socket. Rejects with SocketRefused where the hub answers with a status instead. */
export function openRoomSocket(url: string, origin?: string): Promise<RoomSocket> {
  // The runtime keeps the connection of a socket that it closed until the room hibernates, unless
  // the socket has said something before: do not wait for that.
  const options: WebSocket.ClientOptions & { closeTimeout: number } = { closeTimeout: 200 };
  if (origin !== undefined) options.origin = origin;
  const socket = new WebSocket(url, options);
  const frames: ServerFrame[] = [];
  const taken = new Set<ServerFrame>();
  const waiting = new Set<() => void>();
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  socket.on("message", (data: Buffer) => {
    frames.push(ServerFrame.parse(JSON.parse(data.toString())));
    for (const look of waiting) look();
  });
  const client: RoomSocket = {
    frames,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (data) => socket.send(data),
    next<T extends ServerFrame["type"]>(
      type: T,
      matches: (frame: FrameOf<T>) => boolean = () => true,
    ) {
      return new Promise<FrameOf<T>>((resolve, reject) => {
        const look = () => {
          const found = frames.find((frame): frame is FrameOf<T> =>
            frame.type === type && !taken.has(frame) && matches(frame as FrameOf<T>)
          );
          if (!found) return;
          taken.add(found);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
        void closed.then(({ code, reason }) => {
          if (waiting.delete(look)) reject(new Error(`closed while waiting: ${code} ${reason}`));
        });
      });
    },
    async close() {
      socket.close();
      await closed;
    },
  };
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(client));
    socket.once("error", reject);
    socket.once("unexpected-response", (_request, response) => {
      let body = "";
      response.on("data", (chunk) => body += String(chunk));
      response.on("end", () => reject(new SocketRefused(response.statusCode ?? 0, body)));
    });
  });
}
