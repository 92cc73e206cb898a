import type { ClientFrame, FrameErrorCode, ServerFrame } from "../../shared/chat.ts";
import type { OutboxItem, OutboxPhoto, OutboxStore } from "./outbox.ts";

type ErrorFrame = Extract<ServerFrame, { type: "error" }>;

/** What the room refuses for now, and not for what it is. */
const PASSING: readonly FrameErrorCode[] = ["rate-limited", "unavailable"];
const RETRY_MS = 2_000;
/** What the API says to a picture that it will not take, whenever it is asked. */
const UPLOAD_REFUSALS: readonly unknown[] = ["invalid", "too-large", "forbidden", "not-found"];

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
  /** Brings a picture to the store; answers its id. Rejects with the API's `code`. */
  upload?: ((photo: OutboxPhoto) => Promise<string>) | undefined;
  onChange: () => void;
}): Sender {
  const { scope, store, send, upload, onChange } = options;
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
    if (next.photo !== undefined && next.photo.photoId === undefined) {
      underWay = next.clientId;
      void bring(next, next.photo);
    } else if (send(itemToFrame(next))) underWay = next.clientId;
  }

  /** A picture goes first, for its message names it. */
  async function bring(item: OutboxItem, photo: OutboxPhoto): Promise<void> {
    const { clientId } = item;
    const isWaiting = () =>
      underWay === clientId && items.some((waiting) => waiting.clientId === clientId);
    try {
      if (upload === undefined) throw Object.assign(new Error("no upload"), { code: "invalid" });
      const photoId = await upload(photo);
      if (!isWaiting()) return;
      const brought = { ...item, photo: { ...photo, photoId } };
      replace(brought);
      if (!send(itemToFrame(brought))) underWay = undefined;
    } catch (error) {
      if (!isWaiting()) return;
      underWay = undefined;
      if (UPLOAD_REFUSALS.includes((error as { code?: unknown }).code)) {
        replace({ ...item, failed: "no-attachment" });
        pump();
      } else pumpLater(RETRY_MS);
    }
  }

  function pumpLater(delayMs: number): void {
    clearTimeout(pause);
    pause = setTimeout(() => {
      pause = undefined;
      pump();
    }, delayMs);
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
    const known = new Map(items.map((item) => [item.clientId, item]));
    if (kept.every(({ clientId }) => known.has(clientId))) return;
    const found = kept.map((item) => known.get(item.clientId) ?? item);
    const unkept = items.filter((item) => !found.includes(item));
    // What was written within a millisecond stays in the store's order, which is that of writing.
    set([...found, ...unkept].toSorted((a, b) => a.queuedAt - b.queuedAt));
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
        pumpLater(retryAfterMs ?? RETRY_MS);
        return;
      }
      const item = items.find((waiting) => waiting.clientId === clientId);
      if (item !== undefined) replace({ ...item, failed: code });
      pump();
    },
  };
}

/** The frame that says it. */
function itemToFrame({ clientId, text, photo, berth, edits, deletes }: OutboxItem): ClientFrame {
  if (deletes !== undefined) return { type: "message.delete", clientId, seq: deletes };
  if (edits !== undefined) return { type: "message.edit", clientId, seq: edits, text };
  return {
    type: "message.send",
    clientId,
    text,
    ...(photo?.photoId === undefined ? {} : { photoId: photo.photoId }),
    ...(berth === undefined ? {} : { berth }),
  };
}
