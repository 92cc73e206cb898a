import { Ratelimit } from "@upstash/ratelimit";
import { Redis } from "@upstash/redis/cloudflare";
import type { SharedCache } from "./cache.ts";
import { Circuit } from "./circuit.ts";
import type { SharedLimits } from "./shared-limits.ts";

/** How long an answer may wait for Redis: beyond that its origin is faster. */
const PATIENCE_MS = 150;

export interface UpstashOptions {
  url: string;
  token: string;
  now: () => number;
}

function createRedis({ url, token }: UpstashOptions, automaticDeserialization: boolean): Redis {
  return new Redis({
    url,
    token,
    automaticDeserialization,
    enableTelemetry: false,
    retry: false,
    signal: () => AbortSignal.timeout(PATIENCE_MS),
  });
}

/** The shared cache on Redis over Upstash's REST protocol. Values are texts. */
export function createUpstashCache(options: UpstashOptions): SharedCache {
  // The client would else parse whatever looks like JSON.
  const redis = createRedis(options, false);
  const circuit = new Circuit(options.now);
  return {
    async getMany(keys) {
      if (keys.length === 0) return [];
      const values = await circuit.run(() => redis.mget<(string | null)[]>(...keys));
      return values?.map((value) => value ?? undefined);
    },

    async getTimed(key) {
      const found = await circuit.run(() =>
        redis.pipeline().time().get<string>(key).exec<[[string, string], string | null]>()
      );
      if (!found) return undefined;
      const [[seconds, micros], value] = found;
      const clockMs = Number(seconds) * 1_000 + Number(micros) / 1_000;
      return { value: value ?? undefined, clockMs };
    },

    async setMany(entries, ttlSeconds) {
      if (entries.length === 0) return true;
      const pipeline = redis.pipeline();
      for (const [key, value] of entries) pipeline.set(key, value, { ex: ttlSeconds });
      return (await circuit.run(() => pipeline.exec())) !== undefined;
    },

    async delete(keys) {
      if (keys.length === 0) return true;
      return (await circuit.run(() => redis.del(...keys))) !== undefined;
    },

    async ping() {
      await redis.ping();
    },
  };
}

/** Rate limits on the same Redis; one that is away lets pass what the process's own memory does. */
export function createUpstashLimits(options: UpstashOptions): SharedLimits {
  const redis = createRedis(options, true);
  const circuit = new Circuit(options.now);
  const limiters = new Map<string, Ratelimit>();
  const limiterOf = (name: string, takes: number, seconds: number): Ratelimit => {
    let limiter = limiters.get(name);
    if (!limiter) {
      limiter = new Ratelimit({
        redis,
        prefix: `limit:${name}`,
        limiter: Ratelimit.slidingWindow(takes, `${seconds} s`),
        // Our own timeout ends a request that waits; by theirs everything passes after five seconds.
        timeout: 0,
        ephemeralCache: false,
        analytics: false,
      });
      limiters.set(name, limiter);
    }
    return limiter;
  };
  return {
    async take({ name, takes, seconds }, key) {
      const answer = await circuit.run(() => limiterOf(name, takes, seconds).limit(key));
      if (!answer || answer.success) return 0;
      return Math.max(1, Math.ceil((answer.reset - options.now()) / 1_000));
    },

    async forgive({ name, takes, seconds }, key) {
      await circuit.run(() => limiterOf(name, takes, seconds).resetUsedTokens(key));
    },
  };
}
