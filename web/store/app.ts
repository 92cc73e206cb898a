import type { Language } from "../../shared/language.ts";
import { findDocks } from "../api/search-api.ts";
import { createHttp } from "../api/http.ts";
import type { Http } from "../api/http.ts";
import { createPrefs } from "./prefs.ts";
import type { KeptStrings, PrefsStore } from "./prefs.ts";
import { createRouter } from "./router.ts";
import type { HistoryPort, Router } from "./router.ts";
import { createSearch } from "./search.ts";
import type { FoundAnswer, SearchStore } from "./search.ts";
import { createSession } from "./session.ts";
import type { Session } from "./session.ts";

/** What a browser gives the client; tests give their own. */
export interface Platform {
  fetch: typeof fetch;
  /** Kept until the person clears it. */
  local: KeptStrings;
  /** Kept until the tab is closed. */
  tab: KeptStrings;
  locale: string;
  /** The language of the words. */
  language: Language;
  build: string;
  history: HistoryPort;
  /** Whether a worker of ours answers for the network. */
  hasWorker(): boolean;
  now(): number;
  newKey(): string;
}

/** What every page can reach. Stores of single pages are made by these pages. */
export interface App {
  platform: Platform;
  http: Http;
  prefs: PrefsStore;
  session: Session;
  search: SearchStore;
  router: Router;
}

export function createApp(platform: Platform): App {
  const session = createSession(() => http, platform.local);
  const http = createHttp({
    fetch: platform.fetch,
    build: platform.build,
    onSignedOut: () => session.lapse(),
  });
  return {
    platform,
    http,
    router: createRouter(platform.history),
    prefs: createPrefs(platform.local, platform.locale),
    session,
    search: createSearch({
      find: (query, signal): Promise<FoundAnswer> => findDocks(http, query, signal),
    }),
  };
}
