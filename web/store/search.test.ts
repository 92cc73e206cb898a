import { describe, expect, it } from "vitest";
import type { SearchAnswer, SearchItem } from "../../shared/api.ts";
import type { Query } from "../api/search-api.ts";
import { EMPTY_SEARCH } from "./search-query.ts";
import { createSearch } from "./search.ts";

interface Asked {
  query: Query;
  signal: AbortSignal;
  answer(ids: number[], nextCursor?: string): void;
  fail(): void;
}

function harness() {
  const asked: Asked[] = [];
  const store = createSearch({
    find: (query, signal) =>
      new Promise<SearchAnswer>((resolve, reject) => {
        asked.push({
          query,
          signal,
          answer: (ids, nextCursor) =>
            resolve({
              items: ids.map((id) => ({ id }) as SearchItem),
              total: { value: 99, relation: "eq" },
              nextCursor: nextCursor ?? null,
            }),
          fail: () => reject(new Error("away")),
        });
      }),
  });
  return { store, asked, ids: () => store.items.value.map(({ id }) => id) };
}

const instant = { ...EMPTY_SEARCH, instant: true };

describe("createSearch", () => {
  it("shows an answer, and keeps it while the next is awaited", async () => {
    const { store, asked, ids } = harness();
    const first = store.show(EMPTY_SEARCH);
    expect(store.status.value).toBe("waiting");
    asked[0]!.answer([1, 2]);
    await first;
    expect([store.status.value, ids()]).toEqual(["ready", [1, 2]]);
    void store.show(instant);
    expect([store.status.value, ids()]).toEqual(["renewing", [1, 2]]);
  });

  it("drops the late answer of an older search", async () => {
    const { store, asked, ids } = harness();
    const first = store.show(EMPTY_SEARCH);
    const second = store.show(instant);
    expect(asked[0]!.signal.aborted).toBe(true);
    asked[1]!.answer([2]);
    await second;
    asked[0]!.answer([1]);
    await first;
    expect(ids()).toEqual([2]);
  });

  it("does not ask again for what it shows, but does after a failure", async () => {
    const { store, asked } = harness();
    const first = store.show(EMPTY_SEARCH);
    asked[0]!.fail();
    await first;
    expect(store.status.value).toBe("failed");
    const second = store.show(EMPTY_SEARCH);
    asked[1]!.answer([1]);
    await second;
    await store.show(EMPTY_SEARCH);
    expect(asked).toHaveLength(2);
  });

  it("adds the next page, each dock once", async () => {
    const { store, asked, ids } = harness();
    const first = store.show(EMPTY_SEARCH);
    asked[0]!.answer([1, 2], "c1");
    await first;
    const more = store.more();
    void store.more();
    expect(asked).toHaveLength(2);
    expect(asked[1]!.query["cursor"]).toBe("c1");
    asked[1]!.answer([2, 3]);
    await more;
    expect([ids(), store.hasMore.value]).toEqual([[1, 2, 3], false]);
  });

  it("forgets a page that comes after the search has changed", async () => {
    const { store, asked, ids } = harness();
    const first = store.show(EMPTY_SEARCH);
    asked[0]!.answer([1], "c1");
    await first;
    const more = store.more();
    const second = store.show(instant);
    asked[2]!.answer([7]);
    await second;
    asked[1]!.answer([2]);
    await more;
    expect([ids(), store.isReadingMore.value]).toEqual([[7], false]);
  });
});
