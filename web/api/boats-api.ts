import type { Boat, NewBoat } from "../../shared/boat.ts";
import type { Http, Page } from "./http.ts";

/** One's own boats. */
export async function listBoats(http: Http, signal?: AbortSignal): Promise<Boat[]> {
  return (await http.get<Page<Boat>>("boats", { limit: 100 }, signal)).items;
}

export function createBoat(http: Http, boat: NewBoat, idempotencyKey: string): Promise<Boat> {
  return http.send("POST", "boats", { body: boat, idempotencyKey });
}

/** Fails with `stale` where somebody changed the boat meanwhile. */
export function changeBoat(http: Http, seen: Boat, boat: NewBoat): Promise<Boat> {
  return http.send("PATCH", `boats/${seen.id}`, { body: boat, ifMatch: seen.version });
}

export function removeBoat(http: Http, seen: Boat): Promise<void> {
  return http.send("DELETE", `boats/${seen.id}`, { ifMatch: seen.version });
}
