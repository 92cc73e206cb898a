import type { Config } from "./config.ts";
import type { Assets, Deps } from "./deps.ts";
import { createExchangeRates } from "./docks/exchange-rates.ts";
import type { PlaceIndex } from "./docks/place-index.ts";
import { createTides } from "./docks/tides.ts";
import { createTileStore } from "./docks/tile-store.ts";
import { createAccounts } from "./identity/accounts.ts";
import { createHub } from "./platform/hub.ts";
import { Metrics } from "./platform/metrics.ts";
import { createS3Blobs } from "./platform/s3-blobs.ts";
import { createStripePayments } from "./platform/stripe-payments.ts";
import type { Sql } from "./platform/sql.ts";
import { createUpstashCache, createUpstashLimits } from "./platform/upstash.ts";

/** What differs between the platforms that the edge runs on. */
export interface Platform {
  sql: Sql;
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
}

/** Puts together what the app needs: the same parts on every platform, from the same settings. */
export function assemble(config: Config, platform: Platform): Deps {
  const { sql, now, randomBytes, log, background } = platform;
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
    tiles: createTileStore({ sql, cache, now, budgetBytes: platform.tileBytes, background }),
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
