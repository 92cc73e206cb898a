import type { RoomStorage } from "./host.ts";

const PREFIX = "once:";
/** As many keys as one delete may carry, and how often one alarm looks for more. */
const PAGE = 128;
const PAGES = 50;

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
    let start = PREFIX;
    let hasMore = false;
    for (let page = 0; page < PAGES; page++) {
      const names = await this.#storage.list<number>({ prefix: PREFIX, start, limit: PAGE });
      const expired = [...names].filter(([, untilMs]) => untilMs < nowMs).map(([key]) => key);
      if (expired.length > 0) await this.#storage.delete(expired);
      hasMore ||= expired.length < names.size;
      if (names.size < PAGE) return hasMore;
      // The key that follows the last one.
      start = `${[...names.keys()].at(-1)}\u0000`;
    }
    return true;
  }
}
