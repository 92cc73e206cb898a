import { entryToFrame, SYNC_LIMIT } from "../shared/chat.ts";
import type { LogEntry } from "../shared/chat.ts";
import { EdgeUnavailable } from "./edge-client.ts";
import type { RoomHost } from "./host.ts";
import type { AdmittedSocket, Sockets } from "./sockets.ts";
import type { ThreadStore } from "./thread-store.ts";

const PAGE = 500;

/** Answers `sync`: what a socket has missed, before anything newer reaches it. */
export class ThreadSync {
  readonly #host: RoomHost;
  readonly #sockets: Sockets;
  readonly #store: ThreadStore;
  /** Sockets that a `sync` is being read for: live entries wait, so that they arrive in order. */
  readonly #syncing = new Map<string, number>();

  constructor(host: RoomHost, sockets: Sockets, store: ThreadStore) {
    this.#host = host;
    this.#sockets = sockets;
    this.#store = store;
  }

  /** Tells everybody an entry; who is being brought up to date comes to it in order. */
  tell(entry: LogEntry): void {
    this.#sockets.broadcast(entryToFrame(entry), (socket) => this.#syncing.has(socket.id));
  }

  forget(socketId: string): void {
    this.#syncing.delete(socketId);
  }

  /**
   * Every entry above `after` in order, then `synced`. What is older than what the room keeps is
   * read from the edge, page after page; no more than SYNC_LIMIT at a time.
   */
  async answer(after: number, socket: AdmittedSocket): Promise<void> {
    this.#syncing.set(socket.id, (this.#syncing.get(socket.id) ?? 0) + 1);
    const { epoch } = this.#store.head;
    let sent = after;
    try {
      while (sent < this.#store.head.seq && sent - after < SYNC_LIMIT) {
        const page = await this.#page(sent);
        // Another numbering: its welcome has told the client to begin anew.
        if (this.#store.head.epoch !== epoch) return;
        if (page.length === 0) break;
        for (const entry of page) this.#sockets.send(socket, entryToFrame(entry));
        sent = page.at(-1)!.seq;
      }
      this.#sockets.send(socket, { type: "synced", after, seq: sent, head: this.#store.head.seq });
    } catch (error) {
      if (!(error instanceof EdgeUnavailable)) throw error;
      this.#sockets.refuse(socket, "unavailable", { detail: "history cannot be read now" });
    } finally {
      const others = (this.#syncing.get(socket.id) ?? 1) - 1;
      if (others > 0) this.#syncing.set(socket.id, others);
      else this.#syncing.delete(socket.id);
    }
  }

  async #page(after: number): Promise<LogEntry[]> {
    const { floor } = this.#store.head;
    if (after >= floor) return await this.#store.entries(after, PAGE);
    const limit = Math.min(PAGE, floor - after);
    return await this.#host.edge.logAfter(await this.#host.id(), after, limit);
  }
}
