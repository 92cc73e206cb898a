import type { Sql } from "../platform/sql.ts";
import { citiesWorthKnowing, parseGeoNames } from "./geonames.ts";
import { selectHarbourPlaces } from "./harbour-queries.ts";
import { createPlaceIndex, type PlaceIndex } from "./place-index.ts";
import { type HarbourPlace, harbourPlace } from "./places.ts";

/** How often the database is asked what other processes did, at most. */
const CATCH_UP_MS = 1_000;

/** A place index that answers at once and knows more as its sources are read. */
export interface LatePlaces extends PlaceIndex {
  /** Reads harbours, then cities. Rejects where the database cannot be reached; it may be tried again. */
  load(): Promise<void>;
  /** Learns of harbours that other processes made or edited. */
  catchUp(): Promise<void>;
}

/**
 * Places of the database's harbours and of a GeoNames dump (`cities500.txt`), undefined where the
 * platform has none. Reading 30 MB of names is no reason to start late.
 */
export function createLatePlaces(
  sql: Sql,
  readCities: () => Promise<Uint8Array | undefined>,
): LatePlaces {
  let index = createPlaceIndex({ harbours: [] });
  const added = new Map<number, HarbourPlace>();
  /** The database's time of the last reading; undefined before the first. */
  let asOf: string | undefined;
  let askedMs = -Infinity;
  const replaceBy = (next: PlaceIndex) => {
    for (const harbour of added.values()) next.add(harbour);
    index = next;
  };
  const add = (harbour: HarbourPlace) => {
    added.set(harbour.id, harbour);
    index.add(harbour);
  };
  return {
    search: (query, options) => index.search(query, options),
    get: (id) => index.get(id),
    add,
    async load() {
      const { harbours, asOf: readAt } = await selectHarbourPlaces(sql, undefined);
      replaceBy(createPlaceIndex({ harbours }));
      asOf = readAt;
      const bytes = await readCities();
      if (!bytes) return;
      const cities = parseGeoNames(bytes, citiesWorthKnowing(harbours));
      replaceBy(createPlaceIndex({ harbours, cities }));
    },
    async catchUp() {
      if (asOf === undefined || performance.now() - askedMs < CATCH_UP_MS) return;
      askedMs = performance.now();
      const { harbours, asOf: readAt } = await selectHarbourPlaces(sql, asOf);
      for (const harbour of harbours) {
        const { id, name, context, lat, lon } = harbourPlace(harbour);
        const known = index.get(id);
        const isKnown = known?.name === name && known.context === context && known.lat === lat &&
          known.lon === lon;
        if (!isKnown) add(harbour);
      }
      asOf = readAt;
    },
  };
}
