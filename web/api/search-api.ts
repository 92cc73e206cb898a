import type { Place, SearchAnswer } from "../../shared/api.ts";
import type { Http, QueryValue } from "./http.ts";

export type Query = Readonly<Record<string, QueryValue>>;

/** Docks that a search finds; `query` as the contract names its parts. */
export function findDocks(http: Http, query: Query, signal?: AbortSignal): Promise<SearchAnswer> {
  return http.get("docks", query, signal);
}

/** Places whose names begin like this. */
export async function findPlaces(http: Http, text: string, signal?: AbortSignal): Promise<Place[]> {
  return (await http.get<{ items: Place[] }>("places", { q: text }, signal)).items;
}
