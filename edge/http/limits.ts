import { Problem } from "../../shared/problem.ts";
import type { SharedLimits } from "../platform/shared-limits.ts";

/** A bucket of so many takes, filled again evenly within so many seconds. */
export interface Allowance {
  name: string;
  takes: number;
  seconds: number;
}

/** Wrong passwords for one account from one place. */
export const SIGN_IN: Allowance = { name: "sign-in", takes: 10, seconds: 300 };
/** Wrong passwords for one account from everywhere. */
export const SIGN_IN_ACCOUNT: Allowance = { name: "sign-in-account", takes: 100, seconds: 3_600 };
/** Password hashes that one place may cost us: each is a third of a second of a core. */
export const HASHES: Allowance = { name: "hashes", takes: 120, seconds: 60 };
interface Bucket {
  left: number;
  atMs: number;
}

const MAX_BUCKETS = 20_000;

/**
 * Token buckets in this process's memory and, for what is worth a round trip, in the shared cache
 * as well. A shared cache that is away never lets more pass than the memory does.
 */
export class Limits {
  #buckets = new Map<string, Bucket>();
  #now: () => number;
  #shared: SharedLimits | undefined;

  constructor(now: () => number, shared?: SharedLimits) {
    this.#now = now;
    this.#shared = shared;
  }

  /** Takes one in this process. @throws {Problem} `rate-limited`, with the seconds to wait. */
  take(allowance: Allowance, key: string): void {
    const id = `${allowance.name}:${key}`;
    const nowMs = this.#now();
    const perMs = allowance.takes / (allowance.seconds * 1_000);
    const bucket = this.#buckets.get(id) ?? { left: allowance.takes, atMs: nowMs };
    const gained = Math.max(0, nowMs - bucket.atMs) * perMs;
    const left = Math.min(allowance.takes, bucket.left + gained);
    if (left < 1) throw tooMany(Math.ceil((1 - left) / perMs / 1_000));
    // Set again at the end of the map: what is forgotten first was used longest ago.
    this.#buckets.delete(id);
    this.#buckets.set(id, { left: left - 1, atMs: nowMs });
    if (this.#buckets.size > MAX_BUCKETS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
  }

  /** Takes one in this process and one in all of them. @throws {Problem} `rate-limited`. */
  async takeShared(allowance: Allowance, key: string): Promise<void> {
    this.take(allowance, key);
    const waitSeconds = await this.#shared?.take(allowance, key);
    if (waitSeconds !== undefined && waitSeconds > 0) throw tooMany(waitSeconds);
  }

  /** Fills a bucket again: the person proved to be who they say. */
  async forgive(allowance: Allowance, key: string): Promise<void> {
    this.#buckets.delete(`${allowance.name}:${key}`);
    await this.#shared?.forgive(allowance, key);
  }
}

function tooMany(retryAfterSeconds: number): Problem {
  return new Problem(
    "rate-limited",
    `Cannot do that now: too many tries, wait ${retryAfterSeconds} s`,
    { retryAfterSeconds },
  );
}
