import type {
  ChangeEntry,
  Message,
  ReadMarks,
  ServerFrame,
  WelcomeMember,
} from "../../shared/chat.ts";
import { normalizeText, textProblem, TYPING_TTL_MS } from "../../shared/chat.ts";
import { uuidV7 } from "../../shared/ids.ts";
import {
  lastSeq,
  logChanges,
  logToMessages,
  missingAfter,
  NO_THREAD,
  reduceThread,
  typingAt,
} from "../../shared/room.ts";
import type { ThreadLog, ThreadState } from "../../shared/room.ts";
import { connectRoom } from "./connect-room.ts";
import type { RoomConnectionOptions, RoomStatus } from "./connect-room.ts";
import { isMessage } from "./outbox.ts";
import type { OutboxItem, OutboxPhoto, OutboxStore } from "./outbox.ts";
import { createSender } from "./sender.ts";

const TYPING_EVERY_MS = 3_000;
const SYNC_RETRY_MS = 3_000;

/** A conversation as it is shown. A new object whenever something in it has changed. */
export interface ThreadView {
  readonly status: RoomStatus;
  /** Ascending by seq, without holes; older ones come from the API. */
  readonly messages: readonly Message[];
  /** `messages` are complete above this seq; older ones come from the API. */
  readonly base: number;
  /** Edits and deletions that the room has told of, also of messages that are older than `base`. */
  readonly changes: readonly ChangeEntry[];
  /** Whether there is anything older than `messages`. */
  readonly hasOlder: boolean;
  /** Written here and not yet among `messages`, in order. */
  readonly waiting: readonly OutboxItem[];
  /** Edits and deletions made here and not yet among `changes`, in order. */
  readonly changing: readonly OutboxItem[];
  readonly members: readonly WelcomeMember[];
  readonly reads: ReadMarks;
  /** User ids. */
  readonly typing: readonly string[];
}

export interface ThreadConnection {
  readonly view: ThreadView;
  /** Writes a message; it is sent now or when there is a connection. Says what is wrong with it. */
  send(text: string, more?: Attachments): TextProblem;
  /** Changes one's own message, by its seq. */
  edit(seq: number, text: string): TextProblem;
  /** Takes one's own message back. */
  remove(seq: number): void;
  retry(clientId: string): void;
  discard(clientId: string): void;
  markRead(seq: number): void;
  /** To be called with every key: says so to the others now and then. */
  typing(): void;
  /** Tries to connect at once. */
  wake(): void;
  close(): void;
}

/** What a message carries beside its text; with one of them the text may be empty. */
export interface Attachments {
  photo?: OutboxPhoto;
  /** Where the berth lies. */
  berth?: true;
}

export type TextProblem = "empty" | "too-long" | undefined;

export interface ThreadOptions
  extends Pick<RoomConnectionOptions, "WebSocket" | "onWake" | "heartbeatMs" | "answerMs"> {
  threadId: string;
  /** Whoever is signed in: whose messages the outbox keeps. */
  userId: string;
  fetchTicket: (room: string) => Promise<{ url: string }>;
  outbox: OutboxStore;
  /** Brings a picture to the store of this thread; answers its id. */
  uploadPhoto?: (photo: OutboxPhoto) => Promise<string>;
  onChange: (view: ThreadView) => void;
}

