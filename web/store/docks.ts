import type { Dock } from "../../shared/dock.ts";
import { readDock } from "../api/docks-api.ts";
import type { Http } from "../api/http.ts";

/** A dock by the id in an address. */
export function readDockById(http: Http, id: string, signal: AbortSignal): Promise<Dock> {
  return readDock(http, id, signal);
}
