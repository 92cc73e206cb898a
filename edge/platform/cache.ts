/**
 * A cache that processes share. It owns nothing: what it has lost or cannot say is found again at
 * the origin, and it answers within its patience or not at all.
 */
export interface SharedCache {
  /** The keys' values, undefined where it has none; undefined as a whole where it is away. */
  getMany(keys: readonly string[]): Promise<(string | undefined)[] | undefined>;
  /**
   * One key's value with the cache's own clock, in milliseconds, as it was before anything that the
   * caller does next: what tells processes with clocks of their own how old a thing is.
   */
  getTimed(key: string): Promise<{ value: string | undefined; clockMs: number } | undefined>;
  /** Keeps values for so many seconds; false where it is away. */
  setMany(
    entries: readonly (readonly [key: string, value: string])[],
    ttlSeconds: number,
  ): Promise<boolean>;
  /** Forgets keys; false where it is away. */
  delete(keys: readonly string[]): Promise<boolean>;
  /** Rejects where it is away. */
  ping(): Promise<void>;
}
