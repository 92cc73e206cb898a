import { type FlakyProxy, startFlakyProxy } from "../../../edge/local/flaky-proxy.ts";
import type { ProductStage, StageThread } from "../../../edge/local/product-stage.ts";
import { createMemoryOutbox } from "../outbox.ts";
import { AHEAD, createDevice } from "./chat-device.ts";
import type { Device } from "./chat-device.ts";
import { chatFaults } from "./chat-history.ts";
import { randomFrom } from "./random.ts";

export interface StormOptions {
  stage: ProductStage;
  secret: string;
  threads: number;
  /** Messages of each device that is there from the beginning to the end. */
  messages: number;
  seed: number;
  /** How often something breaks. */
  breaks: number;
}

export interface StormReport {
  /** Entries of all logs. */
  entries: number;
  /** What broke, how often. */
  broke: Record<string, number>;
  faults: string[];
}

interface Talk {
  thread: StageThread;
  /** The host, on a cable. */
  host: Device;
  /** Two tabs of the guest's, on a harbour's network. */
  tabs: readonly [Device, Device];
  /** The guest's telephone: written on without a signal, far away until the end. */
  away: Device;
}

/**
 * Lets people talk while their network cuts, delays, half-opens and drops answers, the rooms' power
 * fails and the edge goes away; then waits until all is quiet and judges what everybody has.
 */
export async function runStorm(options: StormOptions): Promise<StormReport> {
  const { stage, secret, threads, messages, seed, breaks } = options;
  const random = randomFrom(seed);
  const [near, far] = [await startFlakyProxy(stage.host), await startFlakyProxy(stage.host)];
  far.isDown = true;
  const talks: Talk[] = [];
  for (let i = 0; i < threads; i++) talks.push(await begin(stage, secret, near, far));
  const broke: Record<string, number> = {};
  try {
    const weather = createWeather(stage, near, random, broke);
    // What breaks is paced by what the hosts get through, for they always get on.
    const step = Math.max(1, Math.floor(threads * messages / (2 * breaks)));
    let said = 0;
    const heard = async () => {
      said += 1;
      if (said % step === 0) await weather.turn();
    };
    for (const { away } of talks) {
      for (let i = 0; i < 5; i++) away.write(() => 1);
    }
    await Promise.all(talks.flatMap(({ host, tabs }) => [
      talk(host, messages, random, heard),
      ...tabs.map((tab) => talk(tab, messages, random)),
      calmAfter(talks, messages, weather.calm),
    ]));
    far.isDown = false;
    for (const { away } of talks) away.open();
    return await judge(talks, broke);
  } finally {
    for (const { host, tabs, away } of talks) for (const one of [host, ...tabs, away]) one.close();
    await Promise.all([near.stop(), far.stop()]);
  }
}

async function begin(
  stage: ProductStage,
  secret: string,
  near: FlakyProxy,
  far: FlakyProxy,
): Promise<Talk> {
  const thread = await stage.newThread();
  const device = (name: string, userId: string, host: string, outbox = createMemoryOutbox()) =>
    createDevice({ name, userId, host, secret, outbox, threadId: thread.id });
  const browser = createMemoryOutbox();
  return {
    thread,
    host: device("host", thread.host.id, stage.host),
    tabs: [
      device("tab 1", thread.guest.id, near.host, browser),
      device("tab 2", thread.guest.id, near.host, browser),
    ],
    away: device("telephone", thread.guest.id, far.host),
  };
}

/** Writes so many messages, never far ahead of what is known to be stored. */
async function talk(
  device: Device,
  messages: number,
  random: () => number,
  heard: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  for (let i = 0; i < messages; i++) {
    await device.until(({ waiting }) => waiting.length < AHEAD);
    device.write(random);
    await heard();
  }
}

/** The hosts have said all: nothing would turn the weather any more. */
async function calmAfter(
  talks: readonly Talk[],
  messages: number,
  calm: () => Promise<void>,
): Promise<void> {
  await Promise.all(
    talks.map(({ host }) =>
      host.until(({ waiting }) => host.clientIds.length >= messages && waiting.length === 0)
    ),
  );
  await calm();
}

/** What breaks next, and what ends what broke last. */
function createWeather(
  stage: ProductStage,
  near: FlakyProxy,
  random: () => number,
  broke: Record<string, number>,
) {
  const calm = () => {
    Object.assign(near, { isDown: false, isDeaf: false, isFrozen: false, delayMs: 0 });
    stage.isEdgeAway = false;
    return Promise.resolve();
  };
  const kinds: Record<string, () => void | Promise<void>> = {
    cut: () => near.cut(),
    down() {
      near.isDown = true;
      near.cut();
    },
    deaf: () => void (near.isDeaf = true),
    frozen: () => void (near.isFrozen = true),
    slow: () => void (near.delayMs = 60),
    power: () => stage.cutPower(),
    edge: () => void (stage.isEdgeAway = true),
  };
  let turning = Promise.resolve();
  let isBroken = false;
  async function turn(): Promise<void> {
    isBroken = !isBroken;
    if (!isBroken) return await calm();
    const names = Object.keys(kinds);
    const name = names[Math.floor(random() * names.length)]!;
    broke[name] = (broke[name] ?? 0) + 1;
    await kinds[name]!();
  }
  return { calm, turn: () => turning = turning.then(turn) };
}

async function judge(talks: readonly Talk[], broke: Record<string, number>): Promise<StormReport> {
  const faults: string[] = [];
  let entries = 0;
  for (const { thread, host, tabs, away } of talks) {
    const devices = [host, ...tabs, away];
    const isQuiet = ({ waiting, changing }: Device["view"]) =>
      waiting.length + changing.filter(({ failed }) => failed === undefined).length === 0;
    await Promise.all(devices.map((device) => device.until(isQuiet)));
    const stored = await untilStored(thread, devices);
    const last = stored.at(-1)?.seq ?? 0;
    await Promise.all(
      devices.map((device) =>
        device.until(({ messages, changes }) =>
          Math.max(messages.at(-1)?.seq ?? 0, changes.at(-1)?.seq ?? 0) >= last
        )
      ),
    );
    entries += stored.length;
    const found = chatFaults({
      log: stored,
      stored: await thread.messages(),
      written: devices.map(({ name, clientIds }) => ({ device: name, clientIds })),
      shown: devices.map(({ name, view }) => ({
        device: name,
        base: view.base,
        messages: view.messages,
      })),
    });
    faults.push(...found, ...devices.flatMap((device) => device.faults));
  }
  return { entries, broke, faults };
}

/** The room brings to Postgres what it has, in its own time; asks until all is there. */
async function untilStored(thread: StageThread, devices: readonly Device[]) {
  const seen = () =>
    Math.max(
      ...devices.map(({ view }) =>
        Math.max(view.messages.at(-1)?.seq ?? 0, view.changes.at(-1)?.seq ?? 0)
      ),
    );
  for (;;) {
    const log = await thread.log();
    if ((log.at(-1)?.seq ?? 0) >= seen()) return log;
  }
}
