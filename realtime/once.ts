import type { RoomStorage } from "./host.ts";

const PREFIX = "once:";

/** Names that may be used once: tickets' ids and the edge's nonces, until they have expired. */
export class Once {
  readonly #storage: RoomStorage;

  constructor(storage: RoomStorage) {
    this.#storage = storage;
  }

  /** Uses a name up; false where it was. After `untilMs` nobody can bring it any more. */
  async use(name: string, untilMs: number): Promise<boolean> {
    const key = PREFIX + name;
    if (await this.#storage.get(key) !== undefined) return false;
    await this.#storage.put({ [key]: untilMs });
    return true;
  }

  /** Removes expired names; true where there are more to look at. */
  async prune(nowMs: number): Promise<boolean> {
    const names = await this.#storage.list<number>({ prefix: PREFIX, limit: 128 });
    const expired = [...names].filter(([, untilMs]) => untilMs < nowMs).map(([key]) => key);
    if (expired.length > 0) await this.#storage.delete(expired);
    return names.size > 0;
  }
}
