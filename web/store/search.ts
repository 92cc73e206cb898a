import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Cluster, SearchAnswer, SearchItem } from "../../shared/api.ts";
import { minorDigits } from "../../shared/money.ts";
import type { Query } from "../api/search-api.ts";
import { searchToApi, searchToParams } from "./search-query.ts";
import type { SearchQuery } from "./search-query.ts";

/** A dock of the list. `note`: what has become of it since it was found: it is not free any more. */
export interface FoundDock extends SearchItem {
  note?: string;
}

export interface SearchStore {
  /** `waiting` for a first answer; `renewing` while an older answer is still shown. */
  status: Signal<"idle" | "waiting" | "renewing" | "ready" | "failed">;
  items: Signal<readonly FoundDock[]>;
  clusters: Signal<readonly Cluster[]>;
  total: Signal<SearchAnswer["total"]>;
  hasMore: Signal<boolean>;
  isReadingMore: Signal<boolean>;
  error: Signal<unknown>;
  /** Asks for a search; the one already shown is not asked again. */
  show(search: SearchQuery): Promise<void>;
  retry(): Promise<void>;
  /** Reads the next page of the list. */
  more(): Promise<void>;
}

export interface SearchDeps {
  find(query: Query, signal: AbortSignal): Promise<SearchAnswer>;
}

/** Docks a page: enough to fill a screen, few enough for one bar of signal. */
const PAGE_SIZE = 24;

const NOTHING: SearchAnswer["total"] = { value: 0, relation: "eq" };

/** The search that is shown: a newer one always wins over the answer of an older. */
export function createSearch({ find }: SearchDeps): SearchStore {
  const status = signal<SearchStore["status"]["value"]>("idle");
  const items = signal<readonly FoundDock[]>([]);
  const clusters = signal<readonly Cluster[]>([]);
  const total = signal(NOTHING);
  const hasMore = signal(false);
  const isReadingMore = signal(false);
  const error = signal<unknown>(undefined);

  let shown: { key: string; query: Query } | undefined;
  let cursor: string | null = null;
  let asking: AbortController | undefined;

  async function ask(): Promise<void> {
    asking?.abort();
    const controller = asking = new AbortController();
    batch(() => {
      status.value = items.value.length > 0 ? "renewing" : "waiting";
      isReadingMore.value = false;
    });
    try {
      const answer = await find({ ...shown!.query, limit: PAGE_SIZE }, controller.signal);
      if (controller !== asking) return;
      batch(() => {
        status.value = "ready";
        items.value = answer.items;
        clusters.value = answer.clusters ?? [];
        total.value = answer.total;
        error.value = undefined;
        keep(answer.nextCursor);
      });
    } catch (failure) {
      if (controller !== asking) return;
      batch(() => {
        status.value = "failed";
        error.value = failure;
        items.value = [];
        clusters.value = [];
        total.value = NOTHING;
        keep(null);
      });
    }
  }

  function keep(nextCursor: string | null): void {
    cursor = nextCursor;
    hasMore.value = nextCursor !== null;
  }

  return {
    status,
    items,
    clusters,
    total,
    hasMore,
    isReadingMore,
    error,
    async show(search) {
      const key = searchToParams(search);
      if (shown?.key === key && status.value !== "failed") return;
      shown = { key, query: searchToApi(search, minorDigits(search.currency)) };
      await ask();
    },
    async retry() {
      if (shown) await ask();
    },
    async more() {
      if (cursor === null || isReadingMore.value || !shown) return;
      const controller = asking!;
      isReadingMore.value = true;
      try {
        const query = { ...shown.query, limit: PAGE_SIZE, cursor };
        const answer = await find(query, controller.signal);
        if (controller !== asking) return;
        batch(() => {
          // A dock that moved between two pages must not be listed twice.
          const known = new Set(items.value.map(({ id }) => id));
          items.value = [...items.value, ...answer.items.filter(({ id }) => !known.has(id))];
          keep(answer.nextCursor);
        });
      } catch (failure) {
        if (controller === asking) error.value = failure;
      } finally {
        if (controller === asking) isReadingMore.value = false;
      }
    },
  };
}
