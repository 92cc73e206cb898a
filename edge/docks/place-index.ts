import type { Place } from "../../shared/api.ts";
import type { Position } from "../../shared/geo.ts";
import { findPlaces } from "./find-places.ts";
import type { City } from "./geonames.ts";
import { type Names, PlaceNames } from "./place-names.ts";
import { directionOf, PlaceTable, type RankedPlace } from "./place-table.ts";
import { plainText } from "../../shared/fold.ts";
import {
  cityPlace,
  countryPlace,
  type HarbourPlace,
  harbourPlace,
  regionPlaces,
} from "./places.ts";

export interface PlaceSearch {
  /** At most this many, 8 by default. */
  limit?: number;
  /** What one looks at: of equals, the nearer comes first. */
  near?: Position | undefined;
}

export interface PlaceIndex {
  /** Places of which the name, or a word of it, begins with a text; best first. */
  search(query: string, options?: PlaceSearch): Place[];
  /** The place of an id: `harbour:12`, `city:5223869`, `region:solent`, `country:FJ`. */
  get(id: string): Place | undefined;
  /** Makes a new harbour known, or an edited one. */
  add(harbour: HarbourPlace): void;
  /** Learns what other processes did; absent where the index has no database. */
  catchUp?(): Promise<void>;
}

/** A place index that takes its sources in parts, in any order, and answers from what it has. */
export interface GrowingPlaces extends PlaceIndex {
  /** A few hundred at a time: about a millisecond's work. */
  addHarbours(harbours: readonly HarbourPlace[]): void;
  addRegions(): void;
  /** Takes parts of a list of cities, one a step, and then finds them all, in place of others. */
  addCities(parts: Iterable<readonly City[]>): Iterable<void>;
  /** The countries of the cities, or of the harbours while there are none, a few a step. */
  addCountries(): Iterable<void>;
}

const POSITIONS_A_STEP = 2_000;
/** A harbour that bears a town's name is that town's within this. */
const OWN_TOWN_M = 25_000;
const MOST_QUERY_LETTERS = 80;
/** GeoNames' list begins there, and has 0 where nobody counted. */
const LEAST_PEOPLE = 500;

/**
 * Places by the beginnings of their names as one types, without diacritics, with a typing error or
 * two forgiven where nothing else fits. Harbours come before cities, these before regions and
 * countries, but a name typed in full before them all. Harbours come from the database, cities
 * from `parseGeoNames`.
 */
export function createPlaceIndex(sources: {
  harbours: Iterable<HarbourPlace>;
  cities?: readonly City[];
}): PlaceIndex {
  const index = createGrowingPlaces();
  index.addHarbours(Array.from(sources.harbours));
  index.addRegions();
  Array.from(index.addCities([sources.cities ?? []]));
  Array.from(index.addCountries());
  return index;
}

/** A place index with nothing in it. */
export function createGrowingPlaces(): GrowingPlaces {
  const table = new PlaceTable();
  /** What may change at any time, and the cities, of which there are many, once they are sorted. */
  const live = new PlaceNames();
  let cities = new PlaceNames();

  /** Harbours by their plain names. */
  const harbours = new Map<string, Set<number>>();

  function addLive(
    places: readonly RankedPlace[],
    othersOf: (ranked: RankedPlace) => readonly string[] = () => [],
  ): void {
    const renamed = new Set<number>();
    // Of a place that comes twice the last word counts.
    const names = new Map<number, Names>();
    for (const ranked of places) {
      const { kind, name } = ranked.place;
      const { number, earlier } = table.put(ranked);
      if (earlier === "other name") renamed.add(number);
      if (earlier === "same name") continue;
      names.set(number, { shown: name, others: othersOf(ranked) });
      if (kind === "harbour") {
        const plain = plainText(name);
        harbours.set(plain, (harbours.get(plain) ?? new Set()).add(number));
      }
    }
    if (renamed.size > 0) {
      live.remove(renamed);
      cities.remove(renamed);
    }
    live.add(names);
  }

  /** Harbours that bear a town's name and lie by it are called as it is elsewhere, too. */
  function harbourNames(city: City): [number, Names][] {
    if (city.otherNames.length === 0) return [];
    const at = directionOf(city);
    const plain = plainText(city.name);
    const named = [...harbours.get(plain) ?? []].filter((number) =>
      plainText(table.nameOf(number)) === plain && table.metresAt(number, at) < OWN_TOWN_M
    );
    return named.map((number) => [
      number,
      { shown: table.nameOf(number), others: city.otherNames },
    ]);
  }

  return {
    search(query, { limit = 8, near } = {}) {
      const text = plainText(query.slice(0, MOST_QUERY_LETTERS));
      if (text === "" || limit < 1) return [];
      return findPlaces({ table, names: [live, cities] }, text, near && directionOf(near), limit)
        .map(({ number }) => table.placeOf(number));
    },
    get(id) {
      const number = table.numberOf(id);
      return number === undefined ? undefined : table.placeOf(number);
    },
    add: (harbour) => addLive([rankedHarbour(harbour)]),
    addHarbours: (harbours) => addLive(harbours.map(rankedHarbour)),
    addRegions() {
      const regions = regionPlaces();
      const othersById = new Map(regions.map(({ place, otherNames }) => [place.id, otherNames]));
      addLive(
        regions.map(({ place }) => rankedArea(place, "")),
        ({ place }) => othersById.get(place.id) ?? [],
      );
    },
    *addCities(parts) {
      const next = new PlaceNames();
      for (const part of parts) {
        next.append(
          new Map(part.flatMap((city): [number, Names][] => [
            [table.put(rankedCity(city)).number, { shown: city.name, others: city.otherNames }],
            ...harbourNames(city),
          ])),
        );
        yield;
      }
      yield* next.sort();
      cities = next;
    },
    *addCountries() {
      const ofCities = table.positionsByCountry("city");
      const positions = ofCities.size > 0 ? ofCities : table.positionsByCountry("harbour");
      let done = 0;
      for (const [country, known] of positions) {
        addLive([rankedArea(countryPlace(country, known), country)]);
        done += known.length;
        if (done < POSITIONS_A_STEP) continue;
        done = 0;
        yield;
      }
    },
  };
}

function rankedHarbour(harbour: HarbourPlace): RankedPlace {
  const weight = Math.log(1 + (harbour.docks ?? 0));
  return { place: harbourPlace(harbour), country: harbour.country, weight };
}

function rankedCity(city: City): RankedPlace {
  const weight = Math.log(1 + Math.max(LEAST_PEOPLE, city.population));
  return { place: cityPlace(city), country: city.country, weight };
}

/** A water or a country. */
function rankedArea(place: Place, country: string): RankedPlace {
  return { place, country, weight: Math.log(place.radiusM) };
}
