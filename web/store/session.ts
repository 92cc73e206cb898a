import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Me } from "../../shared/api.ts";
import type { Http } from "../api/http.ts";
import { readMe } from "../api/me-api.ts";
import type { KeptStrings } from "./prefs.ts";

export interface Session {
  /** The person; null for nobody, undefined until it is known. */
  me: Signal<Me | null | undefined>;
  /**
   * Asks who is signed in where this device remembers somebody. A visitor is taken for one
   * unasked: most are, and an answer that says so is an error in a browser's console.
   */
  begin(): Promise<Me | null>;
  /** Resolves when it is known who is signed in; fails when that cannot be asked. */
  ready(): Promise<Me | null>;
  signIn(email: string, password: string): Promise<void>;
  signUp(name: string, email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** An answer said that the session is over. */
  lapse(): void;
}

/** Says whether somebody signed in on this device and has not signed out. */
const KEY = "dokkerr.signed-in";

const loadAccountApi = () => import("../api/account-api.ts");

export function createSession(http: () => Http, kept: KeptStrings): Session {
  const me = signal<Me | null | undefined>(undefined);
  let asking: Promise<Me | null> | undefined;
  const know = (person: Me | null) => {
    remember(kept, person !== null);
    return me.value = person;
  };
  const refresh = () => {
    // What was asked before a sign-in says nothing of who is here after it.
    const asked: Promise<Me | null> = readMe(http()).then((person) =>
      asking === asked ? know(person) : person
    );
    asking = asked;
    asked.catch(() => asking === asked && (asking = undefined));
    return asked;
  };
  const end = () => {
    asking = Promise.resolve(know(null));
  };
  return {
    me,
    begin() {
      if (asking || mayBeSignedIn(kept)) return asking ?? refresh();
      me.value = null;
      return Promise.resolve(null);
    },
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
      end();
    },
    lapse() {
      if (me.value !== undefined) end();
    },
  };
}

function remember(kept: KeptStrings, isSignedIn: boolean): void {
  try {
    kept.setItem(KEY, isSignedIn ? "yes" : "no");
  } catch {
    // Storage full or refused: the next visit asks.
  }
}

/** False only where storage works and does not say that somebody signed in. */
function mayBeSignedIn(kept: KeptStrings): boolean {
  try {
    if (kept.getItem(KEY) === null) kept.setItem(KEY, "no");
    return kept.getItem(KEY) !== "no";
  } catch {
    return true;
  }
}
