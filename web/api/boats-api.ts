import type { Boat, NewBoat } from "../../shared/boat.ts";
import type { Http, Page } from "./http.ts";

/** One's own boats. */
export async function listBoats(http: Http, signal?: AbortSignal): Promise<Boat[]> {
  return (await http.get<Page<Boat>>("boats", { limit: 100 }, signal)).items;
}

export function createBoat(http: Http, boat: NewBoat, idempotencyKey: string): Promise<Boat> {
  return http.send("POST", "boats", { body: boat, idempotencyKey });
}

/**
 * Makes a saved boat like `boat`: what she no longer says is cleared. Fails with `stale` where
 * somebody changed her meanwhile.
 */
export function changeBoat(http: Http, seen: Boat, boat: NewBoat): Promise<Boat> {
  const { id, version, ...before } = seen;
  const cleared = Object.fromEntries(Object.keys(before).map((name) => [name, null]));
  return http.send("PATCH", `boats/${id}`, { body: { ...cleared, ...boat }, ifMatch: version });
}

export function removeBoat(http: Http, seen: Boat): Promise<void> {
  return http.send("DELETE", `boats/${seen.id}`, { ifMatch: seen.version });
}
