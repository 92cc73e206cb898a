import type { Http } from "./http.ts";

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
