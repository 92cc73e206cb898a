import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestEdge, signUp, type TestEdge } from "../local/test-edge.ts";

let edge: TestEdge;

beforeAll(async () => {
  edge = await createTestEdge();
});
afterAll(async () => {
  await edge.close();
});

const ANN = { name: "Ann", email: "ann@dokkerr.test", password: "a good password" };

function cookieOf(response: Response): string {
  return (response.headers.getSetCookie()[0] ?? "").split(";")[0]!;
}

async function codeOf(response: Response): Promise<string> {
  return ((await response.json()) as { code: string }).code;
}

describe("signing up and in", () => {
  let cookie: string;

  test("sign-up makes an account, a session and its cookie", async () => {
    const response = await edge.fetch("POST /api/auth/sign-up/email", {
      ...ANN,
      email: "Ann@Dokkerr.test",
    });
    expect(response.status).toBe(200);
    const [setCookie] = response.headers.getSetCookie();
    expect(setCookie).toMatch(/^dokkerr\.session_token=[^;]+; Max-Age=2592000;/);
    expect(setCookie).toMatch(/HttpOnly/);
    expect(setCookie).toMatch(/SameSite=Lax/);
    expect(setCookie).not.toMatch(/Secure|Domain/);
    const { user } = (await response.json()) as { user: object };
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      name: "Ann",
      email: "ann@dokkerr.test",
      roles: ["guest"],
    });
    cookie = cookieOf(response);
  });

  test("the cookie says who asks", async () => {
    const response = await edge.fetch("GET /api/me", undefined, { Cookie: `a=b; ${cookie}` });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ name: "Ann", email: "ann@dokkerr.test" });
  });

  test("the address is an account's own, also for two who come at once", async () => {
    const again = await edge.fetch("POST /api/auth/sign-up/email", ANN);
    expect(again.status).toBe(422);
    expect(await codeOf(again)).toBe("email-taken");
    const ben = { ...ANN, email: "ben@dokkerr.test" };
    const both = await Promise.all(
      [ben, ben].map((body) => edge.fetch("POST /api/auth/sign-up/email", body)),
    );
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    const people = await edge.sql.query(`SELECT 1 FROM person WHERE email = $1`, [ben.email]);
    expect(people).toHaveLength(1);
  });

  test("sign-in takes the address in any case and starts another session", async () => {
    const response = await edge.fetch("POST /api/auth/sign-in/email", {
      email: "ANN@dokkerr.test",
      password: ANN.password,
    });
    expect(response.status).toBe(200);
    expect(cookieOf(response)).not.toBe(cookie);
  });

  test("a wrong password and an unknown address get the same answer", async () => {
    const wrong = await edge.fetch("POST /api/auth/sign-in/email", {
      email: ANN.email,
      password: "not that",
    });
    const unknown = await edge.fetch("POST /api/auth/sign-in/email", {
      email: "nobody@dokkerr.test",
      password: "not that",
    });
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    const [a, b] = [await wrong.json(), await unknown.json()] as Record<string, unknown>[];
    expect({ ...a, requestId: "" }).toEqual({ ...b, requestId: "" });
    expect(a!.code).toBe("unauthenticated");
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  test("sign-out ends this session and no other", async () => {
    const other = cookieOf(
      await edge.fetch("POST /api/auth/sign-in/email", {
        email: ANN.email,
        password: ANN.password,
      }),
    );
    const response = await edge.fetch("POST /api/auth/sign-out", undefined, { Cookie: cookie });
    expect(response.status).toBe(200);
    expect(response.headers.getSetCookie()[0]).toMatch(/^dokkerr\.session_token=; Max-Age=0/);
    expect((await edge.fetch("GET /api/me", undefined, { Cookie: cookie })).status).toBe(401);
    expect((await edge.fetch("GET /api/me", undefined, { Cookie: other })).status).toBe(200);
    await edge.settle();
    const [told, ...more] = edge.hub.published.filter(({ party }) => party === "inbox");
    expect(told!.body).toEqual({
      kind: "close",
      userId: told!.id,
      sessionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(more).toEqual([]);
  });

  test("sign-out of nobody is harmless", async () => {
    expect((await edge.fetch("POST /api/auth/sign-out")).status).toBe(200);
  });
});

describe("what is refused", () => {
  test.each([
    [{ email: "x@dokkerr.test", password: "long enough" }, "name"],
    [{ ...ANN, name: "  " }, "name"],
    [{ ...ANN, name: "n".repeat(81) }, "name"],
    [{ ...ANN, email: "no address" }, "email"],
    [{ ...ANN, password: "7 chars" }, "password"],
    [{ ...ANN, password: "p".repeat(129) }, "password"],
    [{ ...ANN, role: "admin" }, "role"],
  ])("sign-up with %o says %s", async (body, path) => {
    const response = await edge.fetch("POST /api/auth/sign-up/email", body);
    expect(response.status).toBe(422);
    const { issues } = (await response.json()) as { issues: { path: string }[] };
    expect(issues.map((issue) => issue.path)).toContain(path);
  });

  test("nobody becomes an admin by signing up", async () => {
    expect(await edge.sql.query(`SELECT 1 FROM person WHERE role = 'admin'`)).toEqual([]);
  });

  test("a session that has run out, a forged cookie and none are nobody", async () => {
    const carl = await signUp(edge, "Carl");
    expect((await carl.fetch("GET /api/me")).status).toBe(200);
    const [name, value] = carl.cookie.split("=", 2) as [string, string];
    const token = decodeURIComponent(value).split(".")[0]!;
    for (
      const forged of [`${name}=${token}`, `${name}=${token}.${btoa("x".repeat(32))}`, `${name}=%`]
    ) {
      const response = await edge.fetch("GET /api/me", undefined, { Cookie: forged });
      expect(response.status).toBe(401);
    }
    await edge.sql.query(
      `UPDATE session SET expires_at = now() - interval '1 second' WHERE person_id = $1`,
      [carl.id],
    );
    expect((await carl.fetch("GET /api/me")).status).toBe(401);
    expect((await edge.fetch("GET /api/me")).status).toBe(401);
  });

  test("guessing a password is slowed down, and its owner is not from elsewhere", async () => {
    const dora = { name: "Dora", email: "dora@dokkerr.test", password: "right one" };
    await edge.fetch("POST /api/auth/sign-up/email", dora);
    const ask = (password: string, remoteAddress: string) =>
      edge.app.fetch(
        new Request("http://localhost:8787/api/auth/sign-in/email", {
          method: "POST",
          body: JSON.stringify({ email: dora.email, password }),
        }),
        { remoteAddress },
      );
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await ask("wrong one", "203.0.113.7")).status);
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    const refused = await ask(dora.password, "203.0.113.7");
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect((await ask(dora.password, "198.51.100.2")).status).toBe(200);
  });
});

