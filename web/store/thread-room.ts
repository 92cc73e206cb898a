import { batch, computed, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Thread } from "../../shared/api.ts";
import type { Message } from "../../shared/chat.ts";
import type { NewReport } from "../../shared/report.ts";
import { takeTicket } from "../api/bookings-api.ts";
import type { Http } from "../api/http.ts";
import {
  readHistory,
  readThread,
  reportThread,
  setPersonBlocked,
  uploadThreadPhoto,
} from "../api/threads-api.ts";
import { connectThread } from "../room/connect-thread.ts";
import type {
  Attachments,
  TextProblem,
  ThreadConnection,
  ThreadView,
} from "../room/connect-thread.ts";
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
  /** The picture that is on its way to the store, and how much of it has left, 0 to 1. */
  upload: ReadonlySignal<{ file: Blob; part: number } | null>;
  /** Others' messages above this seq were unread on arrival; null where there were none. */
  newAfter: ReadonlySignal<number | null>;
  open(): void;
  close: () => void;
  /** Writes a message; says what is wrong with it, if anything. */
  send(text: string, more?: Attachments): TextProblem;
  /** Changes one's own message by its seq, or takes it back. */
  edit(seq: number, text: string): TextProblem;
  remove(seq: number): void;
  /** Nobody of the two writes to the other any more, until the one who blocked takes it back. */
  setBlocked(personId: string, isBlocked: boolean): Promise<void>;
  /** Tells the administrators of the other one, or of one of their messages. */
  report(report: NewReport): Promise<void>;
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
  base: 0,
  changes: [],
  hasOlder: false,
  waiting: [],
  changing: [],
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
  const upload = signal<{ file: Blob; part: number } | null>(null);
  const newAfter = signal<number | null>(null);
  /** The history is complete up to this seq. */
  const historyTo = signal(0);
  const messages = computed(() => joinHistory(history.value, historyTo.value, view.value));
  const isLive = computed(() => view.value.status === "live");
  let connection: ThreadConnection | undefined;
  let reading: AbortController | undefined;

  function changed(next: ThreadView): void {
    const wasLive = isLive.peek();
    view.value = next;
    if (!wasLive && next.status === "live") newAfter.value ??= next.reads[myId] ?? 0;
  }

  function join(): ThreadConnection {
    return connect({
      threadId,
      userId: myId,
      fetchTicket: (room) => takeTicket(http, room),
      outbox,
      async uploadPhoto(photo) {
        const tell = (part: number) => upload.value = { file: photo.file, part };
        tell(0);
        try {
          return await uploadThreadPhoto(http, threadId, photo, tell);
        } finally {
          upload.value = null;
        }
      },
      onChange: changed,
    });
  }

  /** Reads the page before what is shown, or the newest. */
  async function readPage(): Promise<void> {
    const first = messages.value[0];
    const joined = history.value[0]?.seq === first?.seq;
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
        if (!joined || first === undefined) {
          historyTo.value = first === undefined ? found.at(-1)?.seq ?? 0 : first.seq - 1;
        }
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
    upload,
    hasOlder: computed(() => {
      const first = messages.value[0];
      if (!first) return false;
      // Whoever of the two has the first message knows what is before it.
      return history.value[0]?.seq === first.seq ? hasMoreHistory.value : view.value.hasOlder;
    }),
    isFilled: computed(() => isLive.value || isHistoryRead.value),
    newAfter: computed(() => thread.state.value.value?.unread ? newAfter.value : null),
    open() {
      void thread.load();
      // The room has the newest; until it is there, or where it is away, the API's are shown.
      void readPage();
      connection ??= join();
    },
    close() {
      reading?.abort();
      thread.stop();
      connection?.close();
      connection = undefined;
    },
    send: (text, more) => connection?.send(text, more),
    edit: (seq, text) => connection?.edit(seq, text),
    remove: (seq) => connection?.remove(seq),
    async setBlocked(personId, isBlocked) {
      await setPersonBlocked(http, personId, isBlocked);
      await thread.load();
      // A room that one was shown out of is not asked again by itself.
      if (!isBlocked && connection !== undefined) {
        connection.close();
        connection = join();
      }
    },
    report: (report) => reportThread(http, threadId, report),
    retry: (clientId) => connection?.retry(clientId),
    discard: (clientId) => connection?.discard(clientId),
    markRead: (seq) => connection?.markRead(seq),
    typing: () => connection?.typing(),
    async readOlder() {
      if (older.value !== "reading") await readPage();
    },
  };
}
