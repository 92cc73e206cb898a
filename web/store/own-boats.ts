import type { Boat } from "../../shared/boat.ts";
import { listBoats } from "../api/boats-api.ts";
import type { Http } from "../api/http.ts";

/** The boats of who is signed in; none where they cannot be had: measures can still be typed. */
export async function loadOwnBoats(http: Http): Promise<readonly Boat[]> {
  try {
    return await listBoats(http);
  } catch {
    return [];
  }
}