test("a session used again after a day lives another thirty", async () => {
  const eve = await signUp(edge, "Eve");
  // As better-auth sees it: made to live 30 days, of which 2 are gone.
  await edge.sql.query(
    `UPDATE session SET expires_at = now() + interval '28 days' WHERE person_id = $1`,
    [eve.id],
  );
  const response = await eve.fetch("GET /api/me");
  expect(response.headers.getSetCookie()[0]).toMatch(/^dokkerr\.session_token=/);
  const [row] = await edge.sql.query<{ days: number }>(
    `SELECT extract(epoch FROM expires_at - now())::float8 / 86400 AS days
     FROM session WHERE person_id = $1`,
    [eve.id],
  );
  expect(row!.days).toBeGreaterThan(29.9);
  const again = await eve.fetch("GET /api/me");
  expect(again.headers.getSetCookie()).toEqual([]);
});

test("roles are guest, host with a harbour or a dock, and admin", async () => {
  const [host, admin] = await Promise.all([
    signUp(edge, "Hal"),
    signUp(edge, "Ada", { role: "admin" }),
  ]);
  await edge.sql.query(
    `WITH h AS (
       INSERT INTO harbour (name, place, country, lat, lon, time_zone)
       VALUES ('H', 'P', 'US', 41, -71, 'America/New_York') RETURNING id
     ) INSERT INTO harbour_staff SELECT id, $1 FROM h`,
    [host.id],
  );
  expect(await (await host.fetch("GET /api/me")).json()).toMatchObject({
    roles: ["guest", "host"],
  });
  expect(await (await admin.fetch("GET /api/me")).json()).toMatchObject({
    roles: ["guest", "admin"],
  });
});

test("over TLS the cookie is Secure, and its name says so", async () => {
  const secure = await createTestEdge({ env: { PUBLIC_URL: "https://dokkerr.example" } });
  try {
    const response = await secure.fetch("POST /api/auth/sign-up/email", ANN);
    const [setCookie] = response.headers.getSetCookie();
    expect(setCookie).toMatch(/^__Secure-dokkerr\.session_token=/);
    expect(setCookie).toMatch(/; Secure/);
    const me = await secure.fetch("GET /api/me", undefined, { Cookie: cookieOf(response) });
    expect(me.status).toBe(200);
  } finally {
    await secure.close();
  }
});
