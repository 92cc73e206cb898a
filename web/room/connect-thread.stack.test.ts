import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import WebSocket from "ws";
import { type FlakyProxy, startFlakyProxy } from "../../edge/local/flaky-proxy.ts";
import {
  loggedBefore,
  type RoomStage,
  type StagedThread,
  stageRooms,
  stageThread,
  textOf,
} from "../../edge/local/room-stage.ts";
import { createHub } from "../../edge/platform/hub.ts";
import { connectThread } from "./connect-thread.ts";
import type { ThreadConnection, ThreadView } from "./connect-thread.ts";
import { createMemoryOutbox } from "./outbox.ts";
import type { OutboxStore } from "./outbox.ts";

let stage: RoomStage;
let proxy: FlakyProxy;
let thread: StagedThread;
let tickets: number;
let open: ThreadConnection[];

beforeAll(async () => {
  stage = await stageRooms();
  proxy = await startFlakyProxy(stage.host);
});

afterAll(async () => {
  await proxy.stop();
  await stage.stop();
});

beforeEach(() => {
  thread = stageThread(stage);
  tickets = 0;
  open = [];
  Object.assign(proxy, { isDown: false, isDeaf: false, isFrozen: false });
});

afterEach(() => {
  for (const connection of open) connection.close();
});

interface Person extends ThreadConnection {
  /** Resolves when the view is so. */
  until(condition: (view: ThreadView) => boolean): Promise<ThreadView>;
}

