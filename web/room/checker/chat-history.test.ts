import { describe, expect, test } from "vitest";
import type { LogEntry, Message } from "../../../shared/chat.ts";
import { chatFaults, ShownWatch } from "./chat-history.ts";
import type { ChatHistory } from "./chat-history.ts";

function message(seq: number, clientId = `c${seq}`): Message {
  return { seq, id: `m${seq}`, clientId, senderId: "gus", text: `${seq}`, sentAt: "2027" };
}

function history(change: (messages: Message[]) => Partial<ChatHistory> = () => ({})): ChatHistory {
  const stored = [1, 2, 3, 4].map((seq) => message(seq));
  const log = stored.map((one): LogEntry => ({ kind: "message", ...one }));
  return {
    log,
    stored,
    written: [{ device: "phone", clientIds: ["c1", "c3"] }, { device: "tab", clientIds: ["c2"] }],
    shown: [{ device: "phone", base: 0, messages: stored }, {
      device: "tab",
      base: 2,
      messages: stored.slice(2),
    }],
    ...change(stored),
  };
}

describe("chatFaults", () => {
  test("finds nothing where nothing is", () => expect(chatFaults(history())).toEqual([]));

  test.each<[string, ChatHistory]>([
    ["a word that is lost", history(() => ({ written: [{ device: "d", clientIds: ["c9"] }] }))],
    [
      "a word that is stored twice",
      history((stored) => ({
        log: [...stored, message(5, "c1")].map((one) => ({ kind: "message", ...one })),
      })),
    ],
    [
      "an order that is not the writer's",
      history(() => ({ written: [{ device: "d", clientIds: ["c3", "c1"] }] })),
    ],
    [
      "a hole",
      history((stored) => ({
        log: stored.slice(1).map((one) => ({ kind: "message", ...one })),
        written: [],
      })),
    ],
    [
      "a message that one does not see",
      history((stored) => ({ shown: [{ device: "d", base: 0, messages: stored.slice(0, 3) }] })),
    ],
    [
      "a message that one sees twice",
      history((stored) => ({
        shown: [{ device: "d", base: 0, messages: [...stored, stored[3]!] }],
      })),
    ],
    [
      "an edit that one does not see",
      history((stored) => ({
        shown: [{ device: "d", base: 0, messages: stored.with(1, { ...stored[1]!, text: "old" }) }],
      })),
    ],
  ])("finds %s", (_, faulty) => {
    expect(chatFaults(faulty)).not.toEqual([]);
  });
});

describe("ShownWatch", () => {
  const [one, two, three] = [message(1), message(2), message(3)];
  const faultsOf = (...shown: Message[][]) => {
    const watch = new ShownWatch("d");
    for (const messages of shown) watch.look({ base: 0, messages });
    return watch.faults.length;
  };

  test("lets a conversation grow", () => {
    expect(faultsOf([one], [one, two], [one, { ...two, text: "edited" }, three])).toBe(0);
  });

  test.each([
    [[[one, two], [one]]],
    [[[one, two], [two, three]]],
    [[[one], [one, three, two]]],
    [[[one, two], [one, { ...two, id: "other" }]]],
  ])("notices a list that does more", (shown) => {
    expect(faultsOf(...shown)).toBeGreaterThan(0);
  });
});
