/** Collects how long the parts of an answer took, for `Server-Timing` (W3C). */
export class ServerTiming {
  #entries: string[] = [];

  /** Adds a part by its milliseconds. */
  add(name: string, ms: number): void {
    this.#entries.push(`${name};dur=${ms.toFixed(2)}`);
  }

  /** Runs and times a part. */
  async measure<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.add(name, performance.now() - start);
    }
  }

  header(): string {
    return this.#entries.join(", ");
  }
}
