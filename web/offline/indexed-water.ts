import type { KeptArea, LeafHead, WaterFacts, WaterStore } from "./water-store.ts";

const DATABASE = "dokkerr-water";
/** Raise with the form of what is kept; what was kept in another form is forgotten. */
const VERSION = 1;
/** A leaf's bytes lie apart from what is known of it: lists must not read megabytes. */
const STORES = ["leaves", "pages", "areas", "facts"] as const;
const FACTS = "all";

/** Water kept in IndexedDB: the pages of a client and its worker see the same. */
export function createIndexedWater(factory: IDBFactory): WaterStore {
  let opening: Promise<IDBDatabase> | undefined;

  function opened(): Promise<IDBDatabase> {
    opening ??= open(factory).then((database) => {
      // Another tab of a newer client waits for this one to let go.
      database.addEventListener("versionchange", () => {
        database.close();
        opening = undefined;
      });
      return database;
    });
    opening.catch(() => opening = undefined);
    return opening;
  }

  async function begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    return (await opened()).transaction(STORES, mode);
  }

  return {
    async areas() {
      const rows: KeptArea[] = await result(
        (await begin("readonly")).objectStore("areas").getAll(),
      );
      return rows;
    },
    async leaves(quadkeys) {
      const transaction = await begin("readonly");
      const found = await Promise.all(quadkeys.map(async (quadkey) => {
        const [head, pages] = await Promise.all([
          result<LeafHead | undefined>(transaction.objectStore("leaves").get(quadkey)),
          result<Uint8Array[] | undefined>(transaction.objectStore("pages").get(quadkey)),
        ]);
        return head && pages ? [{ ...head, pages }] : [];
      }));
      return found.flat();
    },
    async leafHeads() {
      const rows: LeafHead[] = await result(
        (await begin("readonly")).objectStore("leaves").getAll(),
      );
      return rows;
    },
    async facts() {
      const row: WaterFacts | undefined = await result(
        (await begin("readonly")).objectStore("facts").get(FACTS),
      );
      return row;
    },
    async change({ leaves = [], heads = [], dropLeaves = [], areas = [], dropAreas = [], facts }) {
      const transaction = await begin("readwrite");
      const store = (name: typeof STORES[number]) => transaction.objectStore(name);
      for (const quadkey of dropLeaves) {
        store("leaves").delete(quadkey);
        store("pages").delete(quadkey);
      }
      for (const id of dropAreas) store("areas").delete(id);
      for (const { pages, ...head } of leaves) {
        store("leaves").put(head);
        store("pages").put(pages, head.quadkey);
      }
      for (const head of heads) store("leaves").put(head);
      for (const area of areas) store("areas").put(area);
      if (facts) store("facts").put(facts, FACTS);
      await done(transaction);
    },
  };
}

async function open(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, VERSION);
  request.addEventListener("upgradeneeded", () => {
    const database = request.result;
    for (const name of Array.from(database.objectStoreNames)) database.deleteObjectStore(name);
    database.createObjectStore("leaves", { keyPath: "quadkey" });
    database.createObjectStore("areas", { keyPath: "id" });
    database.createObjectStore("pages");
    database.createObjectStore("facts");
  });
  return await result(request);
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("IndexedDB failed")));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(transaction.error ?? new Error("IndexedDB failed"));
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", fail);
    transaction.addEventListener("error", fail);
  });
}
