import { describe, expect, it } from "vitest";
import type { Message } from "../../shared/chat.ts";
import { joinHistory, readByOthers, toRows } from "./message-list.ts";
import type { LivePart } from "./message-list.ts";

const MINUTE = 60_000;
const noon = Date.parse("2027-07-03T12:00:00Z");

function message(seq: number, senderId = "host", atMs = noon + seq * MINUTE): Message {
  const sentAt = new Date(atMs).toISOString();
  return { seq, id: `m${seq}`, clientId: `c${seq}`, senderId, text: `text ${seq}`, sentAt };
}

function run(first: number, last: number): Message[] {
  return Array.from({ length: last - first + 1 }, (_, i) => message(first + i));
}

/** What the room has brought, from its first message on. */
function part(messages: Message[], base = (messages[0]?.seq ?? 1) - 1): LivePart {
  return { messages, base, changes: [] };
}

const join = (history: Message[], live: Message[]) =>
  joinHistory(history, history.at(-1)?.seq ?? 0, part(live));

const seqs = (messages: readonly Message[]) => messages.map(({ seq }) => seq);

describe("joinHistory", () => {
  it("shows history alone until the room has said something", () => {
    const history = run(3, 5);
    expect(join(history, [])).toBe(history);
    const live = run(1, 2);
    expect(join([], live)).toBe(live);
  });

  it("puts history before and after what overlaps, each message once", () => {
    expect(seqs(join(run(1, 6), run(4, 5)))).toEqual([1, 2, 3, 4, 5, 6]);
    expect(seqs(join(run(1, 3), run(4, 5)))).toEqual([1, 2, 3, 4, 5]);
  });

  it("leaves history out that does not reach the room's part", () => {
    expect(seqs(join(run(1, 3), run(5, 6)))).toEqual([5, 6]);
  });

  it("joins over numbers that edits and deletions took", () => {
    expect(seqs(joinHistory(run(1, 3), 5, part(run(6, 7), 5)))).toEqual([1, 2, 3, 6, 7]);
  });

  it("shows what the room says of messages that only history has", () => {
    const gone = { ...message(9), kind: "delete", target: 2, targetId: "m2" } as const;
    const live = { ...part(run(4, 5)), changes: [gone] };
    expect(joinHistory(run(1, 3), 3, live)[1]).toMatchObject({ text: "", deleted: true });
  });

  it("takes the room's word where both have a message", () => {
    const live = [{ ...message(2), text: "as the room has it" }];
    expect(join(run(1, 2), live)[1]?.text).toBe("as the room has it");
  });
});

describe("toRows", () => {
  const dayOf = (atMs: number) => new Date(atMs).toISOString().slice(0, 10);
  const base = { waiting: [], myId: "me", newAfter: null, dayOf };

  it("begins each day with its line and each sender with a block", () => {
    const nextDay = message(4, "me", noon + 24 * 60 * MINUTE);
    const rows = toRows({
      ...base,
      messages: [message(1), message(2), message(3, "me"), nextDay],
    });
    expect(rows.map(({ kind }) => kind)).toEqual([
      "day",
      "message",
      "message",
      "message",
      "day",
      "message",
    ]);
    expect(rows.flatMap((row) => "isFirst" in row ? [row.isFirst] : [])).toEqual([
      true,
      false,
      true,
      true,
    ]);
  });

  it("breaks a block after five quiet minutes", () => {
    const rows = toRows({
      ...base,
      messages: [message(1, "host", noon), message(2, "host", noon + 6 * MINUTE)],
    });
    expect(rows.slice(1)).toMatchObject([{ isFirst: true }, { isFirst: true }]);
  });

  it("marks the first unread message of somebody else, once", () => {
    const messages = [message(1), message(2, "me"), message(3), message(4)];
    const rows = toRows({ ...base, messages, newAfter: 1 });
    const at = rows.findIndex(({ kind }) => kind === "new");
    expect(rows[at + 1]).toMatchObject({ message: { seq: 3 }, isFirst: true });
    expect(rows.filter(({ kind }) => kind === "new")).toHaveLength(1);
    expect(toRows({ ...base, messages, newAfter: 4 }).some(({ kind }) => kind === "new"))
      .toBe(false);
  });

  it("keeps the key of a message as it is stored, and shows it once", () => {
    const item = { clientId: "c9", text: "on its way", queuedAt: noon };
    const [, waiting] = toRows({ ...base, messages: [], waiting: [item] });
    expect(waiting).toMatchObject({ kind: "waiting" });
    const stored = toRows({
      ...base,
      messages: [{ ...message(9, "me"), clientId: "c9" }],
      waiting: [item],
    });
    expect(stored.slice(1)).toMatchObject([{ kind: "message", isOwn: true, key: waiting?.key }]);
  });

  it("does not go back a day for a clock that is behind the room's", () => {
    const item = { clientId: "c9", text: "on its way", queuedAt: noon - 24 * 60 * MINUTE };
    const rows = toRows({ ...base, messages: [message(1)], waiting: [item] });
    expect(rows.filter(({ kind }) => kind === "day")).toHaveLength(1);
  });
});

describe("readByOthers", () => {
  it("is the furthest mark of anybody else", () => {
    expect(readByOthers({ me: 9, host: 4, staff: 6 }, "me")).toBe(6);
    expect(readByOthers({ me: 9 }, "me")).toBe(0);
  });
});
