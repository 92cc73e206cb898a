import type { LogEntry } from "../shared/chat.ts";
import type { Alarms } from "./alarms.ts";
import type { RoomHost } from "./host.ts";
import type { ThreadStore } from "./thread-store.ts";

const BATCH = 200;
const RETRY_MS = 2_000;
const MAX_RETRY_MS = 120_000;

/**
 * Brings a room's log to Postgres: at once, everything that has gathered while the last batch was
 * under way in the next one. What fails is tried again by the room's alarm, also after the room was
 * evicted.
 */
export class ThreadFlush {
  readonly #host: RoomHost;
  readonly #store: ThreadStore;
  readonly #alarms: Alarms;
  readonly #rebase: (lowest: number) => Promise<void>;
  #running: Promise<void> | undefined;
  #failures = 0;

  /** `rebase` is called where Postgres and the room disagree above a seq. */
  constructor(
    host: RoomHost,
    store: ThreadStore,
    alarms: Alarms,
    rebase: (lowest: number) => Promise<void>,
  ) {
    this.#host = host;
    this.#store = store;
    this.#alarms = alarms;
    this.#rebase = rebase;
  }

  get isDirty(): boolean {
    const { head, unsentMarks } = this.#store;
    return head.stored < head.seq || Object.keys(unsentMarks).length > 0;
  }

  /** To be called with whatever makes the room dirty, so that it is not forgotten. */
  async remember(): Promise<void> {
    await this.#alarms.wakeBy(this.#host.now() + RETRY_MS);
  }

  /** Starts flushing where it is not under way. Resolves when nothing is left or it has failed. */
  kick(): Promise<void> {
    this.#running ??= this.#run().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.isDirty) await this.#sendBatch();
      this.#failures = 0;
    } catch (error) {
      const delay = Math.min(RETRY_MS * 2 ** this.#failures, MAX_RETRY_MS);
      this.#failures += 1;
      console.warn(`Cannot flush thread ${await this.#host.id()}: again in ${delay} ms:`, error);
      await this.#alarms.wakeBy(this.#host.now() + delay);
    }
  }

  async #sendBatch(): Promise<void> {
    const { stored, epoch } = this.#store.head;
    const entries: LogEntry[] = await this.#store.entries(stored, BATCH);
    const reads = this.#store.unsentMarks;
    const answer = await this.#host.edge.flush(await this.#host.id(), { epoch, entries, reads });
    // A rebase may have happened meanwhile: its numbers are not those that were sent.
    if (this.#store.head.epoch !== epoch) return;
    const { head } = this.#store;
    if (answer.isRefused || answer.stored > head.seq || answer.stored < head.floor) {
      await this.#rebase(Math.min(stored, answer.stored));
      return;
    }
    if (answer.stored <= stored && entries.length > 0 && answer.stored + 1 >= entries[0]!.seq) {
      throw new Error("Postgres stores nothing more");
    }
    await this.#store.confirm(answer.stored, reads);
  }
}
