import { describe, expect, it } from "vitest";
import { ApiFailure } from "../api/http.ts";
import type { Http } from "../api/http.ts";
import { createSession } from "./session.ts";

const ann = { id: "p1", name: "Ann", email: "ann@example.org", roles: ["guest" as const] };

/** A device's storage and an API to which `signedIn` says who asks. */
function device(initial: string | null = null) {
  let text = initial;
  const kept = { getItem: () => text, setItem: (_: string, value: string) => void (text = value) };
  const state = { signedIn: null as typeof ann | null, asked: 0 };
  const http = {
    get() {
      state.asked++;
      return state.signedIn
        ? Promise.resolve(state.signedIn)
        : Promise.reject(new ApiFailure("unauthenticated", "nobody"));
    },
    send(_method: string, path: string) {
      state.signedIn = path === "auth/sign-out" ? null : ann;
      return Promise.resolve({});
    },
  } as unknown as Http;
  return { kept, state, http: () => http, said: () => text };
}

describe("createSession", () => {
  it("does not ask about a visitor, until a page must know", async () => {
    const { kept, state, http } = device();
    const session = createSession(http, kept);
    await expect(session.begin()).resolves.toBeNull();
    expect([session.me.value, state.asked]).toEqual([null, 0]);
    state.signedIn = ann;
    await expect(session.ready()).resolves.toEqual(ann);
    expect([session.me.value, state.asked]).toEqual([ann, 1]);
  });

  it("asks on the next visit after a sign-in, and not after a sign-out", async () => {
    const { kept, state, http } = device();
    const first = createSession(http, kept);
    await first.begin();
    await first.signIn("ann@example.org", "password");
    expect(first.me.value).toEqual(ann);

    const second = createSession(http, kept);
    await expect(second.begin()).resolves.toEqual(ann);
    await second.signOut();
    expect(second.me.value).toBeNull();

    const before = state.asked;
    await expect(createSession(http, kept).begin()).resolves.toBeNull();
    expect(state.asked).toBe(before);
  });

  it("forgets somebody whose session is over", async () => {
    const { kept, http, said } = device("yes");
    const session = createSession(http, kept);
    await expect(session.begin()).resolves.toBeNull();
    expect(said()).toBe("no");

    const { kept: other, http: api, state, said: otherSaid } = device("yes");
    state.signedIn = ann;
    const later = createSession(api, other);
    await later.begin();
    later.lapse();
    expect([later.me.value, otherSaid()]).toEqual([null, "no"]);
  });

  it("asks where nothing can be remembered", async () => {
    const { state, http } = device();
    state.signedIn = ann;
    const mute = { getItem: () => null, setItem: () => undefined };
    await expect(createSession(http, mute).begin()).resolves.toEqual(ann);
    const refusing = {
      getItem: () => {
        throw new Error("refused");
      },
      setItem: () => {
        throw new Error("refused");
      },
    };
    await expect(createSession(http, refusing).begin()).resolves.toEqual(ann);
  });

  it("asks again after a failure that says nothing about the person", async () => {
    const { kept, state, http, said } = device("yes");
    const api = http();
    const session = createSession(() => failing, kept);
    let failing = { ...api, get: () => Promise.reject(new ApiFailure("offline", "away")) } as Http;
    await expect(session.begin()).rejects.toMatchObject({ code: "offline" });
    expect([session.me.value, said()]).toEqual([undefined, "yes"]);
    failing = api;
    state.signedIn = ann;
    await expect(session.ready()).resolves.toEqual(ann);
  });
});
