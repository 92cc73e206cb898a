import type { FrameErrorCode } from "../../shared/chat.ts";

/** A message that was written and is not known to be stored. `failed`: refused, and not sent again. */
export interface OutboxItem {
  clientId: string;
  text: string;
  /** ms since 1970. */
  queuedAt: number;
  failed?: FrameErrorCode;
}

/** Where written messages wait, by person and room, in the order in which they were written. */
export interface OutboxStore {
  list(scope: string): Promise<OutboxItem[]>;
  /** Adds an item at the end; one that is there is replaced in its place. */
  put(scope: string, item: OutboxItem): Promise<void>;
  remove(scope: string, clientId: string): Promise<void>;
}

/** An outbox that lives as long as the page: where the browser keeps nothing, and in tests. */
export function createMemoryOutbox(): OutboxStore {
  const scopes = new Map<string, Map<string, OutboxItem>>();
  return {
    list: (scope) => Promise.resolve([...(scopes.get(scope)?.values() ?? [])]),
    put(scope, item) {
      const items = scopes.get(scope) ?? new Map<string, OutboxItem>();
      scopes.set(scope, items.set(item.clientId, item));
      return Promise.resolve();
    },
    remove(scope, clientId) {
      scopes.get(scope)?.delete(clientId);
      return Promise.resolve();
    },
  };
}
