/** A search's answer as it went out, with what has to stay as it was for it to be sent again. */
export interface KeptAnswer {
  body: string | Uint8Array<ArrayBuffer>;
  tag: string;
  /** `changesSeen` of the tiles. */
  changes: number;
  ratesVersion: number;
  /** What was gathered of a view that was read in part; empty where all of it was read. */
  gathered: string;
  /** The instant from which on the same docks may be another answer; `Infinity` where none is. */
  untilMs: number;
}

/** Beside the body: the key, the entry, the map's own. */
const ENTRY_BYTES = 700;
/** Addresses that were asked for once and are remembered as such. */
const MOST_ONCE = 8_192;

/**
 * Answers by their query as it was written, at most so many bytes of them; the longest unused goes
 * first. An answer is kept when it is asked for a second time: most are never asked for again.
 */
export class AnswerMemo {
  readonly #budgetBytes: number;
  /** In the order of use. */
  readonly #kept = new Map<string, KeptAnswer>();
  readonly #once = new Set<string>();
  #bytes = 0;

  constructor(budgetBytes: number) {
    this.#budgetBytes = budgetBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(query: string): KeptAnswer | undefined {
    return this.#kept.get(query);
  }

  /** Puts an answer at the end of those that are forgotten. */
  use(query: string, answer: KeptAnswer): void {
    this.#kept.delete(query);
    this.#kept.set(query, answer);
  }

  /** Keeps an answer, unless its query was not asked before. */
  offer(query: string, answer: KeptAnswer): void {
    if (!this.#kept.has(query) && !this.#once.delete(query)) {
      if (this.#once.size >= MOST_ONCE) this.#once.clear();
      this.#once.add(query);
      return;
    }
    this.#drop(query);
    const size = sizeOf(answer);
    if (size > this.#budgetBytes) return;
    this.#kept.set(query, answer);
    this.#bytes += size;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#budgetBytes) break;
      this.#drop(oldest);
    }
  }

  #drop(query: string): void {
    const answer = this.#kept.get(query);
    if (!answer) return;
    this.#kept.delete(query);
    this.#bytes -= sizeOf(answer);
  }
}

function sizeOf({ body }: KeptAnswer): number {
  return body.length + ENTRY_BYTES;
}
