import type { Member } from "../shared/chat.ts";
import type { RoomStorage } from "./host.ts";

interface Stored {
  version: number;
  members: Member[];
}

/** Who may be in a room, as the edge last said; a newer version replaces an older one. */
export class Roster {
  readonly #storage: RoomStorage;
  #stored: Stored | undefined;

  constructor(storage: RoomStorage) {
    this.#storage = storage;
  }

  get members(): readonly Member[] {
    return this.#stored?.members ?? [];
  }

  has(userId: string): boolean {
    return this.members.some((member) => member.userId === userId);
  }

  /** Reads what is stored; false where nothing is. */
  async load(): Promise<boolean> {
    this.#stored = await this.#storage.get<Stored>("roster");
    return this.#stored !== undefined;
  }

  /** Takes a roster; false where it is not newer than the one there is. */
  async replace(version: number, members: readonly Member[]): Promise<boolean> {
    if (this.#stored !== undefined && version <= this.#stored.version) return false;
    await this.set(version, members);
    return true;
  }

  /** Takes a roster whatever its version: a restored database may have gone back. */
  async set(version: number, members: readonly Member[]): Promise<void> {
    this.#stored = { version, members: [...members] };
    await this.#storage.put({ roster: this.#stored });
  }
}
