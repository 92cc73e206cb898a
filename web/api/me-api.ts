import type { Me } from "../../shared/api.ts";
import { ApiFailure } from "./http.ts";
import type { Http } from "./http.ts";

/** Who is signed in, or null. */
export async function readMe(http: Http): Promise<Me | null> {
  try {
    return await http.get<Me>("me");
  } catch (error) {
    if (error instanceof ApiFailure && error.code === "unauthenticated") return null;
    throw error;
  }
}
