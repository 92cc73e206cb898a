import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import { readDock } from "../api/docks-api.ts";
import { changeDock, setDockSale } from "../api/host-api.ts";
import type { HostDock } from "../api/host-api.ts";
import type { Http } from "../api/http.ts";
import { failureCode, faultsOf } from "../text/failures.ts";
import { changesToPatch } from "./host-changes.ts";
import { withoutPaths } from "./host-faults.ts";
import type { Faults } from "./host-faults.ts";
import { dockFormFaults } from "./host-form-check.ts";
import { dockToForm, FIELD_PATHS } from "./host-form.ts";
import type { DockForm } from "./host-form.ts";
import { isSame, mergeForms } from "./merge-forms.ts";
import type { Merged } from "./merge-forms.ts";
import type { KeptStrings } from "./prefs.ts";

export interface HostDockStore {
  status: Signal<"waiting" | "ready" | "failed" | "not-yours">;
  dock: Signal<HostDock | undefined>;
  /** What the fields show: the dock's values with what the person has typed over them. */
  form: Signal<DockForm | undefined>;
  faults: Signal<Faults>;
  error: Signal<unknown>;
  /** What is on its way. */
  doing: Signal<"save" | "publish" | "pause" | null>;
  /** Why the last save or move did not go through. */
  refusal: Signal<unknown>;
  /** Somebody else's change that was met, and what became of the person's own. */
  merged: Signal<Pick<Merged<DockForm>, "taken" | "disputed"> | null>;
  isSaved: Signal<boolean>;
  load: () => Promise<void>;
  change: (part: Partial<DockForm>) => void;
  save: () => Promise<void>;
  /** Drops what was typed since the dock was read. */
  revert: () => void;
  setSale: (move: "publish" | "pause") => Promise<void>;
}

export interface HostDockDeps {
  http: Http;
  id: string;
  /** Kept with the tab, so that a reload loses nothing typed. */
  kept: KeptStrings;
}

/** One dock at its host's: what it is, and what of it is being changed. */
export function createHostDock({ http, id, kept }: HostDockDeps): HostDockStore {
  const status = signal<HostDockStore["status"]["value"]>("waiting");
  const dock = signal<HostDock | undefined>(undefined);
  const form = signal<DockForm | undefined>(undefined);
  const faults = signal<Faults>({});
  const error = signal<unknown>(undefined);
  const doing = signal<HostDockStore["doing"]["value"]>(null);
  const refusal = signal<unknown>(undefined);
  const merged = signal<HostDockStore["merged"]["value"]>(null);
  const isSaved = signal(false);
  const kepts = keptEdits(kept, `dokkerr.dock.${id}`);

  function show(next: HostDock, typed: DockForm = dockToForm(next)): void {
    batch(() => {
      dock.value = next;
      form.value = typed;
      status.value = "ready";
    });
    kepts.write(dockToForm(next), typed);
  }

  /** Brings what was typed onto a newer dock, and tells where the two met. */
  function meet(base: DockForm, typed: DockForm, next: HostDock): void {
    const { form: both, taken, disputed } = mergeForms(base, typed, dockToForm(next));
    batch(() => {
      merged.value = { taken, disputed };
      show(next, both);
    });
  }

  function refused(failure: unknown): void {
    refusal.value = failure;
    const current = failureCode(failure) === "stale" ? currentOf(failure) : undefined;
    if (current && dock.value) meet(dockToForm(dock.value), form.value!, current);
    else faults.value = { ...faults.value, ...faultsOf(failure) };
  }

  return {
    status,
    dock,
    form,
    faults,
    error,
    doing,
    refusal,
    merged,
    isSaved,
    async load() {
      try {
        const found = await readDock(http, id);
        // Everybody else is given the dock without what only its host may know.
        if (!("harbourId" in found)) return void (status.value = "not-yours");
        const edit = kepts.read();
        if (!edit) return show(found as HostDock);
        const isUnchanged = isSame(edit.base, dockToForm(found as HostDock));
        if (isUnchanged) show(found as HostDock, edit.form);
        else meet(edit.base, edit.form, found as HostDock);
      } catch (failure) {
        batch(() => {
          error.value = failure;
          status.value = "failed";
        });
      }
    },
    change(part) {
      const names = Object.keys(part) as (keyof DockForm)[];
      batch(() => {
        isSaved.value = false;
        faults.value = withoutPaths(faults.value, names.map((name) => FIELD_PATHS[name]));
        form.value = { ...form.value!, ...part };
      });
      kepts.write(dockToForm(dock.value!), form.value!);
    },
    async save() {
      if (doing.value || !dock.value || !form.value) return;
      const [seen, typed] = [dock.value, form.value];
      const found = dockFormFaults(typed);
      batch(() => {
        faults.value = found;
        refusal.value = undefined;
        isSaved.value = false;
      });
      if (Object.keys(found).length > 0) return;
      const patch = changesToPatch(dockToForm(seen), typed);
      if (Object.keys(patch).length === 0) {
        batch(() => {
          merged.value = null;
          show(seen);
        });
        return;
      }
      doing.value = "save";
      try {
        const next = await changeDock(http, seen.id, seen.version, patch);
        // What was typed while the save was on its way is not part of it.
        const { form: both } = mergeForms(typed, form.value, dockToForm(next));
        batch(() => {
          merged.value = null;
          isSaved.value = true;
          show(next, both);
        });
      } catch (failure) {
        refused(failure);
      } finally {
        doing.value = null;
      }
    },
    revert() {
      batch(() => {
        faults.value = {};
        merged.value = null;
        refusal.value = undefined;
        if (dock.value) show(dock.value);
      });
    },
    async setSale(move) {
      if (doing.value || !dock.value || !form.value) return;
      const seen = dock.value;
      batch(() => {
        doing.value = move;
        refusal.value = undefined;
        isSaved.value = false;
      });
      try {
        const next = await setDockSale(http, seen.id, seen.version, move);
        const { form: both } = mergeForms(dockToForm(seen), form.value, dockToForm(next));
        show(next, both);
      } catch (failure) {
        refused(failure);
      } finally {
        doing.value = null;
      }
    },
  };
}

/** The dock as it is now, which a refused write carries. */
function currentOf(failure: unknown): HostDock | undefined {
  if (!(failure instanceof Error) || !("body" in failure)) return undefined;
  return (failure.body as { current?: HostDock }).current;
}

interface Edit {
  base: DockForm;
  form: DockForm;
}

const VERSION = 1;

/** What was typed over a dock and not saved. */
function keptEdits(kept: KeptStrings, key: string) {
  return {
    read(): Edit | undefined {
      try {
        const found = JSON.parse(kept.getItem(key) ?? "null") as
          | { version: number; edit: Edit }
          | null;
        return found?.version === VERSION ? found.edit : undefined;
      } catch {
        return undefined;
      }
    },
    write(base: DockForm, form: DockForm): void {
      try {
        const edit = isSame(base, form) ? null : { version: VERSION, edit: { base, form } };
        kept.setItem(key, JSON.stringify(edit));
      } catch {
        // Storage full or refused: what is typed lives until the page is left.
      }
    },
  };
}
