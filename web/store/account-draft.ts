import { signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { KeptStrings } from "./prefs.ts";

/** What was typed to get in; a password is never kept. */
export interface AccountDraft {
  name: string;
  email: string;
}

export interface AccountDraftStore {
  value: ReadonlySignal<AccountDraft>;
  change(part: Partial<AccountDraft>): void;
  /** Somebody is in: nothing need be kept. */
  clear(): void;
}

const KEY = "dokkerr.account-draft";
const EMPTY: AccountDraft = { name: "", email: "" };

/** Shared by signing in and signing up, so that going from one to the other loses nothing. */
export function createAccountDraft(kept: KeptStrings): AccountDraftStore {
  const value = signal(read(kept));
  const set = (next: AccountDraft) => {
    value.value = next;
    try {
      kept.setItem(KEY, JSON.stringify(next));
    } catch {
      // Storage full or refused: the draft lives as long as its page.
    }
  };
  return {
    value,
    change: (part) => set({ ...value.value, ...part }),
    clear: () => set(EMPTY),
  };
}

function read(kept: KeptStrings): AccountDraft {
  try {
    const { name, email } = JSON.parse(kept.getItem(KEY) ?? "{}") as Partial<AccountDraft>;
    return {
      name: typeof name === "string" ? name : "",
      email: typeof email === "string" ? email : "",
    };
  } catch {
    return EMPTY;
  }
}
