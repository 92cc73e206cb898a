import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Me } from "../../shared/api.ts";
import type { Http } from "../api/http.ts";
import { readMe } from "../api/me-api.ts";

export interface Session {
  /** The person; null for nobody, undefined until it is known. */
  me: Signal<Me | null | undefined>;
  /** Resolves when it is known who is signed in; fails when that cannot be asked. */
  ready(): Promise<Me | null>;
  signIn(email: string, password: string): Promise<void>;
  signUp(name: string, email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** An answer said that the session is over. */
  lapse(): void;
}

const loadAccountApi = () => import("../api/account-api.ts");

export function createSession(http: () => Http): Session {
  const me = signal<Me | null | undefined>(undefined);
  let asking: Promise<Me | null> | undefined;
  const refresh = () => {
    asking = readMe(http()).then((person) => me.value = person);
    asking.catch(() => asking = undefined);
    return asking;
  };
  return {
    me,
    ready: () => asking ?? refresh(),
    async signIn(email, password) {
      await (await loadAccountApi()).signIn(http(), email, password);
      await refresh();
    },
    async signUp(name, email, password) {
      await (await loadAccountApi()).signUp(http(), name, email, password);
      await refresh();
    },
    async signOut() {
      await (await loadAccountApi()).signOut(http());
      me.value = null;
      asking = Promise.resolve(null);
    },
    lapse() {
      if (me.value === undefined) return;
      me.value = null;
      asking = Promise.resolve(null);
    },
  };
}
