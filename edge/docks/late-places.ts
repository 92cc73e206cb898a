import type { Sql } from "../platform/sql.ts";
import { citiesWorthKnowing, readGeoNames } from "./geonames.ts";
import { selectHarbourPlaces } from "./harbour-queries.ts";
import { createGrowingPlaces, type PlaceIndex } from "./place-index.ts";
import { type HarbourPlace, harbourPlace } from "./places.ts";

/** How often the database is asked what other processes did, at most. */
const CATCH_UP_MS = 1_000;
/** Harbours that are taken in at a time: about a millisecond's work. */
const HARBOURS_AT_A_TIME = 200;

/** A place index that answers at once and knows more as its sources are read. */
export interface LatePlaces extends PlaceIndex {
  /** Reads harbours, then cities. Rejects where the database cannot be reached; it may be tried again. */
  load(): Promise<void>;
  /** Learns of harbours that other processes made or edited. */
  catchUp(): Promise<void>;
}

/**
 * Places of the database's harbours and of a GeoNames dump (`cities500.txt`), undefined where the
 * platform has none. Reading 30 MB of names is no reason to start late, nor to let a request wait:
 * they are read in parts of a few milliseconds, and what is known is found.
 */
export function createLatePlaces(
  sql: Sql,
  readCities: () => Promise<Uint8Array | undefined>,
): LatePlaces {
  const index = createGrowingPlaces();
  index.addRegions();
  /** The database's time of the last reading; undefined before the first. */
  let asOf: string | undefined;
  let askedMs = -Infinity;
  /** Harbours that this process made or edited since the database was last asked. */
  const newer = new Set<number>();

  async function addHarbours(harbours: readonly HarbourPlace[]): Promise<void> {
    for (let at = 0; at < harbours.length; at += HARBOURS_AT_A_TIME) {
      index.addHarbours(
        harbours.slice(at, at + HARBOURS_AT_A_TIME).filter(({ id }) => !newer.has(id)),
      );
      await letOthersWork();
    }
  }

  return {
    search: (query, options) => index.search(query, options),
    get: (id) => index.get(id),
    add(harbour) {
      newer.add(harbour.id);
      index.add(harbour);
    },
    async load() {
      newer.clear();
      const { harbours, asOf: readAt } = await selectHarbourPlaces(sql, undefined);
      await addHarbours(harbours);
      asOf = readAt;
      await stepByStep(index.addCountries());
      const bytes = await readCities();
      if (!bytes) return;
      const keep = citiesWorthKnowing(harbours);
      await letOthersWork();
      await stepByStep(index.addCities(readGeoNames(bytes, keep)));
      await stepByStep(index.addCountries());
    },
    async catchUp() {
      if (asOf === undefined || performance.now() - askedMs < CATCH_UP_MS) return;
      askedMs = performance.now();
      newer.clear();
      const { harbours, asOf: readAt } = await selectHarbourPlaces(sql, asOf);
      await addHarbours(harbours.filter((harbour) => !isKnown(harbour)));
      asOf = readAt;
    },
  };

  function isKnown(harbour: HarbourPlace): boolean {
    const { id, name, context, lat, lon } = harbourPlace(harbour);
    const known = index.get(id);
    return known?.name === name && known.context === context && known.lat === lat &&
      known.lon === lon;
  }
}

async function stepByStep(work: Iterable<void>): Promise<void> {
  for (const _ of work) await letOthersWork();
}

/** A timer and not a resolved promise: only then are sockets read and answers written. */
function letOthersWork(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
