import type { Sort } from "./api.ts";

/**
 * Where a page of a search ended: the last dock's key in its order and its id. It names no dock's
 * place in a list, so it holds while tiles change; and it names the docks of the pages before, so
 * that none comes twice whose key has changed meanwhile. Keys of prices were made with one version
 * of the exchange rates, which the next page uses too.
 */
export interface SearchCursor {
  sort: Sort;
  /** Ascending; Infinity where the dock has no price or no rating. */
  key: number;
  id: number;
  ratesVersion: number;
  /** Ids of docks that were shown, ascending; of the first thousand. */
  shown: readonly number[];
}

const LETTERS: Record<Sort, string> = { price: "p", distance: "d", rating: "r" };
const CURSOR = /^([pdr])_(x|-?\d{1,16})_(\d{1,10})_(\d{1,10})_([\w-]*)$/;

/** A cursor goes into a URL, of which servers and proxies take some 8 KB. */
const MOST_SHOWN = 1_000;
const MOST_ID = 2 ** 32 - 1;

/** Five bits of a number each; those before its last have the sixth bit set. */
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const MORE = 32;

/** A cursor's text: opaque to clients, in letters that need no escaping in a URL. */
export function writeCursor({ sort, key, id, ratesVersion, shown }: SearchCursor): string {
  const place = key === Infinity ? "x" : key;
  return `${LETTERS[sort]}_${place}_${id}_${ratesVersion}_${writeIds(shown)}`;
}

/** The cursor of a text of `writeCursor`; undefined where it is not one. */
export function readCursor(text: string): SearchCursor | undefined {
  const [, letter, key, id, ratesVersion, digits = ""] = CURSOR.exec(text) ?? [];
  const sorts: Sort[] = ["price", "distance", "rating"];
  const sort = sorts.find((name) => LETTERS[name] === letter);
  const shown = readIds(digits);
  if (!sort || !shown) return undefined;
  return {
    sort,
    key: key === "x" ? Infinity : Number(key),
    id: Number(id),
    ratesVersion: Number(ratesVersion),
    shown,
  };
}

/** The exchange rates that the next page of a search by price has to use. */
export function pinnedRates(cursor: string | undefined): number | undefined {
  const read = cursor === undefined ? undefined : readCursor(cursor);
  return read?.sort === "price" ? read.ratesVersion : undefined;
}

/** Docks that were shown, with those of one page more. */
export function addShown(before: readonly number[], page: readonly number[]): number[] {
  const room = Math.max(0, MOST_SHOWN - before.length);
  return [...new Set([...before, ...page.slice(0, room)])].sort((a, b) => a - b);
}

/** Neighbours on a page are neighbours in their harbour: steps from id to id are short. */
function writeIds(ids: readonly number[]): string {
  let text = "";
  let last = 0;
  for (const id of ids) {
    let step = id - last;
    for (; step >= MORE; step = Math.floor(step / MORE)) text += DIGITS[step % MORE + MORE];
    text += DIGITS[step];
    last = id;
  }
  return text;
}

function readIds(text: string): number[] | undefined {
  const ids: number[] = [];
  let last = 0;
  let step = 0;
  let unit = 1;
  for (const digit of text) {
    const value = DIGITS.indexOf(digit);
    step += (value % MORE) * unit;
    unit *= MORE;
    if (value >= MORE) continue;
    last += step;
    if (step === 0 || last > MOST_ID || ids.length === MOST_SHOWN) return undefined;
    ids.push(last);
    step = 0;
    unit = 1;
  }
  return unit === 1 ? ids : undefined;
}
