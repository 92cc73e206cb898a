import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Limits } from "../http/limits.ts";
import { type Guardian, startGuardian } from "../local/guardian.ts";
import { type RedisGateway, startRedisGateway } from "../local/redis-gateway.ts";
import { findRedisServer, type Redis, startRedis } from "../local/redis.ts";
import { createUpstashCache, createUpstashLimits } from "./upstash.ts";

const command = await findRedisServer();
if (!command) console.log("No redis-server on the PATH: the shared cache is not tested here.");
const token = "a-token";
const LIMIT = { name: "test", takes: 3, seconds: 60 };

describe.runIf(command)("with Redis up", () => {
  let dataDir: string;
  let guardian: Guardian;
  let server: Redis;
  let gateway: RedisGateway;
  let options: { url: string; token: string; now: () => number };

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "dokkerr-cache-"));
    guardian = await startGuardian();
    server = await startRedis(command ?? "", { dataDir, password: "secret", guardian });
    gateway = await startRedisGateway({ redis: server, token });
    options = { url: gateway.url, token, now: Date.now };
  });
  afterAll(async () => {
    await gateway.stop();
    await server.stop();
    await guardian.close();
    await rm(dataDir, { recursive: true });
  });

  test("values come back as the texts that they were, also those that look like JSON", async () => {
    const cache = createUpstashCache(options);
    const texts = ['{"a":1}', "12", "Île ⚓", "x".repeat(300_000), "null", "OK"];
    const entries = texts.map((text, i) => [`key:${i}`, text] as const);
    expect(await cache.setMany(entries, 60)).toBe(true);
    const keys = [...entries.map(([key]) => key), "missing"];
    expect(await cache.getMany(keys)).toEqual([...texts, undefined]);
    expect(await cache.delete(["key:0", "missing"])).toBe(true);
    expect(await cache.getMany(["key:0"])).toEqual([undefined]);
    await expect(cache.ping()).resolves.toBeUndefined();
  });

  test("a value comes with the clock of Redis", async () => {
    const cache = createUpstashCache(options);
    const before = await cache.getTimed("timed");
    expect(before).toEqual({ value: undefined, clockMs: expect.closeTo(Date.now(), -4) });
    await cache.setMany([["timed", "[1]"]], 60);
    const after = await cache.getTimed("timed");
    expect(after?.value).toBe("[1]");
    expect(after?.clockMs).toBeGreaterThan(before!.clockMs);
  });

  test("nothing asked is nothing sent", async () => {
    const cache = createUpstashCache({ ...options, url: "http://127.0.0.1:9" });
    expect(await cache.getMany([])).toEqual([]);
    expect(await cache.setMany([], 60)).toBe(true);
    expect(await cache.delete([])).toBe(true);
  });

  test("a limit counts the takes of all processes, and is forgiven in all", async () => {
    const [here, there] = [createUpstashLimits(options), createUpstashLimits(options)];
    for (const limits of [here, there, here]) expect(await limits.take(LIMIT, "ann")).toBe(0);
    expect(await there.take(LIMIT, "ann")).toBeGreaterThan(0);
    expect(await there.take(LIMIT, "ben")).toBe(0);
    await here.forgive(LIMIT, "ann");
    expect(await there.take(LIMIT, "ann")).toBe(0);
  });

  test("Limits refuses what another process has used up", async () => {
    const shared = createUpstashLimits(options);
    const [here, there] = [new Limits(Date.now, shared), new Limits(Date.now, shared)];
    for (let i = 0; i < LIMIT.takes; i++) await here.takeShared(LIMIT, "carl");
    await expect(there.takeShared(LIMIT, "carl")).rejects.toMatchObject({ code: "rate-limited" });
  });
});

describe("with a Redis that does not answer", () => {
  let silent: Server;
  let asked: number;
  let options: { url: string; token: string; now: () => number };

  beforeAll(async () => {
    silent = createServer(() => asked++);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    options = { url: `http://127.0.0.1:${port}`, token, now: Date.now };
  });
  beforeEach(() => {
    asked = 0;
  });
  afterAll(() => {
    silent.closeAllConnections();
    silent.close();
  });

  test("the cache waits 150 ms once, and then not at all", async () => {
    let nowMs = 0;
    const cache = createUpstashCache({ ...options, now: () => nowMs });
    const start = performance.now();
    expect(await cache.getMany(["a"])).toBeUndefined();
    const waited = performance.now() - start;
    expect(waited).toBeGreaterThan(100);
    expect(waited).toBeLessThan(2_000);
    expect(await cache.getMany(["a"])).toBeUndefined();
    expect(await cache.setMany([["a", "b"]], 1)).toBe(false);
    expect(await cache.delete(["a"])).toBe(false);
    expect(asked).toBe(1);
    nowMs += 500;
    expect(await cache.getMany(["a"])).toBeUndefined();
    expect(asked).toBe(2);
    await expect(cache.ping()).rejects.toThrow();
  });

  test("Limits lets pass what this process's own memory does, and no more", async () => {
    const limits = new Limits(() => 0, createUpstashLimits(options));
    for (let i = 0; i < LIMIT.takes; i++) await limits.takeShared(LIMIT, "ann");
    await expect(limits.takeShared(LIMIT, "ann")).rejects.toMatchObject({ code: "rate-limited" });
    expect(asked).toBe(1);
    await limits.forgive(LIMIT, "ann");
    await limits.takeShared(LIMIT, "ann");
  });
});
