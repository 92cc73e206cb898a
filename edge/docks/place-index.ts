import type { Place } from "../../shared/api.ts";
import { distanceM, type Position } from "../../shared/geo.ts";
import type { City } from "./geonames.ts";
import {
  cityPlace,
  countryPlaces,
  type HarbourPlace,
  harbourPlace,
  regionPlaces,
} from "./places.ts";
import { keysOf, plainText, withShortSaint } from "./place-text.ts";
import { type KeyRange, PrefixList } from "./prefix-list.ts";

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

interface Entry {
  place: Place;
  /** Names as they are compared, the one that is shown first. */
  names: string[];
  /** The words of name and context, a space before each. */
  words: string;
  /** Logarithm of the people, or of the docks, that are there. */
  weight: number;
}

interface Match {
  entry: Entry;
  /** Typing errors that were forgiven. */
  edits: number;
  /** 0 the whole name, 1 its beginning, 2 the beginning of another word or name. */
  tier: number;
  relevance: number;
}

const KIND_RANK = { harbour: 0, city: 1, region: 2, country: 3 };
/** Beyond so many keys of a prefix only the weightiest places are compared, to stay under 5 ms. */
const MOST_COMPARED = 1_000;
const FUZZY_FROM_LETTERS = 4;
const TWO_ERRORS_FROM_LETTERS = 8;
const MOST_QUERY_LETTERS = 80;

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
  const cities = sources.cities ?? [];
  const harbours = Array.from(sources.harbours);
  const entries = [
    ...harbours.map(harbourEntry),
    ...cities.map(cityEntry),
    ...regionPlaces().map((place) => entryOf(place, [], Math.log(place.radiusM))),
    ...countryPlaces(cities.length > 0 ? cities : harbours)
      .map((place) => entryOf(place, [], Math.log(place.radiusM))),
  ];
  // A place's number is its rank: the lowest numbers of a range are the weightiest of it.
  entries.sort((a, b) => rankOf(a) - rankOf(b) || b.weight - a.weight);
  const entryNumbers = new Map(entries.map((entry, number) => [entry.place.id, number]));
  const known = new PrefixList(entries.flatMap(pairsOf));
  let addedPairs: (readonly [string, number])[] = [];
  let added = new PrefixList(addedPairs);

  function matchesOf(list: PrefixList, range: KeyRange, query: Query, found: Map<Entry, Match>) {
    for (const number of numbersOf(list, range)) {
      const entry = entries[number]!;
      if (!query.others.every((word) => entry.words.includes(` ${word}`))) continue;
      const before = found.get(entry);
      if (before && before.edits <= range.edits) continue;
      const { text, near } = query;
      found.set(entry, {
        entry,
        edits: range.edits,
        tier: tierOf(entry, text),
        relevance: relevanceOf(entry, near),
      });
    }
  }

  /** The most of a range that is worth comparing: the weightiest harbours, then the rest. */
  function numbersOf(list: PrefixList, { from, to }: KeyRange): Iterable<number> {
    const numbers = Int32Array.from({ length: to - from }, (_, i) => list.owner(from + i));
    if (numbers.length <= MOST_COMPARED) return numbers;
    const unique = Array.from(new Set(numbers.sort()));
    const harbourEnd = unique.findIndex((number) => entries[number]!.place.kind !== "harbour");
    const harboursTaken = unique.slice(0, harbourEnd < 0 ? unique.length : harbourEnd)
      .slice(0, MOST_COMPARED / 2);
    const othersTaken = harbourEnd < 0
      ? []
      : unique.slice(harbourEnd, harbourEnd + MOST_COMPARED / 2);
    // What is named exactly so stands first in its range, however light it is.
    const exact = Array.from({ length: 20 }, (_, i) => list.owner(from + i));
    return new Set([...exact, ...harboursTaken, ...othersTaken]);
  }

  function find(text: string, near: Position | undefined): Map<Entry, Match> {
    const found = new Map<Entry, Match>();
    const words = text.split(" ");
    for (const list of [known, added]) {
      matchesOf(list, list.startingWith(text), { text, others: [], near }, found);
      // "newport ri", "antibes france": the first words name it, the others say where.
      for (let count = words.length - 1; count > 0 && found.size === 0; count--) {
        const head = words.slice(0, count).join(" ");
        const others = words.slice(count);
        matchesOf(list, list.startingWith(head), { text: head, others, near }, found);
      }
    }
    if (found.size > 0 || text.length < FUZZY_FROM_LETTERS) return found;
    const most = text.length < TWO_ERRORS_FROM_LETTERS ? 1 : 2;
    for (const list of [known, added]) {
      for (const range of list.resembling(text, most)) {
        matchesOf(list, range, { text, others: [], near }, found);
      }
    }
    return found;
  }

  return {
    search(query, { limit = 8, near } = {}) {
      const text = plainText(query.slice(0, MOST_QUERY_LETTERS));
      if (text === "" || limit < 1) return [];
      const matches = Array.from(find(text, near).values()).sort(compareMatches);
      return takeMixed(matches, limit).map((match) => match.entry.place);
    },
    get(id) {
      const number = entryNumbers.get(id);
      return number === undefined ? undefined : entries[number]!.place;
    },
    add(harbour) {
      const entry = harbourEntry(harbour);
      const number = entryNumbers.get(entry.place.id);
      // Keys of an earlier name stay behind; what they lead to is compared by its present name.
      if (number !== undefined) entries[number] = entry;
      const own = number ?? entries.push(entry) - 1;
      entryNumbers.set(entry.place.id, own);
      addedPairs = [...addedPairs.filter((pair) => pair[1] !== own), ...pairsOf(entry, own)];
      added = new PrefixList(addedPairs);
    },
  };
}

