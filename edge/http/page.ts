import { isUuid } from "../../shared/ids.ts";
import { pageQuery } from "./query.ts";
import { invalid } from "./validate.ts";

export interface PageRequest<Key> {
  /** The key of the last item seen; undefined for the first page. */
  after: Key | undefined;
  limit: number;
}

/**
 * `limit` and `cursor` of a keyset list. A cursor is its list's key in base64url; `parseKey`
 * answers undefined for what is none.
 */
export function readPage<Key>(
  query: URLSearchParams,
  parseKey: (text: string) => Key | undefined,
): PageRequest<Key> {
  const { limit, cursor } = pageQuery(query);
  if (cursor === undefined) return { after: undefined, limit };
  const after = parseKey(decodeCursor(cursor));
  if (after === undefined) {
    throw invalid("Cannot list", [{ path: "cursor", message: "Is not one that this list gave" }]);
  }
  return { after, limit };
}

/** A page of rows of which one more than `limit` was asked for. */
export function toPage<Item>(
  rows: readonly Item[],
  limit: number,
  keyOf: (item: Item) => string | number,
): { items: Item[]; nextCursor: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items, nextCursor: more ? encodeCursor(String(keyOf(last))) : null };
}

/** A key of UUIDs, for `readPage`. */
export function uuidKey(text: string): string | undefined {
  return isUuid(text) ? text : undefined;
}

/** A key of whole numbers above zero, for `readPage`. */
export function numberKey(text: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : undefined;
}

function encodeCursor(key: string): string {
  return btoa(key).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function decodeCursor(cursor: string): string {
  try {
    return atob(cursor.replaceAll("-", "+").replaceAll("_", "/"));
  } catch {
    return "";
  }
}