/** A thread's room, kept up to date; what is written without a network is sent on its return. */
export function connectThread(options: ThreadOptions): ThreadConnection {
  const { threadId, userId, fetchTicket, onChange } = options;
  const room = `thread:${threadId}`;
  let status: RoomStatus = "connecting";
  let state: ThreadState = NO_THREAD;
  let messages: readonly Message[] = [];
  let changes: readonly ChangeEntry[] = [];
  let shownLog: ThreadLog | null = null;
  /** Stored by the room, but beyond a hole: they wait until they have their place. */
  let landing: readonly (OutboxItem & { seq: number })[] = [];
  let isSyncing = false;
  let syncTimer: ReturnType<typeof setTimeout> | undefined;
  let typingTimer: ReturnType<typeof setTimeout> | undefined;
  let typedAt = 0;
  let readTo = 0;

  const sender = createSender({
    scope: `${userId}|${room}`,
    store: options.outbox,
    send: (frame) => connection.send(frame),
    upload: options.uploadPhoto,
    onChange: changed,
  });
  let view = toView();
  const connection = connectRoom({
    ...options,
    fetchTicket: () => fetchTicket(room),
    onFrame: receive,
    onStatus(next) {
      status = next;
      if (next !== "live") pauseAll();
      changed();
    },
  });

  function toView(): ThreadView {
    const { log } = state;
    if (log !== shownLog) {
      messages = log === null ? [] : logToMessages(log);
      changes = log === null ? [] : logChanges(log);
      shownLog = log;
    }
    return {
      status,
      messages,
      base: log?.base ?? 0,
      changes,
      hasOlder: (log?.base ?? 0) > 0,
      waiting: [...landing, ...sender.items].filter(isMessage),
      changing: [...landing, ...sender.items].filter((item) => !isMessage(item)),
      members: state.members,
      reads: state.reads,
      typing: typingAt(state, Date.now()),
    };
  }

  function changed(): void {
    view = toView();
    onChange(view);
  }

  function pauseAll(): void {
    sender.stop();
    isSyncing = false;
    clearTimeout(syncTimer);
  }

  function receive(frame: ServerFrame): void {
    state = reduceThread(state, frame, Date.now());
    switch (frame.type) {
      case "welcome":
        isSyncing = false;
        sync();
        sendRead();
        void sender.start();
        break;
      case "message":
      case "edit":
      case "delete":
        if (frame.senderId === userId) land(frame);
        settle();
        sync();
        break;
      case "synced":
        isSyncing = false;
        if (frame.seq > frame.after) sync();
        else syncLater(SYNC_RETRY_MS);
        break;
      case "pong":
        sync();
        break;
      case "typing":
        clearTimeout(typingTimer);
        typingTimer = setTimeout(changed, TYPING_TTL_MS + 1);
        break;
      case "error":
        if (frame.clientId !== undefined) sender.refused(frame);
        else if (isSyncing) syncLater(frame.retryAfterMs ?? SYNC_RETRY_MS);
        break;
      default:
    }
    if (frame.type !== "pong") changed();
  }

  /** Something of ours is stored: it leaves the outbox, and waits for its place if that is a hole. */
  function land({ clientId, seq }: { clientId: string; seq: number }): void {
    const item = sender.items.find((waiting) => waiting.clientId === clientId);
    if (item !== undefined && seq > placed()) landing = [...landing, { ...item, seq }];
    sender.stored(clientId);
  }

  function settle(): void {
    landing = landing.filter(({ seq }) => seq > placed());
  }

  function placed(): number {
    return state.log === null ? 0 : lastSeq(state.log);
  }

  function sync(): void {
    if (isSyncing || state.log === null) return;
    const after = missingAfter(state.log, state.head);
    if (after !== undefined) isSyncing = connection.send({ type: "sync", after });
  }

  function syncLater(delayMs: number): void {
    isSyncing = false;
    clearTimeout(syncTimer);
    syncTimer = setTimeout(sync, delayMs);
  }

  function sendRead(): void {
    if (readTo > (state.reads[userId] ?? 0)) connection.send({ type: "message.read", seq: readTo });
  }

  function queue(item: Omit<OutboxItem, "clientId" | "queuedAt">): void {
    const queuedAt = Date.now();
    const clientId = uuidV7(queuedAt, crypto.getRandomValues(new Uint8Array(10)));
    sender.add({ ...item, clientId, queuedAt });
    if (status === "offline") connection.wake();
  }

  void sender.load();
  return {
    get view() {
      return view;
    },
    send(written, more = {}) {
      const text = normalizeText(written);
      const problem = textProblem(text);
      const isBare = more.photo === undefined && more.berth === undefined;
      if (problem === "too-long" || (problem === "empty" && isBare)) return problem;
      queue({ text, ...more });
      return undefined;
    },
    edit(seq, written) {
      const text = normalizeText(written);
      const problem = textProblem(text);
      const hasPhoto = messages.some((message) => message.seq === seq && message.photo);
      if (problem === "too-long" || (problem === "empty" && !hasPhoto)) return problem;
      queue({ text, edits: seq });
      return undefined;
    },
    remove: (seq) => queue({ text: "", deletes: seq }),
    retry: (clientId) => sender.retry(clientId),
    discard: (clientId) => sender.discard(clientId),
    markRead(seq) {
      if (seq <= readTo) return;
      readTo = seq;
      sendRead();
    },
    typing() {
      const now = Date.now();
      if (now - typedAt < TYPING_EVERY_MS) return;
      if (connection.send({ type: "typing" })) typedAt = now;
    },
    wake: () => connection.wake(),
    close() {
      clearTimeout(typingTimer);
      pauseAll();
      connection.close();
    },
  };
}
