import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis as UpstashClient } from "@upstash/redis";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Guardian, startGuardian } from "./guardian.ts";
import { findRedisServer, type Redis, startRedis } from "./redis.ts";
import { type RedisGateway, startRedisGateway } from "./redis-gateway.ts";

const command = await findRedisServer();
if (!command) console.log("No redis-server on the PATH: the Redis gateway is not tested here.");

describe.runIf(command)("the Redis gateway, asked by the official client", () => {
  const token = "a-token";
  let dataDir: string;
  let guardian: Guardian;
  let server: Redis;
  let gateway: RedisGateway;
  let redis: UpstashClient;

  const start = (port = 0) =>
    startRedis(command ?? "", { dataDir, password: "secret", guardian, port });

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "dokkerr-redis-"));
    guardian = await startGuardian();
    server = await start();
    gateway = await startRedisGateway({ redis: server, token });
    redis = new UpstashClient({ url: gateway.url, token, retry: false });
  });

  afterAll(async () => {
    await gateway.stop();
    await server.stop();
    await guardian.close();
    await rm(dataDir, { recursive: true });
  });

  beforeEach(async () => {
    await redis.flushall();
  });

  test("values come back as they went in", async () => {
    const dock = { id: 7, name: "Île d’Yeu ⚓", free: [1, null, true] };
    expect(await redis.set("dock", dock)).toBe("OK");
    expect(await redis.get("dock")).toEqual(dock);
    expect(await redis.get("nothing")).toBeNull();
    await redis.set("word", "OK");
    expect(await redis.mget("word", "nothing", "dock")).toEqual(["OK", null, dock]);
    const packed = randomBytes(5000).toString("base64");
    await redis.set("tile", packed, { ex: 60 });
    expect(await redis.get("tile")).toBe(packed);
    expect(await redis.ttl("tile")).toBeGreaterThan(50);
  });

  test("hashes, sorted sets, streams and numbers keep their shapes", async () => {
    await redis.hset("h", { a: 1, b: "two" });
    expect(await redis.hgetall("h")).toEqual({ a: 1, b: "two" });
    await redis.zadd("z", { score: 1.5, member: "x" }, { score: 2, member: "y" });
    expect(await redis.zrange("z", 0, -1, { withScores: true })).toEqual(["x", 1.5, "y", 2]);
    expect(await redis.incrby("n", 41)).toBe(41);
    const id = await redis.xadd("log", "*", { dock: 7 });
    expect(await redis.xrange("log", "-", "+")).toEqual({ [id]: { dock: 7 } });
  });

  test("a pipeline answers each command", async () => {
    const results = await redis.pipeline().set("a", 1).incr("a").get("a").mget("a", "b").exec();
    expect(results).toEqual(["OK", 2, 2, [2, null]]);
  });

  test("a transaction is not torn apart by others", async () => {
    await Promise.all(Array.from({ length: 20 }, async (_, turn) => {
      const results = await redis.multi().set("who", turn).incr("count").get("who").exec();
      expect(results[2]).toBe(turn);
    }));
    expect(await redis.get("count")).toBe(20);
  });

  test("a wrong command is an error with Redis's own words, and the next one works", async () => {
    await redis.set("text", "abc");
    await expect(redis.incr("text")).rejects.toThrow(/ERR value is not an integer/);
    await expect(redis.lpush("text", 1)).rejects.toThrow(/WRONGTYPE/);
    await expect(redis.pipeline().incr("text").exec()).rejects.toThrow(/not an integer/);
    expect(await redis.get("text")).toBe("abc");
  });

  test("scripts run, also with the line that only Upstash knows", async () => {
    const script = "#!lua flags=allow-key-locking\nreturn {ARGV[1], redis.call('INCR', KEYS[1])}";
    expect(await redis.eval(script, ["n"], ["x"])).toEqual(["x", 1]);
    const name = await redis.scriptLoad(script);
    expect(await redis.evalsha(name, ["n"], ["y"])).toEqual(["y", 2]);
    expect(await redis.createScript(script).exec(["n"], ["z"])).toEqual(["z", 3]);
    await expect(redis.evalsha("0".repeat(40), [], [])).rejects.toThrow(/NOSCRIPT/);
  });

  test("strangers, other paths and other bodies are refused", async () => {
    const stranger = new UpstashClient({ url: gateway.url, token: "guess", retry: false });
    await expect(stranger.get("a")).rejects.toThrow(/Unauthorized/);
    const post = async (path: string, body: string) =>
      (await fetch(`${gateway.url}${path}`, {
        method: "POST",
        body,
        headers: { authorization: `Bearer ${token}` },
      })).status;
    expect(await post("/", "no json")).toBe(400);
    expect(await post("/", "[]")).toBe(400);
    expect(await post("/", '["SUBSCRIBE", "x"]')).toBe(400);
    expect(await post("/", '["xread", "BLOCK", 0, "STREAMS", "log", "$"]')).toBe(400);
    expect(await post("/pipeline", '["GET", "a"]')).toBe(400);
    expect(await post("/elsewhere", '["GET", "a"]')).toBe(404);
  });

  test("a Redis that is gone is an error at once, and found again when it is back", async () => {
    await redis.set("before", 1);
    await server.stop();
    await expect(redis.get("before")).rejects.toThrow(/cannot be reached/);
    server = await start(server.port);
    expect(await redis.get("before")).toBeNull();
  });
});
