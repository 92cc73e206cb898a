import { batch, signal } from "@preact/signals";
import type { ReadonlySignal } from "@preact/signals";
import type { Boat } from "../../shared/boat.ts";
import type { ApiFailure } from "../api/http.ts";
import { failureCode, faultsOf } from "../text/failures.ts";
import { boatFormFaults } from "./boat-form-check.ts";
import type { BoatFaults } from "./boat-form-check.ts";
import { boatToForm, emptyBoatForm, formToBoat } from "./boat-form.ts";
import type { BoatForm } from "./boat-form.ts";
import type { Boats } from "./boats.ts";
import { isSame, mergeForms } from "./merge-forms.ts";
import type { Merged } from "./merge-forms.ts";
import type { KeptStrings, PrefsStore } from "./prefs.ts";

export interface BoatEditor {
  form: ReadonlySignal<BoatForm>;
  faults: ReadonlySignal<BoatFaults>;
  /** Why the last save did not go through, where no single value is to blame. */
  failure: ReadonlySignal<unknown>;
  isBusy: ReadonlySignal<boolean>;
  /** Somebody else's change that was met, and what became of the person's own. */
  merged: ReadonlySignal<Pick<Merged<BoatForm>, "taken" | "disputed"> | null>;
  change: (part: Partial<BoatForm>) => void;
  /** The saved boat; null where something was refused. */
  save(): Promise<Boat | null>;
  /** Forgets what was typed. */
  discard(): void;
}

export interface BoatEditorDeps {
  boats: Boats;
  /** Whose boat it is: nobody else who signs in here is shown what they typed. */
  ownerId: string;
  /** The boat that is changed; none where one is added. */
  seen?: Boat | undefined;
  prefs: PrefsStore;
  locale: string;
  /** Kept with the tab: a reload, or a sign-in on the way, loses nothing typed. */
  kept: KeptStrings;
}

/** The names of the API's fields that a field of the form speaks of under another one. */
const PATHS: Partial<Record<keyof BoatForm, string>> = {
  tonnes: "displacementKg",
  insuranceAmount: "insuranceLimit",
  insuranceCurrency: "insuranceLimit",
};

/** One boat being added or changed. */
export function createBoatEditor(deps: BoatEditorDeps): BoatEditor {
  const { boats, prefs, kept } = deps;
  const { currency, boat: chosen } = prefs.value.value;
  let seen = deps.seen;
  // A boat that was only described so far need not be described again.
  const described = chosen?.boatId === undefined ? chosen?.vessel ?? {} : {};
  let base = seen ? boatToForm(seen, currency) : emptyBoatForm(described, currency);

  const key = `dokkerr.boat.${deps.ownerId}.${seen?.id ?? "new"}`;
  const form = signal(base);
  const faults = signal<BoatFaults>({});
  const failure = signal<unknown>(null);
  const isBusy = signal(false);
  const merged = signal<BoatEditor["merged"]["value"]>(null);

  const draft = read(kept, key);
  if (draft) adopt(draft.base, draft.form);

  /** Puts what was typed over `from` onto what the boat is now. */
  function adopt(from: BoatForm, mine: BoatForm): void {
    const { taken, disputed, form: next } = mergeForms(from, mine, base);
    form.value = next;
    merged.value = taken.length + disputed.length > 0 ? { taken, disputed } : null;
  }

  function keep(text: string): void {
    try {
      kept.setItem(key, text);
    } catch {
      // Storage full or refused: what is typed lives as long as its page.
    }
  }

  function refuse(error: unknown): void {
    failure.value = error;
    faults.value = faultsOf(error);
    if (failureCode(error) !== "stale") return;
    // A 412 carries the record as it is now.
    const current = (error as ApiFailure).body["current"] as Boat;
    const before = base;
    seen = current;
    base = boatToForm(current, currency);
    adopt(before, form.value);
    failure.value = null;
    boats.renew(current);
    keep(JSON.stringify({ base, form: form.value }));
  }

  return {
    form,
    faults,
    failure,
    isBusy,
    merged,
    change(part) {
      batch(() => {
        form.value = { ...form.value, ...part };
        const touched = Object.keys(part).map((name) => PATHS[name as keyof BoatForm] ?? name);
        faults.value = Object.fromEntries(
          Object.entries(faults.value).filter(([path]) => !touched.includes(path.split(".")[0]!)),
        );
      });
      keep(isSame(form.value, base) ? "" : JSON.stringify({ base, form: form.value }));
    },
    async save() {
      if (isBusy.value) return null;
      const found = boatFormFaults(form.value, prefs.value.value.unit, deps.locale);
      faults.value = found;
      failure.value = null;
      if (Object.keys(found).length > 0) return null;
      isBusy.value = true;
      try {
        const saved = await boats.save(formToBoat(form.value), seen);
        keep("");
        return saved;
      } catch (error) {
        batch(() => refuse(error));
        return null;
      } finally {
        isBusy.value = false;
      }
    },
    discard: () => keep(""),
  };
}

function read(kept: KeptStrings, key: string): { base: BoatForm; form: BoatForm } | null {
  try {
    // Written by this store in this tab, and by nothing else.
    return JSON.parse(kept.getItem(key) || "null") as { base: BoatForm; form: BoatForm } | null;
  } catch {
    return null;
  }
}
