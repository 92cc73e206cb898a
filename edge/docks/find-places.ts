import type { Place } from "../../shared/api.ts";
import type { Position } from "../../shared/geo.ts";
import type { PlaceIndex } from "./place-index.ts";

/** Places that a text names as one types it; of equals, the nearer to what one looks at first. */
export async function findPlaces(
  places: PlaceIndex,
  text: string,
  options: { near: Position | undefined; limit: number },
): Promise<Place[]> {
  await places.catchUp?.();
  return places.search(text, options);
}
