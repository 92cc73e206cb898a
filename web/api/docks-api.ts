import type { Availability, QuoteAnswer } from "../../shared/api.ts";
import type { Dock } from "../../shared/dock.ts";
import type { Stay } from "../../shared/stay.ts";
import type { Http } from "./http.ts";
import type { Query } from "./search-api.ts";

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
