import { beforeEach, describe, expect, it, vi } from "vitest";
import type { SearchItem } from "../../shared/api.ts";
import { watchKept } from "./kept-search.ts";
import type { KeptSearch } from "./kept-search.ts";
import { EMPTY_SEARCH } from "./search-query.ts";
import { createSearch } from "./search.ts";
import type { FoundAnswer, SearchStore } from "./search.ts";

const MARK = { asOf: "2027-01-02T12:00:00Z", isWhole: true };
const BOX = { kind: "box", box: { west: 1, south: 2, east: 3, north: 4 } } as const;
const SEARCH = { ...EMPTY_SEARCH, area: BOX };

function found(ids: number[], kept?: FoundAnswer["kept"]): FoundAnswer {
  return {
    items: ids.map((id) => ({ id }) as SearchItem),
    total: { value: ids.length, relation: "eq" },
    nextCursor: "next",
    ...(kept && { kept }),
  };
}

let api: { resolve(answer: FoundAnswer): void; reject(error: Error): void }[];
let asked: string[];
let kept: FoundAnswer | undefined;
let store: SearchStore;
let search: KeptSearch;
const ids = () => store.items.value.map(({ id }) => id);

beforeEach(() => {
  api = [];
  asked = [];
  kept = found([1, 2], MARK);
  store = createSearch({
    find: () => new Promise((resolve, reject) => void api.push({ resolve, reject })),
  });
  search = watchKept(store, (url, init) => {
    asked.push(`${url} ${JSON.stringify(init.headers)}`);
    return Promise.resolve(kept ? Response.json(kept) : new Response(null, { status: 204 }));
  });
});

describe("watchKept", () => {
  it("shows this device's answer until the API has answered, and says so", async () => {
    const done = store.show(SEARCH);
    await vi.waitFor(() => expect(ids()).toEqual([1, 2]));
    expect(asked[0]).toMatch(/^\/api\/docks\?bbox=1%2C2%2C3%2C4&limit=24 .*Only-Kept/);
    expect([store.status.value, store.kept.value, store.hasMore.value])
      .toEqual(["renewing", MARK, false]);
    api[0]!.resolve(found([2, 3]));
    await done;
    expect([store.status.value, ids(), store.kept.value, store.hasMore.value])
      .toEqual(["ready", [2, 3], null, true]);
  });

  it("waits for the API where only a part of the water is known, or none", async () => {
    for (const partial of [found([1], { ...MARK, isWhole: false }), undefined]) {
      kept = partial;
      const done = store.show({ ...SEARCH, instant: partial === undefined });
      await vi.waitFor(() => expect(asked.length).toBe(api.length));
      expect(store.kept.value).toBeNull();
      api.at(-1)!.resolve(found([4]));
      await done;
      expect(ids()).toEqual([4]);
    }
  });

  it("never puts a late answer of this device in the place of the API's", async () => {
    const done = store.show(SEARCH);
    api[0]!.resolve(found([9]));
    await done;
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect([ids(), store.kept.value]).toEqual([[9], null]);
  });

  it("follows a map that is dragged, one glance at a time", async () => {
    const done = store.show(SEARCH);
    api[0]!.resolve(found([9]));
    await done;
    const before = asked.length;
    await Promise.all([search.glance(SEARCH), search.glance(SEARCH)]);
    expect(asked.length - before).toBe(1);
    expect([ids(), store.kept.value]).toEqual([[1, 2], MARK]);
  });

  it("says what the worker says where there is no network", async () => {
    kept = undefined;
    const done = store.show(SEARCH);
    api[0]!.resolve(found([5], { ...MARK, isWhole: false }));
    await done;
    expect([store.status.value, ids(), store.kept.value?.isWhole]).toEqual(["ready", [5], false]);
  });
});
