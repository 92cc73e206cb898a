import { randomUUID } from "node:crypto";
import WebSocket from "ws";
import { createHub } from "../../../edge/platform/hub.ts";
import type { Message } from "../../../shared/chat.ts";
import { connectThread } from "../connect-thread.ts";
import type { ThreadConnection, ThreadView } from "../connect-thread.ts";
import { createMemoryOutbox } from "../outbox.ts";
import type { OutboxStore } from "../outbox.ts";
import { ShownWatch } from "./chat-history.ts";

export interface DeviceOptions {
  name: string;
  threadId: string;
  userId: string;
  /** The hub as this device reaches it. */
  host: string;
  secret: string;
  /** Shared by the tabs of one browser. */
  outbox?: OutboxStore;
}

/** Somebody's tab or telephone in a conversation: the product's own client, watched. */
export interface Device {
  readonly name: string;
  readonly view: ThreadView;
  readonly clientIds: readonly string[];
  readonly faults: readonly string[];
  /** Writes the next message, and now and then changes one of those before. */
  write(random: () => number): void;
  /** Resolves as soon as the view is so. */
  until(condition: (view: ThreadView) => boolean): Promise<void>;
  open(): void;
  close(): void;
}

/** Messages that one writes on before the first of them is known to be stored. */
export const AHEAD = 8;

export function createDevice(options: DeviceOptions): Device {
  const { name, threadId, userId, host, secret, outbox = createMemoryOutbox() } = options;
  const hub = createHub({
    host,
    secret,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
  const watch = new ShownWatch(name);
  const waiting = new Set<() => void>();
  const clientIds: string[] = [];
  let connection: ThreadConnection | undefined;

  function connect(): ThreadConnection {
    return connectThread({
      threadId,
      userId,
      outbox,
      WebSocket,
      heartbeatMs: 300,
      answerMs: 600,
      fetchTicket: (room) => hub.issueTicket({ room, userId, sessionId: name }),
      onChange(view) {
        watch.look(view);
        for (const look of waiting) look();
      },
    });
  }

  function current(): ThreadConnection {
    return connection ??= connect();
  }

  function change(own: readonly Message[], random: () => number): void {
    const message = own[Math.floor(random() * own.length)];
    if (message === undefined || message.deleted) return;
    if (random() < 0.3) current().remove(message.seq);
    else current().edit(message.seq, `${message.text}, or rather: ${clientIds.length}`);
  }

  return {
    name,
    clientIds,
    faults: watch.faults,
    get view() {
      return current().view;
    },
    write(random) {
      current().send(`${name} says ${clientIds.length + 1}`);
      clientIds.push(current().view.waiting.at(-1)!.clientId);
      const own = current().view.messages.filter(({ clientId }) => clientIds.includes(clientId));
      if (random() < 0.1) change(own.slice(-20), random);
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition(current().view)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    open: () => void current(),
    close() {
      connection?.close();
      connection = undefined;
    },
  };
}
