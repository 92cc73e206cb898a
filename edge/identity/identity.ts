/** Somebody with an account. */
export interface Person {
  id: string;
  name: string;
  email: string;
  role: "user" | "admin";
  /** The session that a ticket or a sign-out is about. */
  sessionId: string;
}

/** Accounts and sessions. */
export interface Identity {
  /** The routes below /api/auth. */
  handle(request: Request): Promise<Response>;
  /** Whoever a request's cookie says, asked of the database each time; null for nobody. */
  personOf(headers: Headers): Promise<Person | null>;
}
