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
  /** Set while this device itself has made the answer that is shown. */
  kept: Signal<KeptMark | null>;
  /** Asks for a search; the one already shown is not asked again. */
  show(search: SearchQuery): Promise<void>;
  retry(): Promise<void>;
  /** Reads the next page of the list. */
  more(): Promise<void>;
  /** Shows an answer of this device in the place of the one that is shown. */
  showKept(answer: FoundAnswer): void;
  /** Told of each question as it is asked, where somebody wants to know. */
  onAsk?: (query: Query, signal: AbortSignal) => void;
}

/** What an answer says of itself that was made on this device. */
export interface KeptMark {
  /** ISO 8601. */
  asOf: string;
  /** Whether all of the water that was asked for is known here. */
  isWhole: boolean;
}

export type FoundAnswer = SearchAnswer & { kept?: KeptMark };

export interface SearchDeps {
  find(query: Query, signal: AbortSignal): Promise<FoundAnswer>;
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
  const kept = signal<KeptMark | null>(null);

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
    const query = { ...shown!.query, limit: PAGE_SIZE };
    store.onAsk?.(query, controller.signal);
    try {
      const answer = await find(query, controller.signal);
      if (controller !== asking) return;
      batch(() => {
        status.value = "ready";
        error.value = undefined;
        take(answer);
      });
    } catch (failure) {
      if (controller !== asking) return;
      batch(() => {
        status.value = "failed";
        error.value = failure;
        take({ items: [], total: NOTHING, nextCursor: null });
      });
    }
  }

  function take(answer: FoundAnswer): void {
    items.value = answer.items;
    clusters.value = answer.clusters ?? [];
    total.value = answer.total;
    kept.value = answer.kept ?? null;
    keep(answer.nextCursor);
  }

  function keep(nextCursor: string | null): void {
    cursor = nextCursor;
    hasMore.value = nextCursor !== null;
  }

  const store: SearchStore = {
    status,
    items,
    clusters,
    total,
    hasMore,
    isReadingMore,
    error,
    kept,
    showKept(answer) {
      batch(() => take({ ...answer, nextCursor: null }));
    },
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
  return store;
}
