import type { Page } from "../api/http.ts";

/** Pages of a list that are read at most: a harbour of more is worked through its own lists. */
const MAX_PAGES = 8;

/** A person's own list, of which all is shown at once. */
export async function readAll<T>(read: (cursor?: string) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  for (let i = 0; i < MAX_PAGES; i++) {
    const page = await read(cursor);
    items.push(...page.items);
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return items;
}
