/** How long a part that failed is left alone, the first time and at most. */
const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 10_000;

/**
 * Keeps a part that is down from slowing every answer: after a failure it is not asked for a while,
 * then by one request at a time until one succeeds.
 */
export class Circuit {
  #now: () => number;
  #restMs = 0;
  #closedUntilMs = 0;
  #isProbing = false;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** What `work` answers, or undefined where it fails or is not asked at all. */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#restMs > 0) {
      if (this.#isProbing || this.#now() < this.#closedUntilMs) return undefined;
      this.#isProbing = true;
    }
    try {
      const answer = await work();
      this.#restMs = 0;
      return answer;
    } catch {
      this.#restMs = Math.min(LONGEST_REST_MS, Math.max(FIRST_REST_MS, this.#restMs * 2));
      this.#closedUntilMs = this.#now() + this.#restMs;
      return undefined;
    } finally {
      this.#isProbing = false;
    }
  }
}
