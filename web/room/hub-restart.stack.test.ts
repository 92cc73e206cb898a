import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import WebSocket from "ws";
import { type Stack, startStack } from "../../edge/local/stack.ts";
import type { LogEntry, Message } from "../../shared/chat.ts";
import { chatFaults } from "./checker/chat-history.ts";
import { connectThread } from "./connect-thread.ts";
import type { ThreadConnection, ThreadView } from "./connect-thread.ts";
import { createMemoryOutbox } from "./outbox.ts";

const THREADS = 3;
/** What each device writes, and how much of it is on its way at once. */
const MESSAGES = 60;
const AHEAD = 4;
/** From the kill until every socket is live again: the runtime's start and a spread return. */
const BACK_MS = 15_000;

let dataDir: string;
let stack: Stack;
const lines: string[] = [];
const devices: Device[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-hub-"));
  stack = await startStack({
    dataDir,
    port: 0,
    realtimePort: 0,
    env: {},
    docks: 200,
    log: (line) => lines.push(line),
    onGiveUp: (sentence) => lines.push(sentence),
  });
}, 240_000);

afterAll(async () => {
  for (const { connection } of devices) connection.close();
  await stack?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

interface Person {
  id: string;
  ask<T>(method: "GET" | "POST", path: string, body?: unknown): Promise<T>;
}

async function signIn(email: string): Promise<Person> {
  const call = async (method: string, path: string, body?: unknown, cookie = "") => {
    const answer = await fetch(`${stack.urls.edge}/api/${path}`, {
      method,
      headers: { "Content-Type": "application/json", Cookie: cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const answer = await call("POST", "auth/sign-in/email", { email, password: "dokkerr-demo" });
  const cookie = answer.headers.getSetCookie().map((one) => one.split(";")[0]).join("; ");
  const { id } = await (await call("GET", "me", undefined, cookie)).json() as { id: string };
  return {
    id,
    ask: async <T>(method: "GET" | "POST", path: string, body?: unknown) =>
      await (await call(method, path, body, cookie)).json() as T,
  };
}

/** Somebody in a conversation who writes on whatever happens. */
class Device {
  readonly clientIds: string[] = [];
  readonly connection: ThreadConnection;
  readonly name: string;
  view: ThreadView;
  #isWriting = false;

  constructor(name: string, threadId: string, person: Person) {
    this.name = name;
    this.connection = connectThread({
      threadId,
      userId: person.id,
      outbox: createMemoryOutbox(),
      WebSocket,
      heartbeatMs: 1_000,
      answerMs: 2_000,
      fetchTicket: (room) => person.ask("POST", "realtime/tickets", { room }),
      onChange: (view) => {
        this.view = view;
        this.#writeOn();
      },
    });
    this.view = this.connection.view;
  }

  write(): void {
    this.#isWriting = true;
    this.#writeOn();
  }

  #writeOn(): void {
    while (
      this.#isWriting && this.clientIds.length < MESSAGES && this.view.waiting.length < AHEAD
    ) {
      this.connection.send(`${this.name} says ${this.clientIds.length + 1}`);
      this.clientIds.push(this.connection.view.waiting.at(-1)!.clientId);
    }
  }
}

async function allMessages(person: Person, threadId: string): Promise<Message[]> {
  const found: Message[] = [];
  let cursor = "";
  do {
    const path = `threads/${threadId}/messages?limit=100${cursor && `&cursor=${cursor}`}`;
    const page = await person.ask<{ items: Message[]; nextCursor: string | null }>("GET", path);
    found.push(...page.items);
    cursor = page.nextCursor ?? "";
  } while (cursor !== "");
  return found.toReversed();
}

const areLive = () => devices.every(({ view }) => view.status === "live");
const until = (condition: () => boolean, timeout = 60_000) =>
  vi.waitUntil(condition, { timeout, interval: 20 });

test("a hub killed under load comes back, says so, and nobody's word is lost", async () => {
  const [guest, host] = await Promise.all([
    signIn("guest@dokkerr.test"),
    signIn("host@dokkerr.test"),
  ]);
  const { items } = await host.ask<{ items: { id: number }[] }>("GET", "docks?host=me&limit=100");
  const threads = await Promise.all(
    items.slice(0, THREADS).map(({ id }) =>
      guest.ask<{ id: string }>("POST", "threads", { dockId: id })
    ),
  );
  expect(threads).toHaveLength(THREADS);
  const before = await Promise.all(threads.map(({ id }) => allMessages(host, id)));
  for (const { id } of threads) {
    devices.push(new Device(`guest ${randomUUID()}`, id, guest), new Device(`host`, id, host));
  }
  await until(areLive);
  for (const device of devices) device.write();

  const backAfter: number[] = [];
  for (const share of [0.2, 0.6]) {
    const written = () => devices.reduce((sum, { view }) => sum + view.messages.length, 0);
    await until(() => written() > share * MESSAGES * devices.length);
    const told = lines.length;
    const killedAt = Date.now();
    process.kill(-stack.rooms!.part.pid, "SIGKILL");
    await until(() => devices.every(({ view }) => view.status !== "live"), 10_000);
    await until(areLive, BACK_MS);
    backAfter.push(Date.now() - killedAt);
    expect(lines.slice(told).join("\n")).toMatch(
      /The room runtime ended \(.*\); starting it again\.[^]*The room runtime is back\./,
    );
  }
  console.log(`Every socket was back after ${backAfter.join(" and ")} ms`);

  await until(() =>
    devices.every(({ clientIds, view }) =>
      clientIds.length === MESSAGES && view.waiting.length === 0
    )
  );
  for (const [i, { id }] of threads.entries()) {
    const pair = devices.slice(2 * i, 2 * i + 2);
    const head = before[i]!.length + 2 * MESSAGES;
    await until(() => pair.every(({ view }) => view.messages.at(-1)?.seq === head));
    await vi.waitFor(async () => expect(await allMessages(host, id)).toHaveLength(head), 20_000);
    const stored = await allMessages(host, id);
    const faults = chatFaults({
      log: stored.map((message): LogEntry => ({ kind: "message", ...message })),
      stored,
      written: pair.map(({ name, clientIds }) => ({ device: name, clientIds })),
      shown: pair.map(({ name, view: { base, messages } }) => ({ device: name, base, messages })),
    });
    expect(faults).toEqual([]);
  }
}, 180_000);
