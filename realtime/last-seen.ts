import type { RoomStorage } from "./host.ts";

const PREFIX = "seen:";

/** When people were last heard in a room, kept for those who ask while they are away. */
export class LastSeen {
  readonly #storage: RoomStorage;
  readonly #known: Map<string, number>;
  #loaded: Promise<void> | undefined;

  /** `known` is filled and kept up to date: user id → ms since 1970. */
  constructor(storage: RoomStorage, known: Map<string, number>) {
    this.#storage = storage;
    this.#known = known;
  }

  load(): Promise<void> {
    this.#loaded ??= (async () => {
      for (const [key, at] of await this.#storage.list<number>({ prefix: PREFIX })) {
        const userId = key.slice(PREFIX.length);
        this.#known.set(userId, Math.max(at, this.#known.get(userId) ?? 0));
      }
    })();
    return this.#loaded;
  }

  note(userId: string, atMs: number): void {
    if (atMs <= (this.#known.get(userId) ?? 0)) return;
    this.#known.set(userId, atMs);
    // Worth no waiting: what is lost is one person's "last seen".
    this.#storage.put({ [PREFIX + userId]: atMs }).catch(() => {});
  }
}
