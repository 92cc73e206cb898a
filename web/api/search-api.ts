import type { Place, SearchAnswer } from "../../shared/api.ts";
import type { Position } from "../../shared/geo.ts";
import type { Http, QueryValue } from "./http.ts";

export type Query = Readonly<Record<string, QueryValue>>;

/** Docks that a search finds; `query` as the contract names its parts. */
export function findDocks(http: Http, query: Query, signal?: AbortSignal): Promise<SearchAnswer> {
  return http.get("docks", query, signal);
}

/** Places whose names begin like this; of equals those near a position first. */
export async function findPlaces(
  http: Http,
  text: string,
  near: Position | undefined,
  signal?: AbortSignal,
): Promise<Place[]> {
  // A kilometre is near enough, and says no more than it must of where somebody looks.
  const at = near && `${near.lat.toFixed(2)},${near.lon.toFixed(2)}`;
  return (await http.get<{ items: Place[] }>("places", { q: text, near: at }, signal)).items;
}
