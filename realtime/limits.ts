interface Bucket {
  tokens: number;
  at: number;
}

/**
 * Token buckets by name. They live in memory: a room that slept long enough to lose them slept long
 * enough to have filled them.
 */
export class Limits {
  readonly #buckets = new Map<string, Bucket>();

  /** Takes one token: 0 where there was one, else the milliseconds until there is. */
  take(name: string, burst: number, perSecond: number, nowMs: number): number {
    const bucket = this.#buckets.get(name) ?? { tokens: burst, at: nowMs };
    const gained = Math.max(0, nowMs - bucket.at) * perSecond / 1000;
    const tokens = Math.min(burst, bucket.tokens + gained);
    const isGiven = tokens >= 1;
    this.#buckets.set(name, { tokens: isGiven ? tokens - 1 : tokens, at: nowMs });
    return isGiven ? 0 : Math.ceil((1 - tokens) * 1000 / perSecond);
  }

  /** Forgets what belonged to a socket. */
  forget(prefix: string): void {
    for (const name of this.#buckets.keys()) {
      if (name.startsWith(prefix)) this.#buckets.delete(name);
    }
  }
}
