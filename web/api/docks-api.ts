import type { Availability, Place, QuoteAnswer, SearchAnswer } from "../../shared/api.ts";
import type { Dock } from "../../shared/dock.ts";
import type { Stay } from "../../shared/stay.ts";
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

export function readDock(http: Http, id: string, signal?: AbortSignal): Promise<Dock> {
  return http.get(`docks/${encodeURIComponent(id)}`, undefined, signal);
}

/** Which nights of a span are free; on a quay, free for a boat of this length. */
export function readAvailability(
  http: Http,
  id: number,
  { from, to }: Stay,
  loaCm?: number,
  signal?: AbortSignal,
): Promise<Availability> {
  return http.get(`docks/${id}/availability`, { from, to, loaCm }, signal);
}

/** An offer for a stay; `vessel` is a saved boat's id or the values of one. */
export function readQuote(
  http: Http,
  id: number,
  { from, to }: Stay,
  vessel: Query,
  signal?: AbortSignal,
): Promise<QuoteAnswer> {
  return http.get(`docks/${id}/quote`, { from, to, ...vessel }, signal);
}
