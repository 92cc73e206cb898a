import { describe, expect, it, vi } from "vitest";
import type { SearchAnswer, SearchItem } from "../../shared/api.ts";
import type { Query } from "../api/search-api.ts";
import { EMPTY_SEARCH } from "./search-query.ts";
import { createSearch } from "./search.ts";
import type { FoundAnswer } from "./search.ts";

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

  describe("with what this device knows", () => {
    const mark = { asOf: "2027-01-02T12:00:00Z", isWhole: true };
    const found = (ids: number[], kept = mark) => ({
      items: ids.map((id) => ({ id }) as SearchItem),
      total: { value: ids.length, relation: "eq" as const },
      nextCursor: "local",
      kept,
    });

    /** A store whose API answers by hand, and whose device answers at once. */
    function both(kept: FoundAnswer | undefined) {
      const api: { resolve(answer: FoundAnswer): void; reject(error: Error): void }[] = [];
      const store = createSearch({
        find: () => new Promise((resolve, reject) => void api.push({ resolve, reject })),
        findKept: () => Promise.resolve(kept),
      });
      return { store, api, ids: () => store.items.value.map(({ id }) => id) };
    }

    it("shows it until the API has answered, and says so", async () => {
      const { store, api, ids } = both(found([1, 2]));
      const done = store.show(EMPTY_SEARCH);
      await vi.waitFor(() => expect(ids()).toEqual([1, 2]));
      expect([store.status.value, store.kept.value, store.hasMore.value])
        .toEqual(["renewing", mark, false]);
      const { kept: _, ...fresh } = found([2, 3]);
      api[0]!.resolve(fresh);
      await done;
      expect([store.status.value, ids(), store.kept.value, store.hasMore.value])
        .toEqual(["ready", [2, 3], null, true]);
    });

    it("waits for the API where only a part of the water is known", async () => {
      const { store, api, ids } = both(found([1], { ...mark, isWhole: false }));
      const done = store.show(EMPTY_SEARCH);
      api[0]!.resolve(found([4]));
      await done;
      expect([ids(), store.kept.value]).toEqual([[4], mark]);
    });

    it("follows a map that is dragged, one glance at a time", async () => {
      const { store, api, ids } = both(found([5]));
      const done = store.show(EMPTY_SEARCH);
      api[0]!.resolve(found([1]));
      await done;
      await Promise.all([store.glance(instant), store.glance(EMPTY_SEARCH)]);
      expect(ids()).toEqual([5]);
    });
  });
});
