import type { QuoteAnswer } from "../../shared/api.ts";
import type { Dock } from "../../shared/dock.ts";
import type { Stay } from "../../shared/stay.ts";
import { readDock, readQuote } from "../api/docks-api.ts";
import type { Http } from "../api/http.ts";

/** A dock by the id in an address. */
export function readDockById(http: Http, id: string, signal: AbortSignal): Promise<Dock> {
  return readDock(http, id, signal);
}

/** The price of a stay for one of one's own boats. */
export function readBoatQuote(
  http: Http,
  id: number,
  stay: Stay,
  boatId: string,
  signal: AbortSignal,
): Promise<QuoteAnswer> {
  return readQuote(http, id, stay, { boatId }, signal);
}
