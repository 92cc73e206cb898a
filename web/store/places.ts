import type { Place } from "../../shared/api.ts";
import { findPlaces } from "../api/search-api.ts";
import type { Http } from "../api/http.ts";

/** Places whose names begin like what is typed. */
export function lookUpPlaces(http: Http, text: string, signal: AbortSignal): Promise<Place[]> {
  return findPlaces(http, text, signal);
}
