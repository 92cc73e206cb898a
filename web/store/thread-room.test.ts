import { describe, expect, it } from "vitest";
import type { Message } from "../../shared/chat.ts";
import type { Http } from "../api/http.ts";
import type { ThreadOptions, ThreadView } from "../room/connect-thread.ts";
import { createMemoryOutbox } from "../room/outbox.ts";
import { createThreadRoom } from "./thread-room.ts";

function message(seq: number): Message {
  const sentAt = new Date(seq * 1000).toISOString();
  return { seq, id: `m${seq}`, clientId: `c${seq}`, senderId: "host", text: `${seq}`, sentAt };
}

function run(first: number, last: number): Message[] {
  return Array.from({ length: last - first + 1 }, (_, i) => message(first + i));
}

const VIEW: ThreadView = {
  status: "live",
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

/** A room over an API with messages 1 … `stored`, in pages of 50. */
function setUp({ stored = 120, unread = 0, isAway = false } = {}) {
  const asked: unknown[] = [];
  let away = isAway;
  let show: ThreadOptions["onChange"] = () => undefined;
  const http = {
    get(path: string, query?: { before?: number }) {
      if (!path.endsWith("/messages")) return Promise.resolve({ id: "t", unread });
      asked.push(query?.before);
      if (away) return Promise.reject(new Error("away"));
      const last = (query?.before ?? stored + 1) - 1;
      const first = Math.max(1, last - 49);
      return Promise.resolve({
        items: run(first, last).toReversed(),
        nextCursor: first > 1 ? "more" : null,
      });
    },
  } as unknown as Http;
  const room = createThreadRoom({
    http,
    threadId: "t",
    myId: "me",
    outbox: createMemoryOutbox(),
    connect(options) {
      show = options.onChange;
      const nothing = () => undefined;
      return {
        view: VIEW,
        send: nothing,
        edit: nothing,
        remove: nothing,
        retry: nothing,
        discard: nothing,
        markRead: nothing,
        typing: nothing,
        addOlder: nothing,
        wake: nothing,
        close: nothing,
      };
    },
  });
  const settled = () => new Promise((resolve) => setTimeout(resolve));
  return {
    room,
    asked,
    settled,
    show: (view: Partial<ThreadView>) =>
      show({ ...VIEW, base: (view.messages?.[0]?.seq ?? 1) - 1, ...view }),
    comeBack: () => void (away = false),
  };
}

const seqs = (room: { messages: { value: readonly Message[] } }) => {
  const { value } = room.messages;
  return [value[0]?.seq, value.at(-1)?.seq, value.length];
};

describe("createThreadRoom", () => {
  it("shows the API's messages while the room is not there", async () => {
    const { room, settled } = setUp();
    room.open();
    expect(room.isFilled.value).toBe(false);
    await settled();
    expect(room.isFilled.value).toBe(true);
    expect(seqs(room)).toEqual([71, 120, 50]);
    expect(room.hasOlder.value).toBe(true);
  });

  it("reads page after page to the beginning, without a hole", async () => {
    const { room, show, settled, asked } = setUp();
    room.open();
    await settled();
    show({ messages: run(72, 122), hasOlder: true });
    expect(seqs(room)).toEqual([71, 122, 52]);
    await room.readOlder();
    expect(seqs(room)).toEqual([21, 122, 102]);
    await room.readOlder();
    expect(seqs(room)).toEqual([1, 122, 122]);
    expect(room.hasOlder.value).toBe(false);
    expect(asked).toEqual([undefined, 71, 21]);
  });

  it("begins its history anew where the room has gone far ahead", async () => {
    const { room, show, settled } = setUp();
    room.open();
    await settled();
    show({ messages: run(8_000, 8_049), hasOlder: true });
    expect(seqs(room)).toEqual([8_000, 8_049, 50]);
    await room.readOlder();
    expect(seqs(room)).toEqual([7_950, 8_049, 100]);
  });

  it("says that history could not be read, and reads it when asked again", async () => {
    const { room, show, settled, comeBack } = setUp({ isAway: true });
    room.open();
    await settled();
    expect(room.older.value).toBe("failed");
    show({ messages: run(101, 120), hasOlder: true });
    comeBack();
    await room.readOlder();
    expect(room.older.value).toBe("idle");
    expect(seqs(room)).toEqual([51, 120, 70]);
  });

  it("remembers from where on messages were unread on arrival, and only there", async () => {
    const { room, show, settled } = setUp({ unread: 2 });
    room.open();
    await settled();
    show({ messages: run(1, 4), reads: { me: 2 } });
    show({ messages: run(1, 4), reads: { me: 4 } });
    expect(room.newAfter.value).toBe(2);
    const read = setUp();
    read.room.open();
    await read.settled();
    read.show({ messages: run(1, 4), reads: { me: 4 } });
    expect(read.room.newAfter.value).toBeNull();
  });
});
