import type { OutboxItem, OutboxStore } from "./outbox.ts";
import { createMemoryOutbox } from "./outbox.ts";

const DATABASE = "dokkerr-outbox";
const STORE = "items";
const BY_NAME = "by-name";

interface Row {
  /** Given by the database, ascending: the order of writing, across tabs. */
  order?: number;
  scope: string;
  clientId: string;
  item: OutboxItem;
}

/**
 * An outbox in IndexedDB: it outlives the page, and other tabs see it. Where the browser refuses
 * one (private windows, a full disk), messages wait in memory.
 */
export function createIndexedOutbox(factory: IDBFactory = indexedDB): OutboxStore {
  let opening: Promise<OutboxStore> | undefined;
  const opened = () => opening ??= open(factory).then(outboxIn).catch(() => createMemoryOutbox());
  return {
    list: async (scope) => (await opened()).list(scope),
    put: async (scope, item) => (await opened()).put(scope, item),
    remove: async (scope, clientId) => (await opened()).remove(scope, clientId),
  };
}

function outboxIn(database: IDBDatabase): OutboxStore {
  const rows = (mode: IDBTransactionMode) =>
    database.transaction(STORE, mode).objectStore(STORE).index(BY_NAME);
  return {
    async list(scope) {
      const range = IDBKeyRange.bound([scope], [scope, []]);
      const found: Row[] = await result(rows("readonly").getAll(range));
      return found.toSorted((a, b) => (a.order ?? 0) - (b.order ?? 0)).map(({ item }) => item);
    },
    async put(scope, item) {
      const index = rows("readwrite");
      const order = await result(index.getKey([scope, item.clientId])) as number | undefined;
      const row: Row = { scope, clientId: item.clientId, item };
      if (order !== undefined) row.order = order;
      await result(index.objectStore.put(row));
    },
    async remove(scope, clientId) {
      const index = rows("readwrite");
      const order = await result(index.getKey([scope, clientId]));
      if (order !== undefined) await result(index.objectStore.delete(order));
    },
  };
}

async function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => {
    const store = request.result.createObjectStore(STORE, {
      keyPath: "order",
      autoIncrement: true,
    });
    store.createIndex(BY_NAME, ["scope", "clientId"], { unique: true });
  });
  return await result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB failed")));
  });
}
