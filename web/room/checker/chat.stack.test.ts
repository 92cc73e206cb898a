import { afterAll, beforeAll, expect, test } from "vitest";
import { startFlakyProxy } from "../../../edge/local/flaky-proxy.ts";
import { type ProductStage, stageProduct } from "../../../edge/local/product-stage.ts";
import { AHEAD, createDevice } from "./chat-device.ts";
import type { Device } from "./chat-device.ts";
import { chatFaults } from "./chat-history.ts";
import { runStorm } from "./chat-storm.ts";
import { createNaiveDevice } from "./naive-device.ts";

let stage: ProductStage;

beforeAll(async () => {
  stage = await stageProduct({ MESSAGE_BURST: "100000", MESSAGE_RATE: "100000" });
});

afterAll(() => stage.stop());

test(
  "in a storm everybody ends with what the database has, nothing lost, nothing twice",
  async () => {
    const { secret } = stage;
    const report = await runStorm({
      stage,
      secret,
      threads: 3,
      messages: 60,
      seed: Number(process.env.CHAT_SEED ?? 7),
      breaks: 8,
    });
    console.log(`Chat checked: ${report.entries} entries,`, report.broke);
    expect(report.faults).toEqual([]);
    expect(report.entries).toBeGreaterThanOrEqual(3 * (3 * 60 + 5));
  },
  120_000,
);

test("the checker finds what a client loses that does not sync, and shows twice what it resends", async () => {
  const { host, secret } = stage;
  const thread = await stage.newThread();
  const proxy = await startFlakyProxy(host);
  const naive = createNaiveDevice({
    threadId: thread.id,
    userId: thread.guest.id,
    host: proxy.host,
    secret,
  });
  const other = createDevice({
    name: "host",
    threadId: thread.id,
    userId: thread.host.id,
    host,
    secret,
  });
  const heard = (count: number) => other.until(({ messages }) => messages.length >= count);
  await naive.open();
  // Said and stored; the answer is lost, so it is said again.
  proxy.isDeaf = true;
  naive.write("once");
  await heard(1);
  proxy.isDeaf = false;
  proxy.cut();
  // Meanwhile somebody else goes on.
  other.write(() => 1);
  await heard(2);
  await naive.openAgain();
  await heard(3);
  other.close();
  naive.close();
  await proxy.stop();
  let log = await thread.log();
  while (log.length < 3) log = await thread.log();
  const stored = await thread.messages();
  expect(stored.map(({ text }) => text)).toEqual(["once", "host says 1", "once"]);
  const faults = chatFaults({
    log,
    stored,
    written: [{ device: "naive", clientIds: naive.clientIds }],
    shown: [{ device: "naive", base: 0, messages: naive.messages }],
  });
  expect(faults).not.toEqual([]);
});

test("a room whose storage is lost in the middle of a chat loses no word that Postgres has", async () => {
  const thread = await stage.newThread();
  const { host, secret } = stage;
  const device = (name: string, userId: string) =>
    createDevice({ name, userId, host, secret, threadId: thread.id });
  const [guest, other] = [device("guest", thread.guest.id), device("host", thread.host.id)];
  const isDone = (count: number) => ({ messages, waiting }: Device["view"]) =>
    waiting.length === 0 && messages.length >= count;
  for (let i = 0; i < 20; i++) guest.write(() => 1);
  await other.until(isDone(20));
  let before = await thread.log();
  while (before.length < 20) before = await thread.log();
  // Some of these may never have reached Postgres; none may take a number that is taken.
  const writing = Promise.all([guest, other].map(async (one) => {
    for (let i = 0; i < 20; i++) {
      await one.until(({ waiting }) => waiting.length < AHEAD);
      one.write(() => 1);
    }
  }));
  await stage.loseRooms();
  await writing;
  const isQuiet = ({ waiting }: Device["view"]) => waiting.length === 0;
  await Promise.all([guest.until(isQuiet), other.until(isQuiet)]);
  guest.write(() => 1);
  const last = guest.clientIds.at(-1);
  const hasLast = ({ messages }: Device["view"]) => messages.at(-1)?.clientId === last;
  await Promise.all([guest.until(hasLast), other.until(hasLast)]);
  let log = await thread.log();
  while (log.at(-1)?.clientId !== last) log = await thread.log();
  expect(log.slice(0, before.length)).toEqual(before);
  const stored = await thread.messages();
  const shown = [guest, other].map(({ name, view: { base, messages } }) => ({
    device: name,
    base,
    messages,
  }));
  expect(chatFaults({ log, stored, written: [], shown })).toEqual([]);
  guest.close();
  other.close();
});
