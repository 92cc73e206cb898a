import { betterAuth } from "better-auth/minimal";
import { uuidV7 } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";
import { sqlAuthAdapter } from "./auth-adapter.ts";
import type { Identity, Person, SignedIn } from "./identity.ts";
import { createSessionCookie, SESSION_SECONDS } from "./session-cookie.ts";

/** Begins the names of our cookies. */
export const COOKIE_PREFIX = "dokkerr";

export interface AccountsOptions {
  sql: Sql;
  publicUrl: string;
  authSecret: string;
  now: () => number;
  randomBytes: (count: number) => Uint8Array;
  log: (level: "info" | "warn" | "error", message: string, fields?: object) => void;
}

/**
 * Accounts by better-auth: it makes and checks passwords and sessions; reading a session, which
 * every request does, is one statement of our own over the same cookie and table.
 */
export function createAccounts(options: AccountsOptions): Identity {
  const { sql, publicUrl, authSecret } = options;
  const auth = createAuth(options);
  const cookie = createSessionCookie(COOKIE_PREFIX, publicUrl, authSecret);

  async function personOf(headers: Headers): Promise<Person | null> {
    const token = await cookie.tokenOf(headers);
    if (token === null) return null;
    const [person] = await sql.query<Person>(
      `SELECT p.id, p.name, p.email, p.role, s.id AS "sessionId"
       FROM session s JOIN person p ON p.id = s.person_id
       WHERE s.token = $1 AND s.expires_at > now()`,
      [token],
    );
    return person ?? null;
  }

  return {
    personOf,

    async signUp(account): Promise<SignedIn> {
      try {
        const { headers, response } = await auth.api.signUpEmail({
          body: account,
          returnHeaders: true,
        });
        return { personId: response.user.id, cookies: headers.getSetCookie() };
      } catch (error) {
        const isTaken = codeOf(error)?.startsWith("USER_ALREADY_EXISTS") ||
          // Two sign-ups of one address at once: the second fails on the table's own constraint.
          (codeOf(error) === "FAILED_TO_CREATE_USER" && await hasAccount(sql, account.email));
        if (!isTaken) throw error;
        throw new Problem("email-taken", `Cannot sign up: ${account.email} has an account already`);
      }
    },

    async signIn(credentials): Promise<SignedIn> {
      try {
        const { headers, response } = await auth.api.signInEmail({
          body: credentials,
          returnHeaders: true,
        });
        return { personId: response.user.id, cookies: headers.getSetCookie() };
      } catch (error) {
        if (codeOf(error) !== "INVALID_EMAIL_OR_PASSWORD") throw error;
        throw new Problem("unauthenticated", "Cannot sign in: address or password is wrong");
      }
    },

    async signOut(headers) {
      const ended = await personOf(headers);
      if (ended) await sql.query(`DELETE FROM session WHERE id = $1`, [ended.sessionId]);
      return { ended, cookies: [cookie.clear()] };
    },

    async renew(headers) {
      const answer = await auth.api.getSession({ headers, returnHeaders: true });
      return answer.headers.getSetCookie();
    },
  };
}

function createAuth({ sql, publicUrl, authSecret, now, randomBytes, log }: AccountsOptions) {
  return betterAuth({
    appName: "Dokkerr",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret: authSecret,
    database: sqlAuthAdapter(sql),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: {
      modelName: "person",
      fields: { emailVerified: "email_verified", createdAt: "created_at", updatedAt: "updated_at" },
    },
    session: {
      modelName: "session",
      expiresIn: SESSION_SECONDS,
      updateAge: 24 * 3_600,
      cookieCache: { enabled: false },
      fields: {
        userId: "person_id",
        expiresAt: "expires_at",
        ipAddress: "ip_address",
        userAgent: "user_agent",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    account: {
      modelName: "credential",
      fields: {
        accountId: "account_id",
        providerId: "provider_id",
        userId: "person_id",
        accessToken: "access_token",
        refreshToken: "refresh_token",
        idToken: "id_token",
        accessTokenExpiresAt: "access_token_expires_at",
        refreshTokenExpiresAt: "refresh_token_expires_at",
        createdAt: "created_at",
        updatedAt: "updated_at",
      },
    },
    verification: {
      modelName: "verification",
      fields: { expiresAt: "expires_at", createdAt: "created_at", updatedAt: "updated_at" },
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl.startsWith("https://"),
      ipAddress: { disableIpTracking: true },
      database: { generateId: () => uuidV7(now(), randomBytes(10)) },
    },
    telemetry: { enabled: false },
    logger: {
      level: "error",
      log: (_level, message) => log("warn", "better-auth", { message }),
    },
  });
}

/** better-auth's own code of a refusal. */
function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("body" in error)) return undefined;
  const body = error.body as { code?: unknown } | undefined;
  return typeof body?.code === "string" ? body.code : undefined;
}

async function hasAccount(sql: Sql, email: string): Promise<boolean> {
  return (await sql.query(`SELECT 1 FROM person WHERE email = $1`, [email])).length > 0;
}
