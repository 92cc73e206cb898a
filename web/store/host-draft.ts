import type { Attempt } from "./attempt.ts";
import type { DockForm, HarbourForm } from "./host-form.ts";
import type { KeptStrings } from "./prefs.ts";

export type Step = "harbour" | "berth" | "stays" | "price" | "review";

/** A dock that is being written, with all that must outlive a reload. */
export interface NewDockDraft {
  step: Step;
  /** One of the person's harbours, or null for the one in `harbour`. */
  harbourId: number | null;
  /** The person has said which; until then the first harbour is suggested. */
  hasChosen: boolean;
  harbour: HarbourForm;
  dock: DockForm;
  harbourAttempt?: Attempt | undefined;
  dockAttempt?: Attempt | undefined;
}

/** Raise with the form of a draft; one kept in another form is forgotten. */
const VERSION = 1;

function keyOf(personId: string): string {
  return `dokkerr.new-dock.${personId}`;
}

/** The draft that a person left on this device; values that it lacks are `blank`'s. */
export function readDraft(
  kept: KeptStrings,
  personId: string,
  blank: NewDockDraft,
): NewDockDraft | undefined {
  try {
    const found = JSON.parse(kept.getItem(keyOf(personId)) ?? "null") as
      | { version: number; draft: NewDockDraft }
      | null;
    if (found?.version !== VERSION) return undefined;
    // Written by this version of this store, and nothing else writes this key.
    const { draft } = found;
    return {
      ...blank,
      ...draft,
      harbour: { ...blank.harbour, ...draft.harbour },
      dock: { ...blank.dock, ...draft.dock },
    };
  } catch {
    return undefined;
  }
}

/** Keeps a draft, or forgets it. */
export function writeDraft(
  kept: KeptStrings,
  personId: string,
  draft: NewDockDraft | null,
): void {
  try {
    kept.setItem(keyOf(personId), JSON.stringify(draft && { version: VERSION, draft }));
  } catch {
    // Storage full or refused: the draft lives until the page is left.
  }
}

/** Whether a person has begun a dock on this device. */
export function hasDraft(kept: KeptStrings, personId: string): boolean {
  try {
    const found = JSON.parse(kept.getItem(keyOf(personId)) ?? "null") as { version: number } | null;
    return found?.version === VERSION;
  } catch {
    return false;
  }
}
