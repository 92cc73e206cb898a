import type { Sort } from "./api.ts";

/**
 * Where a page of a search ended: the last dock's key in its order and its id. It names no dock's
 * place in a list, so it holds while tiles change. Keys of prices were made with one version of
 * the exchange rates, which the next page must use too.
 */
export interface SearchCursor {
  sort: Sort;
  /** Ascending; Infinity where the dock has no price or no rating. */
  key: number;
  id: number;
  ratesVersion: number;
}

const LETTERS: Record<Sort, string> = { price: "p", distance: "d", rating: "r" };
const CURSOR = /^([pdr])_(x|-?\d{1,16})_(\d{1,10})_(\d{1,10})$/;

/** A cursor's text: opaque to clients, in letters that need no escaping in a URL. */
export function writeCursor({ sort, key, id, ratesVersion }: SearchCursor): string {
  return `${LETTERS[sort]}_${key === Infinity ? "x" : key}_${id}_${ratesVersion}`;
}

/** The cursor of a text of `writeCursor`; undefined where it is not one. */
export function readCursor(text: string): SearchCursor | undefined {
  const [, letter, key, id, ratesVersion] = CURSOR.exec(text) ?? [];
  const sorts: Sort[] = ["price", "distance", "rating"];
  const sort = sorts.find((name) => LETTERS[name] === letter);
  if (!sort) return undefined;
  return {
    sort,
    key: key === "x" ? Infinity : Number(key),
    id: Number(id),
    ratesVersion: Number(ratesVersion),
  };
}
