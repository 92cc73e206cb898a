import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dateToDay, dayToDate } from "../shared/stay.ts";
import { type EdgeProcess, startEdgeProcess } from "./local/edge-process.ts";
import { type FlakyProxy, startFlakyProxy } from "./local/flaky-proxy.ts";
import { type Guardian, startGuardian } from "./local/guardian.ts";
import { freePort } from "./local/ports.ts";
import { findRedisServer, startRedis } from "./local/redis.ts";
import { startRedisGateway } from "./local/redis-gateway.ts";
import {
  createTestEdge,
  processEnv,
  signUp,
  type TestEdge,
  type TestPerson,
} from "./local/test-edge.ts";
import { bookStay, createTestHarbour } from "./local/test-harbour.ts";

// One process books; others, of which one was asked nothing meanwhile, must show it.

const DOCKS = 50;
const WEEKS = 10;
/** Nobody waits longer to see what somebody else has booked. */
const GOAL_MS = 1_000;
const BOOKERS = 4;
const SEARCHERS = 8;

const command = await findRedisServer();
if (!command) console.log("No redis-server on the PATH: freshness is tested without it.");

let edge: TestEdge;
let guests: TestPerson[];
let dockIds: number[];
let guardian: Guardian;
/** Two that are asked all the time, and so tell each other what is new. */
let watching: [EdgeProcess, EdgeProcess];
let idle: EdgeProcess;
let redisLine: FlakyProxy | undefined;
const undo: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  edge = await createTestEdge();
  undo.push(() => edge.close());
  const harbour = await createTestHarbour(edge);
  dockIds = [];
  for (let i = 0; i < DOCKS; i++) dockIds.push((await harbour.addDock()).id);
  guests = await Promise.all(
    Array.from({ length: BOOKERS }, (_, i) => signUp(edge, `Guest ${i}`)),
  );
  const dataDir = await mkdtemp(join(tmpdir(), "dokkerr-fresh-"));
  undo.push(() => rm(dataDir, { recursive: true }));
  guardian = await startGuardian();
  undo.push(() => guardian.close());
  const cacheEnv = command === undefined ? {} : await startCache(command, dataDir);
  const start = async () => {
    const port = await freePort();
    const env = { ...processEnv(edge, port), ...cacheEnv };
    const process = await startEdgeProcess({ env, dataDir, isLoopbackOnly: true, guardian });
    undo.push(() => process.stop());
    return process;
  };
  const [one, other, third] = await Promise.all([start(), start(), start()]);
  watching = [one, other];
  idle = third;
}, 120_000);
afterAll(async () => {
  for (const step of undo.toReversed()) await step();
});

/** Redis as the processes reach it: by a line that can be cut. */
async function startCache(path: string, dataDir: string): Promise<Record<string, string>> {
  const redis = await startRedis(path, { dataDir, password: "secret", guardian });
  undo.push(() => redis.stop());
  const gateway = await startRedisGateway({ redis, token: "a-token" });
  undo.push(() => gateway.stop());
  redisLine = await startFlakyProxy(new URL(gateway.url).host);
  undo.push(() => redisLine!.stop());
  return {
    UPSTASH_REDIS_REST_URL: `http://${redisLine.host}`,
    UPSTASH_REDIS_REST_TOKEN: "a-token",
  };
}

interface Stay {
  from: string;
  to: string;
}

/** So many weeks of summer, from a week of it on. */
function weeksFrom(first: number): Stay[] {
  return Array.from({ length: WEEKS }, (_, i) => {
    const day = dateToDay("2027-04-01") + 7 * (first + i);
    return { from: dayToDate(day), to: dayToDate(day + 7) };
  });
}

async function search(process: EdgeProcess, { from, to }: Stay): Promise<Response> {
  return await fetch(
    `${process.url}/api/docks?bbox=-71.4,41.4,-71.2,41.6&from=${from}&to=${to}&limit=100`,
  );
}

async function freeDocks(process: EdgeProcess, stay: Stay): Promise<Set<number>> {
  const answer = await search(process, stay);
  expect(answer.status).toBe(200);
  const { items } = (await answer.json()) as { items: { id: number }[] };
  return new Set(items.map(({ id }) => id));
}

const keyOf = (dockId: number, { from }: Stay) => `${dockId} ${from}`;