/** Someone on a harbour's network; `host` has a cable. */
function join(userId: "guest" | "host", outbox: OutboxStore = createMemoryOutbox()): Person {
  const { fetch } = globalThis;
  const hub = createHub({
    host: userId === "guest" ? proxy.host : stage.host,
    secret: stage.secret,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
  const waiting = new Set<() => void>();
  const connection = connectThread({
    threadId: thread.id,
    userId,
    outbox,
    WebSocket,
    heartbeatMs: 200,
    answerMs: 200,
    fetchTicket(room) {
      tickets += 1;
      return hub.issueTicket({ room, userId, sessionId: "s" });
    },
    onChange: () => waiting.forEach((look) => look()),
  });
  open.push(connection);
  return {
    ...connection,
    get view() {
      return connection.view;
    },
    until: (condition) =>
      new Promise((resolve) => {
        const look = () => {
          if (!condition(connection.view)) return;
          waiting.delete(look);
          resolve(connection.view);
        };
        waiting.add(look);
        look();
      }),
  };
}

const isLive = ({ status }: ThreadView) => status === "live";
const texts = ({ messages }: ThreadView) => messages.map(({ text }) => text);
const has = (count: number) => ({ messages, waiting }: ThreadView) =>
  messages.length >= count && waiting.length === 0;

test("two people see the same conversation, read marks and typing", async () => {
  const [guest, host] = [join("guest"), join("host")];
  guest.send("  hello ");
  await host.until(has(1));
  host.typing();
  await guest.until(({ typing }) => typing.includes("host"));
  host.send("welcome ashore");
  await Promise.all([guest.until(has(2)), host.until(has(2))]);
  expect(guest.view.typing).toEqual([]);
  expect(guest.view.messages).toEqual(host.view.messages);
  expect(texts(guest.view)).toEqual(["hello", "welcome ashore"]);
  host.markRead(2);
  expect((await guest.until(({ reads }) => reads["host"] === 2)).members.map((m) => m.online))
    .toEqual([true, true]);
  expect(guest.send(" ")).toBe("empty");
});

test("a long history begins with its newest", async () => {
  thread.stored.log = loggedBefore(200);
  const guest = join("guest");
  const view = await guest.until(has(50));
  expect([view.messages[0]!.seq, view.messages.at(-1)!.seq, view.hasOlder]).toEqual([
    151,
    200,
    true,
  ]);
});

test("written without a network, also before a restart: sent once, in order, on its return", async () => {
  const outbox = createMemoryOutbox();
  proxy.isDown = true;
  const before = join("guest", outbox);
  await before.until(({ status }) => status === "offline");
  for (let i = 1; i <= 5; i++) before.send(`before ${i}`);
  expect(before.view.waiting.length).toBe(5);
  before.close();

  const guest = join("guest", outbox);
  const secondTab = join("guest", outbox);
  const host = join("host");
  guest.send("after");
  proxy.isDown = false;
  await host.until(has(6));
  await Promise.all([guest.until(has(6)), secondTab.until(has(6))]);
  const expected = ["before 1", "before 2", "before 3", "before 4", "before 5", "after"];
  expect(texts(host.view)).toEqual(expected);
  expect(texts(guest.view)).toEqual(expected);
  expect(await outbox.list(`guest|thread:${thread.id}`)).toEqual([]);
});

test("a lost acknowledgement makes no second message", async () => {
  const [guest, host] = [join("guest"), join("host")];
  await guest.until(isLive);
  proxy.isDeaf = true;
  guest.send("said once");
  await host.until(has(1));
  expect(guest.view.messages).toEqual([]);
  expect(guest.view.waiting.length).toBe(1);
  proxy.isDeaf = false;
  proxy.cut();
  await guest.until(has(1));
  host.send("and answered");
  await Promise.all([guest.until(has(2)), host.until(has(2))]);
  expect(texts(guest.view)).toEqual(["said once", "and answered"]);
  expect(texts(host.view)).toEqual(["said once", "and answered"]);
});

test("a connection that leads nowhere is noticed, left, and the gap filled", async () => {
  const [guest, host] = [join("guest"), join("host")];
  await guest.until(isLive);
  const before = tickets;
  proxy.isFrozen = true;
  for (let i = 1; i <= 3; i++) host.send(`unheard ${i}`);
  await host.until(has(3));
  await guest.until(({ status }) => status === "offline");
  proxy.isFrozen = false;
  await guest.until(has(3));
  expect(texts(guest.view)).toEqual(["unheard 1", "unheard 2", "unheard 3"]);
  // A new ticket for each attempt.
  expect(tickets).toBeGreaterThan(before);
});

test("cut again and again, both end with what Postgres has", async () => {
  const [guest, host] = [join("guest"), join("host")];
  for (let i = 1; i <= 40; i++) {
    guest.send(`g${i}`);
    host.send(`h${i}`);
    if (i % 10 === 0) {
      await host.until(({ messages }) => messages.some(({ text }) => text === `h${i}`));
      proxy.cut();
    }
  }
  await Promise.all([guest.until(has(80)), host.until(has(80))]);
  await stage.edge.until(() => thread.stored.log.length === 80);
  const stored = thread.stored.log.map(({ kind: _, ...message }) => message);
  expect(host.view.messages).toEqual(stored.slice(-host.view.messages.length));
  expect(guest.view.messages).toEqual(stored);
  const mine = thread.stored.log.filter(({ senderId }) => senderId === "guest").map(textOf);
  expect(mine).toEqual(Array.from({ length: 40 }, (_, i) => `g${i + 1}`));
});

test("a room that begins anew under another epoch is read anew", async () => {
  const guest = join("guest");
  guest.send("one");
  await guest.until(has(1));
  await stage.edge.until(() => thread.stored.log.length === 1);
  thread.stored.epoch = 9;
  thread.stored.log.push(...loggedBefore(3).slice(1));
  guest.send("two");
  await guest.until(has(4));
  await stage.edge.until(() => thread.stored.log.length === 4);
  expect(texts(guest.view)).toEqual(["one", "before 2", "before 3", "two"]);
});

test("who is removed is told so, and stops asking", async () => {
  const [guest, host] = [join("guest"), join("host")];
  await Promise.all([guest.until(isLive), host.until(isLive)]);
  await stage.hub.publish("thread", thread.id, {
    kind: "members",
    version: 2,
    members: thread.stored.members.slice(1),
  });
  await guest.until(({ status }) => status === "refused");
  await host.until(({ members }) => members.length === 1);
  const asked = tickets;
  guest.wake();
  host.send("alone now");
  await host.until(has(1));
  expect(tickets).toBe(asked);
});

test("messages are changed and taken back, for everybody and by whoever comes later", async () => {
  const [guest, host] = [join("guest"), join("host")];
  guest.send("the gate is 1234");
  guest.send("see you at ten");
  await host.until(has(2));
  expect(guest.edit(2, " ")).toBe("empty");
  guest.edit(2, "see you at eleven");
  guest.remove(1);
  const isChanged = ({ messages, changing }: ThreadView) =>
    changing.length === 0 && messages[0]?.deleted === true;
  await Promise.all([guest.until(isChanged), host.until(isChanged)]);
  expect(texts(host.view)).toEqual(["", "see you at eleven"]);
  expect(host.view.messages).toEqual(guest.view.messages);
  const late = join("host");
  await late.until(({ changes }) => changes.length === 2);
  expect(late.view.messages).toEqual(guest.view.messages);
  // Not one's own: it stays, and one is told.
  host.edit(2, "never");
  await host.until(({ changing }) => changing[0]?.failed === "not-yours");
  host.discard(host.view.changing[0]!.clientId);
  expect(host.view.changing).toEqual([]);
});

test("changes of messages older than the room's part are told by their seq", async () => {
  thread.stored.log = loggedBefore(200);
  const host = join("host");
  await host.until(has(50));
  host.edit(3, "better");
  const view = await host.until(({ changes }) => changes.length === 1);
  expect(view.changes[0]).toMatchObject({ kind: "edit", target: 3, text: "better", seq: 201 });
  expect(view.base).toBe(150);
});

test("a gap is repaired within two seconds of the network's return", async () => {
  const [guest, host] = [join("guest"), join("host")];
  await Promise.all([guest.until(isLive), host.until(isLive)]);
  const tookMs: number[] = [];
  for (let round = 1; round <= 3; round++) {
    proxy.isDown = true;
    proxy.cut();
    for (let i = 0; i < 30; i++) host.send(`round ${round}, ${i}`);
    await host.until(has(30 * round));
    proxy.isDown = false;
    guest.wake();
    const startedAt = Date.now();
    await guest.until(has(30 * round));
    tookMs.push(Date.now() - startedAt);
  }
  expect(tookMs.toSorted((a, b) => a - b)[1]).toBeLessThan(2_000);
});
