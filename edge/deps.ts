import type { Language } from "../shared/language.ts";
import type { ExchangeRates } from "../shared/money.ts";
import type { Blobs } from "./platform/blobs.ts";
import type { SharedCache } from "./platform/cache.ts";
import type { Hub } from "./platform/hub.ts";
import type { Metrics } from "./platform/metrics.ts";
import type { Payments } from "./platform/payments.ts";
import type { SharedLimits } from "./platform/shared-limits.ts";
import type { Sql } from "./platform/sql.ts";
import type { Identity } from "./identity/identity.ts";
import type { PlaceIndex } from "./docks/place-index.ts";
import type { SummaryStore } from "./docks/summary-store.ts";
import type { Tides } from "./docks/tides.ts";
import type { TileStore } from "./docks/tile-store.ts";
import type { Config } from "./config.ts";

/** A file of the built client, as it goes out. */
export interface Asset {
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
  /** Strong entity tag, of this encoding. */
  tag: string;
  encoding: "br" | "gzip" | undefined;
  /** Named by a hash of its content. */
  isImmutable: boolean;
  /** The language that it was built in, where others have another file of this name. */
  language: Language | undefined;
  /** CSP sources of a page's own inline scripts, like `'sha256-…'`. */
  inlineScripts: readonly string[];
}

/** The built client. */
export interface Assets {
  /** A file by its path: its language's own, in the best encoding that `Accept-Encoding` takes. */
  find(path: string, acceptEncoding: string, language: Language): Promise<Asset | undefined>;
}

/** What the app needs from a platform. Composition roots make it; nobody else reads one. */
export interface Deps {
  config: Config;
  sql: Sql;
  /** Absent where no Redis is: one process runs on its memory. */
  cache: SharedCache | undefined;
  blobs: Blobs;
  hub: Hub;
  identity: Identity;
  /** Absent where no payment provider is set up: then no dock collects online. */
  payments: Payments | undefined;
  tiles: TileStore;
  summaries: SummaryStore;
  tides: Tides;
  places: PlaceIndex;
  /** For comparing prices of several currencies: today's, or an older version while it is there. */
  exchangeRates: (version?: number) => Promise<ExchangeRates>;
  assets: Assets | undefined;
  /** Rate limits that processes share; absent where no Redis is. */
  sharedLimits: SharedLimits | undefined;
  metrics: Metrics;
  /** Milliseconds since 1970. */
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
  /** One line of structured log. */
  log: (level: "info" | "warn" | "error", message: string, fields?: object) => void;
}
