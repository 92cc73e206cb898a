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

export function signIn(http: Http, email: string, password: string): Promise<unknown> {
  return http.send("POST", "auth/sign-in/email", { body: { email, password } });
}

export function signUp(
  http: Http,
  name: string,
  email: string,
  password: string,
): Promise<unknown> {
  return http.send("POST", "auth/sign-up/email", { body: { name, email, password } });
}

export function signOut(http: Http): Promise<unknown> {
  return http.send("POST", "auth/sign-out", { body: {} });
}
