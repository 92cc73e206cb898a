import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ClientFrame } from "../../shared/chat.ts";
import { createMemoryOutbox } from "./outbox.ts";
import type { OutboxItem, OutboxStore } from "./outbox.ts";
import { createSender } from "./sender.ts";
import type { Sender } from "./sender.ts";

let sent: string[];
let store: OutboxStore;
let sender: Sender;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  store = createMemoryOutbox();
  sender = create();
});

afterEach(() => {
  sender.stop();
  vi.useRealTimers();
});

function create(): Sender {
  return createSender({
    scope: "me|thread:1",
    store,
    send(frame: ClientFrame) {
      if (frame.type === "message.send") sent.push(frame.clientId);
      return true;
    },
    onChange() {},
  });
}

function item(clientId: string, queuedAt = 0): OutboxItem {
  return { clientId, text: clientId, queuedAt };
}

const names = () => sender.items.map(({ clientId }) => clientId);

test("one at a time, in order, each until it is stored", async () => {
  for (const name of ["a", "b", "c"]) sender.add(item(name));
  expect(sent).toEqual([]);
  await sender.start();
  expect(sent).toEqual(["a"]);
  sender.stored("a");
  expect(sent).toEqual(["a", "b"]);
  sender.stop();
  await sender.start();
  expect(sent).toEqual(["a", "b", "b"]);
  sender.stored("b");
  sender.stored("c");
  expect(sent).toEqual(["a", "b", "b", "c"]);
  expect(names()).toEqual([]);
  expect(await store.list("me|thread:1")).toEqual([]);
});

test("a refusal for now delays, a refusal for good steps aside and can be retried", async () => {
  await sender.start();
  for (const name of ["a", "b"]) sender.add(item(name));
  sender.refused({ type: "error", code: "rate-limited", clientId: "a", retryAfterMs: 500 });
  sender.add(item("c"));
  expect(sent).toEqual(["a"]);
  vi.advanceTimersByTime(500);
  expect(sent).toEqual(["a", "a"]);
  sender.refused({ type: "error", code: "too-long", clientId: "a" });
  expect(sent).toEqual(["a", "a", "b"]);
  sender.stored("b");
  sender.stored("c");
  expect(sender.items).toEqual([{ ...item("a"), failed: "too-long" }]);
  expect(await store.list("me|thread:1")).toEqual([{ ...item("a"), failed: "too-long" }]);
  sender.retry("a");
  expect(sent).toEqual(["a", "a", "b", "c", "a"]);
  sender.discard("a");
  expect(names()).toEqual([]);
});

test("what an earlier page or another tab has left is sent too, in the order of writing", async () => {
  await store.put("me|thread:1", item("left", 1));
  await store.put("other|thread:1", item("not mine", 2));
  sender.add(item("new", 3));
  await sender.start();
  expect(names()).toEqual(["left", "new"]);
  expect(sent).toEqual(["left"]);
});

test("a browser that keeps nothing still sends", async () => {
  const full = () => Promise.reject(new Error("QuotaExceededError"));
  store = { list: full, put: full, remove: full };
  sender = create();
  sender.add(item("a"));
  await sender.start();
  sender.stored("a");
  expect(sent).toEqual(["a"]);
  expect(names()).toEqual([]);
});

const PHOTO = { file: new Blob(["x"], { type: "image/png" }), width: 1, height: 1 };

/** A sender whose uploads end as told. */
function withUpload(upload: () => Promise<string>): { frames: ClientFrame[]; sender: Sender } {
  const frames: ClientFrame[] = [];
  sender = createSender({
    scope: "me|thread:2",
    store,
    send(frame) {
      frames.push(frame);
      return true;
    },
    upload,
    onChange() {},
  });
  return { frames, sender };
}

test("a picture is brought first, once, and keeps its place", async () => {
  let uploads = 0;
  const { frames } = withUpload(() => {
    uploads += 1;
    return uploads === 1 ? Promise.reject(new TypeError("no network")) : Promise.resolve("p1");
  });
  await sender.start();
  sender.add({ ...item("a"), photo: PHOTO });
  sender.add(item("b"));
  await vi.advanceTimersByTimeAsync(0);
  expect(frames).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(frames).toEqual([{ type: "message.send", clientId: "a", text: "a", photoId: "p1" }]);
  // The connection is lost before the answer: the same picture is named again.
  sender.stop();
  await sender.start();
  expect(frames.map((frame) => "photoId" in frame && frame.photoId)).toEqual(["p1", "p1"]);
  sender.stored("a");
  expect(frames.at(-1)).toEqual({ type: "message.send", clientId: "b", text: "b" });
  expect(uploads).toBe(2);
});

test("a picture that is refused for good holds up nothing", async () => {
  const { frames } = withUpload(() =>
    Promise.reject(Object.assign(new Error("too large"), { code: "invalid" }))
  );
  await sender.start();
  sender.add({ ...item("a"), photo: PHOTO });
  sender.add(item("b"));
  await vi.advanceTimersByTimeAsync(0);
  expect(sender.items.map(({ failed }) => failed)).toEqual(["no-attachment", undefined]);
  expect(frames.map((frame) => "clientId" in frame && frame.clientId)).toEqual(["b"]);
});

test("edits and deletions take their turn among the messages", async () => {
  const { frames } = withUpload(() => Promise.resolve("p"));
  sender.add(item("a"));
  sender.add({ ...item("b"), text: "better", edits: 4 });
  sender.add({ ...item("c"), text: "", deletes: 4 });
  await sender.start();
  for (const name of ["a", "b", "c"]) sender.stored(name);
  expect(frames).toEqual([
    { type: "message.send", clientId: "a", text: "a" },
    { type: "message.edit", clientId: "b", seq: 4, text: "better" },
    { type: "message.delete", clientId: "c", seq: 4 },
  ]);
});
