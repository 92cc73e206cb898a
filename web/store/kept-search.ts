import { minorDigits } from "../../shared/money.ts";
import type { Query } from "../api/search-api.ts";
import { searchToApi } from "./search-query.ts";
import type { SearchQuery } from "./search-query.ts";
import type { FoundAnswer, SearchStore } from "./search.ts";

/** Asks our own worker for what this device knows, and nobody else. */
const ONLY_KEPT = "Dokkerr-Only-Kept";
/** As long as a page of the list. */
const LIMIT = 24;

export interface KeptSearch {
  /** Shows what is known of a piece of water while a map is moved over it. */
  glance(search: SearchQuery): Promise<void>;
}

/**
 * Lets a search show this device's own answer until the API's is here: at once where all of the
 * water is known, and never in the place of a newer one.
 */
export function watchKept(
  store: SearchStore,
  fetch: (url: string, init: RequestInit) => Promise<Response>,
): KeptSearch {
  let asked: AbortSignal | undefined;
  let isGlancing = false;

  async function find(query: Query, signal?: AbortSignal): Promise<FoundAnswer | undefined> {
    const params = new URLSearchParams();
    const all: Query = { ...query, limit: LIMIT };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined && value !== "") params.set(name, String(value));
    }
    try {
      const response = await fetch(`/api/docks?${params}`, {
        headers: { [ONLY_KEPT]: "1" },
        ...(signal && { signal }),
      });
      if (response.status !== 200) return undefined;
      // Our own worker's, of this very build's engine; a worker of none says nothing of `kept`.
      const answer = await response.json() as FoundAnswer;
      return answer.kept?.isWhole ? answer : undefined;
    } catch {
      return undefined;
    }
  }

  store.onAsk = (query, signal) => {
    asked = signal;
    void find(query, signal).then((answer) => {
      const isOpen = store.status.value === "waiting" || store.status.value === "renewing";
      if (!answer || asked !== signal || signal.aborted || !isOpen) return;
      store.status.value = "renewing";
      store.showKept(answer);
    });
  };

  return {
    async glance(search) {
      if (isGlancing) return;
      isGlancing = true;
      const before = asked;
      const answer = await find(searchToApi(search, minorDigits(search.currency)));
      isGlancing = false;
      if (answer && asked === before) store.showKept(answer);
    },
  };
}
