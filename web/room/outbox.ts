import type { FrameErrorCode } from "../../shared/chat.ts";

/** A picture to be sent; `photoId` once it is in the store. */
export interface OutboxPhoto {
  file: Blob;
  width: number;
  height: number;
  photoId?: string;
}

/**
 * A message that was written and is not known to be stored, or a change of one. `failed`: refused,
 * and not sent again.
 */
export interface OutboxItem {
  clientId: string;
  text: string;
  /** ms since 1970. */
  queuedAt: number;
  failed?: FrameErrorCode;
  photo?: OutboxPhoto;
  /** Tells where the berth lies. */
  berth?: true;
  /** No message of its own: the seq of the one that is edited, or taken back. */
  edits?: number;
  deletes?: number;
}

/** Whether an item is a message of its own, to be shown at the end. */
export function isMessage({ edits, deletes }: OutboxItem): boolean {
  return edits === undefined && deletes === undefined;
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
