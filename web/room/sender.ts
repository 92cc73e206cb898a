import type { ClientFrame, FrameErrorCode, ServerFrame } from "../../shared/chat.ts";
import type { OutboxItem, OutboxStore } from "./outbox.ts";

type ErrorFrame = Extract<ServerFrame, { type: "error" }>;

/** What the room refuses for now, and not for what it is. */
const PASSING: readonly FrameErrorCode[] = ["rate-limited", "unavailable"];
const RETRY_MS = 2_000;

export interface Sender {
  /** In order: what waits, what is under way, what was refused. */
  readonly items: readonly OutboxItem[];
  /** Reads what waits, so that it is shown also where the room cannot be reached. */
  load(): Promise<void>;
  add(item: OutboxItem): void;
  /** Sends a refused message again. */
  retry(clientId: string): void;
  discard(clientId: string): void;
  /** The room is live: reads what waits, also what other tabs have left, and sends it. */
  start(): Promise<void>;
  /** The room is not live: whatever was under way may or may not have arrived. */
  stop(): void;
  /** The room has stored a message of ours. */
  stored(clientId: string): void;
  refused(frame: ErrorFrame): void;
}

/**
 * Brings written messages to the room one after the other: the next one leaves when the one before
 * is known to be stored, so that no refusal or lost connection changes their order. A message that
 * is sent twice is stored once, by its clientId.
 */
export function createSender(options: {
  scope: string;
  store: OutboxStore;
  send: (frame: ClientFrame) => boolean;
  onChange: () => void;
}): Sender {
  const { scope, store, send, onChange } = options;
  let items: readonly OutboxItem[] = [];
  let underWay: string | undefined;
  let isLive = false;
  let pause: ReturnType<typeof setTimeout> | undefined;

  function set(next: readonly OutboxItem[]): void {
    items = next;
    onChange();
  }

  /** The message goes out from memory whether or not it could also be kept. */
  function keep(work: Promise<void>): void {
    work.catch(() => {});
  }

  function pump(): void {
    if (!isLive || underWay !== undefined || pause !== undefined) return;
    const next = items.find(({ failed }) => failed === undefined);
    if (next === undefined) return;
    const { clientId, text } = next;
    if (send({ type: "message.send", clientId, text })) underWay = clientId;
  }

  function drop(clientId: string): void {
    if (underWay === clientId) underWay = undefined;
    if (items.some((item) => item.clientId === clientId)) {
      set(items.filter((item) => item.clientId !== clientId));
      keep(store.remove(scope, clientId));
    }
    pump();
  }

  function replace(item: OutboxItem): void {
    set(items.map((old) => old.clientId === item.clientId ? item : old));
    keep(store.put(scope, item));
  }

  async function load(): Promise<void> {
    const kept = await store.list(scope).catch(() => []);
    const known = new Set(items.map(({ clientId }) => clientId));
    const others = kept.filter(({ clientId }) => !known.has(clientId));
    if (others.length > 0) {
      set([...others, ...items].toSorted((a, b) => a.queuedAt - b.queuedAt));
    }
  }

  return {
    get items() {
      return items;
    },
    add(item) {
      set([...items, item]);
      keep(store.put(scope, item));
      pump();
    },
    retry(clientId) {
      const item = items.find((waiting) => waiting.clientId === clientId);
      if (item?.failed === undefined) return;
      const { failed: _, ...again } = item;
      replace(again);
      pump();
    },
    discard: drop,
    load,
    async start() {
      isLive = true;
      await load();
      pump();
    },
    stop() {
      isLive = false;
      underWay = undefined;
      clearTimeout(pause);
      pause = undefined;
    },
    stored: drop,
    refused({ clientId, code, retryAfterMs }) {
      if (clientId === undefined || clientId !== underWay) return;
      underWay = undefined;
      if (PASSING.includes(code)) {
        pause = setTimeout(() => {
          pause = undefined;
          pump();
        }, retryAfterMs ?? RETRY_MS);
        return;
      }
      const item = items.find((waiting) => waiting.clientId === clientId);
      if (item !== undefined) replace({ ...item, failed: code });
      pump();
    },
  };
}
