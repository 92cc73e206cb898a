import type { Config } from "./config.ts";
import type { Assets, Deps } from "./deps.ts";
import { createExchangeRates } from "./docks/exchange-rates.ts";
import type { PlaceIndex } from "./docks/place-index.ts";
import { createSummaryStore } from "./docks/summary-store.ts";
import { createTides } from "./docks/tides.ts";
import { createTileStore } from "./docks/tile-store.ts";
import { createAccounts } from "./identity/accounts.ts";
import { createEdgeCache, type OpenRuntimeCache } from "./platform/edge-cache.ts";
import { createHub } from "./platform/hub.ts";
import { Metrics } from "./platform/metrics.ts";
import { createS3Blobs } from "./platform/s3-blobs.ts";
import { createStripePayments } from "./platform/stripe-payments.ts";
import type { Sql } from "./platform/sql.ts";
import { createUpstashCache, createUpstashLimits } from "./platform/upstash.ts";

/** What differs between the platforms that the edge runs on. */
export interface Platform {
  sql: Sql;
  /** The databases of `replicaUrls`. */
  replicas?: readonly Sql[];
  places: PlaceIndex;
  assets: Assets | undefined;
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  log: Deps["log"];
  /** Keeps work alive that no answer waits for. */
  background: (work: Promise<unknown>) => void;
  /** Memory to spend on tiles. */
  tileBytes: number;
  /** The runtime's own cache, where it has one; tiles of another database lie in another area. */
  openCache?: OpenRuntimeCache;
}

/** Puts together what the app needs: the same parts on every platform, from the same settings. */
export function assemble(config: Config, platform: Platform): Deps {
  const { sql, now, randomBytes, log, background, openCache } = platform;
  const redis = config.redis && { ...config.redis, now };
  const cache = redis && createUpstashCache(redis);
  return {
    config,
    sql,
    cache,
    sharedLimits: redis && createUpstashLimits(redis),
    blobs: createS3Blobs(config.blobs),
    hub: createHub({
      host: config.hubHost,
      secret: config.realtimeSecret,
      fetch: platform.fetch,
      now,
      randomId: () => toHex(randomBytes(16)),
    }),
    identity: createAccounts({
      sql,
      publicUrl: config.publicUrl,
      authSecret: config.authSecret,
      now,
      randomBytes,
      log,
    }),
    payments: config.stripe && createStripePayments(config.stripe),
    tiles: createTileStore({
      sql,
      replicas: platform.replicas,
      cache,
      databaseHost: new URL(config.database.url).hostname,
      edgeCacheOf: openCache && ((database) => createEdgeCache(database, openCache, now)),
      now,
      budgetBytes: platform.tileBytes,
      background,
    }),
    summaries: createSummaryStore({ sql, now, background }),
    tides: createTides({ sql, now, background }),
    exchangeRates: createExchangeRates(sql, now),
    places: platform.places,
    assets: platform.assets,
    metrics: new Metrics(),
    now,
    randomBytes,
    log,
  };
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
