import type { EdgeClient } from "./edge-client.ts";
import type { RoomStorage } from "./host.ts";

/**
 * Calls the edge's tick every `tickMs`, for nothing else runs by itself: expired holds, the outbox,
 * retention. Once armed it goes on by its alarm, through restarts; a tick that fails is one missed.
 */
export class ClockCore {
  readonly #storage: Pick<RoomStorage, "getAlarm" | "setAlarm">;
  readonly #edge: Pick<EdgeClient, "tick">;
  readonly #tickMs: number;
  readonly #now: () => number;

  constructor(options: {
    storage: Pick<RoomStorage, "getAlarm" | "setAlarm">;
    edge: Pick<EdgeClient, "tick">;
    tickMs: number;
    now: () => number;
  }) {
    this.#storage = options.storage;
    this.#edge = options.edge;
    this.#tickMs = options.tickMs;
    this.#now = options.now;
  }

  /** Starts the clock; false where it goes already. */
  async arm(): Promise<boolean> {
    const at = await this.#storage.getAlarm();
    // An alarm long overdue was lost with whatever should have rung it.
    if (at !== null && at > this.#now() - 2 * this.#tickMs) return false;
    await this.#storage.setAlarm(this.#now());
    return true;
  }

  async alarm(): Promise<void> {
    // First, so that not even an eviction in the middle of the call stops the clock.
    await this.#storage.setAlarm(this.#now() + this.#tickMs);
    try {
      await this.#edge.tick();
    } catch (error) {
      console.warn("Cannot tick: the next one will:", error);
    }
  }
}
