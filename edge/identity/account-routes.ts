import * as z from "zod/mini";
import { Credentials, NewAccount } from "../../shared/account.ts";
import { Me } from "../../shared/api.ts";
import { pushClose, relayPushes } from "../events/relay-pushes.ts";
import { type Call, personEndpoint, publicEndpoint } from "../http/endpoint.ts";
import { HASHES, SIGN_IN, SIGN_IN_ACCOUNT } from "../http/limits.ts";
import type { SignedIn } from "./identity.ts";
import { readMe } from "./read-me.ts";

const Welcome = z.object({ user: Me });

/** `POST /api/auth/sign-up/email` */
export const signUp = publicEndpoint({
  summary: "Sign up",
  body: NewAccount,
  answer: Welcome,
  async handle(call) {
    call.limits.take(HASHES, call.clientIp ?? "");
    return await welcome(call, await call.deps.identity.signUp(call.body));
  },
});

/** `POST /api/auth/sign-in/email` */
export const signIn = publicEndpoint({
  summary: "Sign in",
  body: Credentials,
  answer: Welcome,
  async handle(call) {
    const { limits, body: { email }, clientIp = "" } = call;
    limits.take(HASHES, clientIp);
    const fromHere = `${clientIp} ${email}`;
    await limits.takeShared(SIGN_IN, fromHere);
    await limits.takeShared(SIGN_IN_ACCOUNT, email);
    const signedIn = await call.deps.identity.signIn(call.body);
    await limits.forgive(SIGN_IN, fromHere);
    await limits.forgive(SIGN_IN_ACCOUNT, email);
    return await welcome(call, signedIn);
  },
});

async function welcome(call: Call<unknown>, { personId, cookies }: SignedIn): Promise<Response> {
  return withCookies({ user: await readMe(call.sql, { id: personId }) }, cookies);
}

/** `POST /api/auth/sign-out`: harmless where nobody is signed in. */
export const signOut = publicEndpoint({
  summary: "Sign out",
  answer: z.object({ success: z.boolean() }),
  async handle({ deps, sql, request, background }) {
    const { ended, cookies } = await deps.identity.signOut(request.headers);
    if (ended) {
      await pushClose(sql, { userId: ended.id, sessionId: ended.sessionId });
      background(relayPushes(deps));
    }
    return withCookies({ success: true }, cookies);
  },
});

/** `GET /api/me` */
export const getMe = personEndpoint({
  summary: "Read who is signed in",
  answer: Me,
  async handle({ sql, deps, person, request }) {
    const [me, cookies] = await Promise.all([
      readMe(sql, person),
      deps.identity.renew(request.headers),
    ]);
    return withCookies(me, cookies);
  },
});

function withCookies(body: unknown, cookies: readonly string[]): Response {
  const headers = new Headers({ "Content-Type": "application/json" });
  for (const cookie of cookies) headers.append("Set-Cookie", cookie);
  return new Response(JSON.stringify(body), { headers });
}
