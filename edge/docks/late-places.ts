import type { Sql } from "../platform/sql.ts";
import { citiesWorthKnowing, parseGeoNames } from "./geonames.ts";
import { createPlaceIndex, type PlaceIndex } from "./place-index.ts";
import type { HarbourPlace } from "./places.ts";

/** A place index that answers at once and knows more as its sources are read. */
export interface LatePlaces extends PlaceIndex {
  /** Reads harbours, then cities. Rejects where the database cannot be reached; it may be tried again. */
  load(): Promise<void>;
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
  const replaceBy = (next: PlaceIndex) => {
    for (const harbour of added.values()) next.add(harbour);
    index = next;
  };
  return {
    search: (query, options) => index.search(query, options),
    get: (id) => index.get(id),
    add(harbour) {
      added.set(harbour.id, harbour);
      index.add(harbour);
    },
    async load() {
      const harbours = await readHarbours(sql);
      replaceBy(createPlaceIndex({ harbours }));
      const bytes = await readCities();
      if (!bytes) return;
      const cities = parseGeoNames(bytes, citiesWorthKnowing(harbours));
      replaceBy(createPlaceIndex({ harbours, cities }));
    },
  };
}

function readHarbours(sql: Sql): Promise<HarbourPlace[]> {
  return sql.query<HarbourPlace>(
    `SELECT h.id, h.name, h.place, h.country, h.lat, h.lon, coalesce(d.docks, 0) AS docks
     FROM harbour h LEFT JOIN (
       SELECT harbour_id, count(*) AS docks FROM dock WHERE status = 'published' GROUP BY 1
     ) d ON d.harbour_id = h.id`,
  );
}
