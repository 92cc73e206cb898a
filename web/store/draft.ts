import type { KeptStrings } from "./prefs.ts";

export interface DraftStore {
  read(name: string): string;
  write(name: string, text: string): void;
}

const KEY = "dokkerr.drafts";
/** Raise with the form of what is kept; what was kept in another form is forgotten. */
const VERSION = 1;
/** The oldest are forgotten beyond this. */
const MAX_DRAFTS = 30;

/** Texts that were begun and not sent, by name, kept on this device. */
export function createDrafts(kept: KeptStrings): DraftStore {
  return {
    read: (name) => load(kept).get(name) ?? "",
    write(name, text) {
      // Read anew: another tab may have written another draft.
      const drafts = load(kept);
      drafts.delete(name);
      if (text.trim() !== "") drafts.set(name, text);
      try {
        const texts = [...drafts].slice(-MAX_DRAFTS);
        kept.setItem(KEY, JSON.stringify({ version: VERSION, texts }));
      } catch {
        // Storage full or refused: the text lives as long as the page.
      }
    },
  };
}

function load(kept: KeptStrings): Map<string, string> {
  try {
    const found = JSON.parse(kept.getItem(KEY) ?? "null") as {
      version?: unknown;
      texts?: unknown;
    } | null;
    if (found?.version !== VERSION || !Array.isArray(found.texts)) return new Map();
    return new Map(
      found.texts.filter((entry): entry is [string, string] =>
        Array.isArray(entry) && entry.length === 2 &&
        entry.every((part) => typeof part === "string")
      ),
    );
  } catch {
    return new Map();
  }
}
