import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { createHub } from "../../../edge/platform/hub.ts";
import { parseJson, ServerFrame } from "../../../shared/chat.ts";
import type { Message } from "../../../shared/chat.ts";

export interface NaiveDevice {
  readonly clientIds: readonly string[];
  readonly messages: readonly Message[];
  readonly acknowledged: number;
  open(): Promise<void>;
  write(text: string): void;
  /** What was not acknowledged is said again, under another name. */
  openAgain(): Promise<void>;
  close(): void;
}

/** A client as one writes it in an afternoon: shows what it hears, says again what may be lost. */
export function createNaiveDevice(options: {
  threadId: string;
  userId: string;
  host: string;
  secret: string;
}): NaiveDevice {
  const { threadId, userId, host, secret } = options;
  const hub = createHub({
    host,
    secret,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
  const clientIds: string[] = [];
  const messages: Message[] = [];
  const pending = new Map<string, string>();
  let socket: WebSocket | undefined;

  function hear(data: Buffer): void {
    const frame = parseJson(ServerFrame, String(data));
    if (frame?.type !== "message") return;
    const { type: _, ...message } = frame;
    messages.push(message);
    pending.delete(frame.clientId);
  }

  function say(text: string): void {
    const clientId = randomUUID();
    clientIds.push(clientId);
    pending.set(clientId, text);
    socket?.send(JSON.stringify({ type: "message.send", clientId, text }));
  }

  async function open(): Promise<void> {
    const room = `thread:${threadId}`;
    const { url } = await hub.issueTicket({ room, userId, sessionId: "naive" });
    const opened = socket = new WebSocket(url);
    opened.on("error", () => {});
    await new Promise<void>((resolve) =>
      opened.on("message", (data: Buffer) => {
        if (socket === opened) hear(data);
        resolve();
      })
    );
  }

  return {
    clientIds,
    messages,
    get acknowledged() {
      return clientIds.length - pending.size;
    },
    open,
    write: say,
    async openAgain() {
      await open();
      const again = [...pending.values()];
      pending.clear();
      for (const text of again) say(text);
    },
    close: () => socket?.terminate(),
  };
}
