import { BestPlaces, type Match, rankOf } from "./best-places.ts";
import type { NamePart, PlaceNames } from "./place-names.ts";
import type { Direction, PlaceTable } from "./place-table.ts";
import type { KeyRange } from "./prefix-list.ts";

/** Where places are looked for: a table of them, and lists of their names. */
export interface NamedPlaces {
  table: PlaceTable;
  names: readonly PlaceNames[];
}

interface Query {
  near: Direction | undefined;
  /** Words that say where a place is. */
  where: readonly string[];
}

const FUZZY_FROM_LETTERS = 4;
const TWO_ERRORS_FROM_LETTERS = 8;
/** With fewer places found by one typing error, two are as likely. */
const FEW = 3;
/** Words at a query's end that may say where a place is; fewer where the others have an error. */
const MOST_WHERE_WORDS = 8;
const MOST_WHERE_WORDS_FUZZY = 3;
/** What a name that is not shown takes of a place's weight: Parkersburg once was Newport. */
const OTHER_NAME_TAKES = 2;

/** The places that a plain text names, best first: the text as it is, else with typing errors. */
export function findPlaces(
  places: NamedPlaces,
  text: string,
  near: Direction | undefined,
  limit: number,
): Match[] {
  const best = new BestPlaces(limit);
  const splits = splitsOf(text);
  for (const { head, where } of splits) {
    for (const names of places.names) {
      // "å norway": of one letter and where it is, a name, not the tenth part of all places.
      const isName = head.length === 1 && where.length > 0;
      const range = isName ? names.endingWith(head) : names.startingWith(head);
      offer(places.table, names, [range], { near, where }, best);
    }
    if (best.count > 0) return best.take();
  }
  for (const { head, where } of splits) {
    if (head.length < FUZZY_FROM_LETTERS || where.length > MOST_WHERE_WORDS_FUZZY) break;
    for (const names of places.names) {
      offer(places.table, names, names.resembling(head, 1), { near, where }, best);
    }
    if (best.count > 0) break;
  }
  if (best.count < FEW && text.length >= TWO_ERRORS_FROM_LETTERS) {
    for (const names of places.names) {
      offer(places.table, names, names.resembling(text, 2), { near, where: [] }, best);
    }
  }
  return best.take();
}

/** "newport ri", "antibes france": all words name it, or the first do and the others say where. */
function splitsOf(text: string): { head: string; where: readonly string[] }[] {
  const words = text.split(" ");
  const counts = Array.from(
    { length: Math.min(words.length, 1 + MOST_WHERE_WORDS) },
    (_, others) => words.length - others,
  );
  return counts.map((count) => ({
    head: words.slice(0, count).join(" "),
    where: words.slice(count),
  }));
}

function offer(
  table: PlaceTable,
  names: PlaceNames,
  ranges: readonly KeyRange[],
  { near, where }: Query,
  best: BestPlaces,
): void {
  const isThere = createWhere(table, names, where);
  const part: NamePart = { isShown: false, tier: 0 };
  for (const { from, to, length, edits } of ranges) {
    for (let at = from; at < to; at++) {
      const number = names.placeAt(at);
      const kind = table.kindAt(number);
      names.partAt(at, length, part);
      const rank = rankOf(kind, edits, part.tier);
      const takes = part.isShown ? 0 : OTHER_NAME_TAKES;
      const hasRoom = best.hasRoom(kind, rank, table.weightAt(number) - takes);
      if (!hasRoom && !part.isShown) continue;
      const metres = near ? table.metresAt(number, near) : Infinity;
      // What one looks at is known by the name that the map shows.
      const nearestM = part.isShown ? metres : Infinity;
      if (!hasRoom && !best.isNearest(kind, nearestM)) continue;
      if (!isThere(number)) continue;
      const relevance = near ? table.relevanceAt(number, metres) : table.weightAt(number);
      best.offer({ number, kind, rank, relevance: relevance - takes, metres: nearestM });
    }
  }
}

/** Says of places whether they lie where some words say. */
function createWhere(
  table: PlaceTable,
  names: PlaceNames,
  words: readonly string[],
): (number: number) => boolean {
  if (words.length === 0) return () => true;
  const missingByContext = new Map<number, readonly string[]>();
  return (number) => {
    const context = table.contextAt(number);
    let missing = missingByContext.get(context);
    if (!missing) {
      missing = words.filter((word) => !table.contextHasWord(context, word));
      missingByContext.set(context, missing);
    }
    return missing.every((word) => names.shownHasWord(number, word));
  };
}
