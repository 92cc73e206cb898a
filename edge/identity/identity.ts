import type { Credentials, NewAccount } from "../../shared/account.ts";

/** Somebody with an account. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: "user" | "admin";
  /** The session that a ticket or a sign-out is about. */
  sessionId: string;
}

/** Somebody who has just signed in, and the `Set-Cookie` headers that keep them so. */
export interface SignedIn {
  personId: string;
  cookies: readonly string[];
}

/** Accounts and sessions. */
export interface Identity {
  /** @throws {Problem} `email-taken`. */
  signUp(account: NewAccount): Promise<SignedIn>;
  /** @throws {Problem} `unauthenticated` where address and password do not belong together. */
  signIn(credentials: Credentials): Promise<SignedIn>;
  /** Ends the session of a request, if it has one; answers the cookies that forget it. */
  signOut(headers: Headers): Promise<{ ended: Person | null; cookies: readonly string[] }>;
  /** Whoever a request's cookie says, asked of the database each time; null for nobody. */
  personOf(headers: Headers): Promise<Person | null>;
  /** The cookies of a session that is used again after a day: it lives 30 days from then. */
  renew(headers: Headers): Promise<readonly string[]>;
}