interface Query {
  text: string;
  others: readonly string[];
  near: Position | undefined;
}

function harbourEntry(harbour: HarbourPlace): Entry {
  return entryOf(harbourPlace(harbour), [], Math.log(1 + (harbour.docks ?? 0)));
}

function cityEntry(city: City): Entry {
  return entryOf(cityPlace(city), city.otherNames, Math.log(1 + city.population));
}

function entryOf(place: Place, otherNames: readonly string[], weight: number): Entry {
  const plain = [place.name, ...otherNames].map(plainText).filter((name) => name !== "");
  const names = [...new Set(plain.flatMap(withShortSaint))];
  return { place, names, words: ` ${names[0] ?? ""} ${plainText(place.context)}`, weight };
}

function pairsOf(entry: Entry, number: number): [string, number][] {
  return entry.names.flatMap((name) => keysOf(name)).map((key) => [key, number]);
}

function rankOf(entry: Entry): number {
  return KIND_RANK[entry.place.kind];
}

function tierOf(entry: Entry, text: string): number {
  if (entry.names.includes(text)) return 0;
  return entry.names[0]?.startsWith(text) ? 1 : 2;
}

function relevanceOf(entry: Entry, near: Position | undefined): number {
  if (!near) return entry.weight;
  return entry.weight - 1.5 * Math.log(1 + distanceM(near, entry.place) / 20_000);
}

function compareMatches(a: Match, b: Match): number {
  return a.edits - b.edits || Math.min(a.tier, 1) - Math.min(b.tier, 1) ||
    rankOf(a.entry) - rankOf(b.entry) || a.tier - b.tier || b.relevance - a.relevance ||
    (a.entry.place.id < b.entry.place.id ? -1 : 1);
}

/** The best, of which at most three quarters are harbours while there is anything else. */
function takeMixed(matches: readonly Match[], limit: number): readonly Match[] {
  const best = matches.slice(0, limit);
  const others = matches.slice(limit).filter((match) => rankOf(match.entry) > 0);
  const most = Math.ceil((limit * 3) / 4);
  let harbours = best.filter((match) => rankOf(match.entry) === 0).length;
  for (let at = best.length - 1; at >= 0 && harbours > most && others.length > 0; at--) {
    if (rankOf(best[at]!.entry) > 0) continue;
    best.splice(at, 1);
    best.push(others.shift()!);
    harbours--;
  }
  return best.sort(compareMatches);
}