/** Books every dock for every week; when each was answered, by keyOf. */
async function bookAll(weeks: readonly Stay[], bookedMs: Map<string, number>): Promise<void> {
  const wishes = weeks.flatMap((stay) => dockIds.map((dockId) => ({ dockId, stay })));
  await Promise.all(guests.map(async (guest) => {
    for (let wish = wishes.pop(); wish; wish = wishes.pop()) {
      const { dockId, stay } = wish;
      const answer = await bookStay(guest, dockId, stay);
      expect(answer.status).toBe(201);
      bookedMs.set(keyOf(dockId, stay), performance.now());
    }
  }));
}

/**
 * Searches all the time until all is seen to be taken; how long after it was answered each booking
 * was still missed by a search, 0 for never.
 */
async function watch(weeks: readonly Stay[], bookedMs: Map<string, number>): Promise<number[]> {
  const lags = new Map<string, number>();
  const seen = new Set<string>();
  while (seen.size < weeks.length * DOCKS) {
    for (const stay of weeks) {
      const askedMs = performance.now();
      const [free, freeThere] = await Promise.all(watching.map((one) => freeDocks(one, stay)));
      for (const dockId of dockIds) {
        const key = keyOf(dockId, stay);
        const lag = askedMs - (bookedMs.get(key) ?? askedMs);
        if (free!.has(dockId) || freeThere!.has(dockId)) lags.set(key, Math.max(0, lag));
        else {
          seen.add(key);
          if (!lags.has(key)) lags.set(key, 0);
        }
      }
    }
  }
  return [...lags.values()].sort((a, b) => a - b);
}

const at = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.floor((sorted.length - 1) * share)]!);

async function expectFresh(name: string, weeks: readonly Stay[]): Promise<void> {
  for (const process of [...watching, idle]) {
    for (const stay of weeks) expect((await freeDocks(process, stay)).size).toBe(DOCKS);
  }
  const bookedMs = new Map<string, number>();
  const [lags] = await Promise.all([watch(weeks, bookedMs), bookAll(weeks, bookedMs)]);
  const figures = [0.5, 0.99, 1].map((share) => at(lags, share));
  console.log(`${lags.length} bookings seen, ${name}: p50, p99, most: ${figures.join(", ")} ms`);
  expect(lags).toHaveLength(weeks.length * DOCKS);
  expect(at(lags, 0.99)).toBeLessThanOrEqual(GOAL_MS);
  // The first answer of a process that was asked nothing meanwhile has them all.
  const late = await Promise.all(weeks.map((stay) => freeDocks(idle, stay)));
  expect(late.map(({ size }) => size)).toEqual(weeks.map(() => 0));
}

describe("bookings of another process", () => {
  test.runIf(command)("are seen within a second, with Redis up", async () => {
    await expectFresh("Redis up", weeksFrom(0));
  });

  test.runIf(command)("stop no search while Redis goes away and comes back", async () => {
    const [stay] = weeksFrom(WEEKS);
    const tookMs: number[] = [];
    const statuses = new Set<number>();
    let asked = 0;
    const searcher = async (until: () => boolean) => {
      while (!until()) {
        const startMs = performance.now();
        const answer = await search(watching[0], stay!);
        await answer.arrayBuffer();
        tookMs.push(performance.now() - startMs);
        statuses.add(answer.status);
        asked++;
      }
    };
    for (const change of ["isFrozen", "isDown"] as const) {
      const from = asked;
      redisLine![change] = true;
      if (change === "isDown") redisLine!.cut();
      await Promise.all(
        Array.from({ length: SEARCHERS }, () => searcher(() => asked > from + 600)),
      );
      redisLine![change] = false;
    }
    tookMs.sort((a, b) => a - b);
    const figures = [0.5, 0.99, 1].map((share) => at(tookMs, share));
    console.log(`${asked} searches without Redis: p50, p99, most: ${figures.join(", ")} ms`);
    expect(statuses).toEqual(new Set([200]));
    expect(tookMs.at(-1)).toBeLessThan(1_000);
  });

  test("are seen within a second, with Redis gone", async () => {
    if (redisLine) {
      redisLine.isDown = true;
      redisLine.cut();
    }
    await expectFresh("Redis gone", weeksFrom(WEEKS + 1));
  });
});
