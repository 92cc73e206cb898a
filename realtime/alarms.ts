import type { RoomStorage } from "./host.ts";

/** A room has one alarm; whoever needs it says by when, and the earliest wins. */
export class Alarms {
  readonly #storage: RoomStorage;
  #at: number | null | undefined;

  constructor(storage: RoomStorage) {
    this.#storage = storage;
  }

  async wakeBy(atMs: number): Promise<void> {
    if (this.#at === undefined) this.#at = await this.#storage.getAlarm();
    if (this.#at !== null && this.#at <= atMs) return;
    this.#at = atMs;
    await this.#storage.setAlarm(atMs);
  }

  /** To be called first when the alarm has rung. */
  rung(): void {
    this.#at = null;
  }
}
