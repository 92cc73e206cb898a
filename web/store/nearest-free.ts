import type { SearchItem } from "../../shared/api.ts";
import { distanceM } from "../../shared/geo.ts";

/** How well a berth must suit to be offered instead of another. */
const SUITS: readonly unknown[] = ["fits", "conditional"];

/**
 * Of what a search found, the berth nearest to one that is gone: free, and fitting where a boat was
 * asked for. What fits without conditions goes first. Undefined where there is none.
 */
export function nearestFree(
  items: readonly SearchItem[],
  gone: SearchItem,
  isTaken: (id: number) => boolean,
): { item: SearchItem; awayM: number } | undefined {
  const offers = items
    .filter(({ id, fit }) =>
      id !== gone.id && !isTaken(id) && (fit === null || SUITS.includes(fit.verdict))
    )
    .map((item) => ({ item, awayM: distanceM(gone, item) }));
  const whole = offers.filter(({ item }) => item.fit?.verdict !== "conditional");
  return (whole.length > 0 ? whole : offers).toSorted((a, b) => a.awayM - b.awayM)[0];
}
