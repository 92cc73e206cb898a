/** A rate limit that all processes count together. */
export interface SharedLimit {
  name: string;
  takes: number;
  seconds: number;
}

/** Rate limits across processes. Both answer at once where the shared cache is away. */
export interface SharedLimits {
  /** Seconds to wait: 0 where one was taken, or where nobody can say. */
  take(limit: SharedLimit, key: string): Promise<number>;
  forgive(limit: SharedLimit, key: string): Promise<void>;
}
