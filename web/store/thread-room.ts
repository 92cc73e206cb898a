import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Thread } from "../../shared/api.ts";
import type { Message } from "../../shared/chat.ts";
import { takeTicket } from "../api/bookings-api.ts";
import type { Http } from "../api/http.ts";
import { readHistory, readThread } from "../api/threads-api.ts";
import { connectThread } from "../room/connect-thread.ts";
import type { ThreadConnection, ThreadView } from "../room/connect-thread.ts";
import { createIndexedOutbox } from "../room/indexed-outbox.ts";
import type { OutboxStore } from "../room/outbox.ts";
import { joinHistory } from "./message-list.ts";
import { createResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

/** One conversation: its record, its live room, and what is older through the API. */
export interface ThreadRoom {
  thread: Resource<Thread>;
  view: ReadonlySignal<ThreadView>;
  /** Ascending, without holes. */
  messages: ReadonlySignal<readonly Message[]>;
  hasOlder: ReadonlySignal<boolean>;
  older: ReadonlySignal<"idle" | "reading" | "failed">;
  /** Whether it is known what there is to show. */
  isFilled: ReadonlySignal<boolean>;
  /** Others' messages above this seq were unread on arrival; null where there were none. */
  newAfter: ReadonlySignal<number | null>;
  open(): void;
  close: () => void;
  /** Writes a message; says what is wrong with it, if anything. */
  send(text: string): "empty" | "too-long" | undefined;
  retry(clientId: string): void;
  discard(clientId: string): void;
  markRead(seq: number): void;
  /** To be called with every key. */
  typing(): void;
  readOlder(): Promise<void>;
}

export interface ThreadRoomOptions {
  http: Http;
  threadId: string;
  /** Who is signed in. */
  myId: string;
  outbox?: OutboxStore;
  connect?: typeof connectThread;
}

const NO_VIEW: ThreadView = {
  status: "connecting",
  messages: [],
  hasOlder: false,
  waiting: [],
  members: [],
  reads: {},
  typing: [],
};

export function createThreadRoom(options: ThreadRoomOptions): ThreadRoom {
  const { http, threadId, myId, connect = connectThread } = options;
  const outbox = options.outbox ?? createIndexedOutbox();
  const thread = createResource((abort) => readThread(http, threadId, abort));
  const view = signal(NO_VIEW);
  const history = signal<readonly Message[]>([]);
  const hasMoreHistory = signal(false);
  const isHistoryRead = signal(false);
  const older = signal<"idle" | "reading" | "failed">("idle");
  const newAfter = signal<number | null>(null);
  const messages = computed(() => joinHistory(history.value, view.value.messages));
  const isLive = computed(() => view.value.status === "live");
  let connection: ThreadConnection | undefined;
  let reading: AbortController | undefined;

  function changed(next: ThreadView): void {
    const wasLive = isLive.peek();
    view.value = next;
    if (!wasLive && next.status === "live") newAfter.value ??= next.reads[myId] ?? 0;
  }

  /** Reads the page before what is shown, or the newest. */
  async function readPage(): Promise<void> {
    const first = messages.value[0];
    const joined = history.value[0] === first;
    reading?.abort();
    const { signal: abort } = reading = new AbortController();
    older.value = "reading";
    try {
      const page = await readHistory(http, threadId, first?.seq, abort);
      if (abort.aborted) return;
      const found = page.items.toReversed();
      batch(() => {
        // Where the room began anew, what was read before is no longer next to it.
        history.value = joined ? [...found, ...history.value] : found;
        hasMoreHistory.value = page.nextCursor !== null;
        isHistoryRead.value = true;
        older.value = "idle";
      });
    } catch {
      if (!abort.aborted) older.value = "failed";
    }
  }

  return {
    thread,
    view,
    messages,
    older,
    hasOlder: computed(() => {
      const first = messages.value[0];
      if (!first) return false;
      // Whoever of the two has the first message knows what is before it.
      return history.value[0] === first ? hasMoreHistory.value : view.value.hasOlder;
    }),
    isFilled: computed(() => isLive.value || isHistoryRead.value),
    newAfter: computed(() => thread.state.value.value?.unread ? newAfter.value : null),
    open() {
      void thread.load();
      // The room has the newest; until it is there, or where it is away, the API's are shown.
      void readPage();
      connection ??= connect({
        threadId,
        userId: myId,
        fetchTicket: (room) => takeTicket(http, room),
        outbox,
        onChange: changed,
      });
    },
    close() {
      reading?.abort();
      thread.stop();
      connection?.close();
      connection = undefined;
    },
    send: (text) => connection?.send(text),
    retry: (clientId) => connection?.retry(clientId),
    discard: (clientId) => connection?.discard(clientId),
    markRead: (seq) => connection?.markRead(seq),
    typing: () => connection?.typing(),
    async readOlder() {
      if (older.value !== "reading") await readPage();
    },
  };
}
