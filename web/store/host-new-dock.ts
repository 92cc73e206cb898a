import { batch, signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Harbour } from "../../shared/dock.ts";
import { createDock, createHarbour, listHarbours, setDockSale } from "../api/host-api.ts";
import type { Http } from "../api/http.ts";
import { coordinateToText } from "../text/coordinates.ts";
import { failureCode, faultsOf } from "../text/failures.ts";
import { attemptOf } from "./attempt.ts";
import { readDraft, writeDraft } from "./host-draft.ts";
import type { NewDockDraft, Step } from "./host-draft.ts";
import { prefixed, withoutPaths } from "./host-faults.ts";
import type { Faults } from "./host-faults.ts";
import { dockFormFaults, harbourFormFaults } from "./host-form-check.ts";
import { FIELD_PATHS, formToDock, formToHarbour } from "./host-form.ts";
import type { DockForm, HarbourForm } from "./host-form.ts";
import type { KeptStrings } from "./prefs.ts";

export const STEPS: readonly Step[] = ["harbour", "berth", "stays", "price", "review"];

/** What became of a new dock: it is there; published only where that was asked and went through. */
export interface MadeDock {
  id: number;
  isPublished: boolean;
}

export interface NewDockStore {
  draft: Signal<NewDockDraft>;
  /** A draft of an earlier visit is shown. */
  isRestored: Signal<boolean>;
  /** The person's harbours; undefined until they are known. */
  harbours: Signal<readonly Harbour[] | undefined>;
  harboursError: Signal<unknown>;
  /** By the API's paths; a harbour's begin with `harbour.`. */
  faults: Signal<Faults>;
  isSending: Signal<boolean>;
  error: Signal<unknown>;
  loadHarbours: () => Promise<void>;
  chooseHarbour: (id: number | null) => void;
  changeDock: (part: Partial<DockForm>) => void;
  changeHarbour: (part: Partial<HarbourForm>) => void;
  /** Opens a step; one further on only while the steps before it are without fault. */
  go: (step: Step) => boolean;
  startAfresh: () => void;
  /** Makes harbour and dock, and publishes; undefined where the API refused. */
  submit: (publishes: boolean) => Promise<MadeDock | undefined>;
}

export interface NewDockDeps {
  http: Http;
  kept: KeptStrings;
  personId: string;
  newKey: () => string;
  /** A draft with what this device suggests. */
  blank: () => NewDockDraft;
}

/** A dock in the making, kept on this device until it is made. */
export function createNewDock({ http, kept, personId, newKey, blank }: NewDockDeps): NewDockStore {
  const restored = readDraft(kept, personId, blank());
  const draft = signal(restored ?? blank());
  const isRestored = signal(restored !== undefined);
  const harbours = signal<readonly Harbour[] | undefined>(undefined);
  const harboursError = signal<unknown>(undefined);
  const faults = signal<Faults>({});
  const isSending = signal(false);
  const error = signal<unknown>(undefined);

  function set(part: Partial<NewDockDraft>): void {
    draft.value = { ...draft.value, ...part };
    writeDraft(kept, personId, draft.value);
  }

  /** The dock's form with the harbour's position where the berth has none of its own. */
  function placedDock(): DockForm {
    const { dock, harbour, harbourId } = draft.value;
    if (dock.lat.trim() || dock.lon.trim()) return dock;
    const chosen = harbours.value?.find(({ id }) => id === harbourId);
    if (harbourId === null) return { ...dock, lat: harbour.lat, lon: harbour.lon };
    if (!chosen) return dock;
    const { lat, lon } = chosen.position;
    return { ...dock, lat: coordinateToText(lat), lon: coordinateToText(lon) };
  }

  function check(): Faults {
    const { harbour, harbourId } = draft.value;
    return {
      ...(harbourId === null && prefixed(harbourFormFaults(harbour), "harbour")),
      ...dockFormFaults(placedDock()),
    };
  }

  function showFaults(found: Faults): void {
    const first = STEPS.find((step) => Object.keys(found).some((path) => stepOf(path) === step));
    batch(() => {
      faults.value = found;
      if (first) set({ step: first });
    });
  }

  /** Sends one create with its key kept until it is answered, also over a reload. */
  async function create<T>(
    name: "harbourAttempt" | "dockAttempt",
    body: unknown,
    send: (key: string) => Promise<T>,
  ): Promise<T> {
    const attempt = attemptOf(draft.value[name], body, newKey);
    set({ [name]: attempt });
    try {
      return await send(attempt.key);
    } catch (failure) {
      // A refusal made nothing; only silence leaves open whether the dock is there.
      if (failureCode(failure) === "invalid") set({ [name]: undefined });
      throw failure;
    }
  }

  async function makeHarbour(): Promise<number> {
    const { harbour, harbourId } = draft.value;
    if (harbourId !== null) return harbourId;
    const body = formToHarbour(harbour);
    const made = await create("harbourAttempt", body, (key) => createHarbour(http, body, key))
      .catch((failure: unknown) => {
        showFaults(prefixed(faultsOf(failure), "harbour"));
        throw failure;
      });
    batch(() => {
      harbours.value = [...harbours.value ?? [], made];
      set({ harbourId: made.id, harbourAttempt: undefined });
    });
    return made.id;
  }

  return {
    draft,
    isRestored,
    harbours,
    harboursError,
    faults,
    isSending,
    error,
    async loadHarbours() {
      try {
        const found = await listHarbours(http);
        batch(() => {
          harbours.value = found;
          harboursError.value = undefined;
          const { harbourId, hasChosen } = draft.value;
          if (harbourId !== null && !found.some(({ id }) => id === harbourId)) {
            set({ harbourId: found[0]?.id ?? null });
          } else if (!hasChosen && harbourId === null && found[0]) set({ harbourId: found[0].id });
        });
      } catch (failure) {
        harboursError.value = failure;
      }
    },
    chooseHarbour(harbourId) {
      set({ harbourId, hasChosen: true });
    },
    changeDock(part) {
      const names = Object.keys(part) as (keyof DockForm)[];
      faults.value = withoutPaths(faults.value, names.map((name) => FIELD_PATHS[name]));
      set({ dock: { ...draft.value.dock, ...part } });
    },
    changeHarbour(part) {
      const paths = Object.keys(part).map((name) =>
        name === "lat" || name === "lon" ? "harbour.position" : `harbour.${name}`
      );
      faults.value = withoutPaths(faults.value, paths);
      set({ harbour: { ...draft.value.harbour, ...part } });
    },
    go(step) {
      const ahead = STEPS.slice(0, STEPS.indexOf(step));
      const found = Object.fromEntries(
        Object.entries(check()).filter(([path]) => ahead.includes(stepOf(path))),
      );
      if (Object.keys(found).length > 0) {
        showFaults(found);
        return false;
      }
      isRestored.value = false;
      set({ step });
      return true;
    },
    startAfresh() {
      const { harbourId, hasChosen } = draft.value;
      batch(() => {
        draft.value = { ...blank(), harbourId, hasChosen };
        isRestored.value = false;
        faults.value = {};
        error.value = undefined;
      });
      writeDraft(kept, personId, null);
    },
    async submit(publishes) {
      if (isSending.value) return undefined;
      error.value = undefined;
      const found = check();
      if (Object.keys(found).length > 0) {
        showFaults(found);
        return undefined;
      }
      isSending.value = true;
      try {
        const dockForm = placedDock();
        const body = { ...formToDock(dockForm), harbourId: await makeHarbour() };
        const made = await create("dockAttempt", body, (key) => createDock(http, body, key))
          .catch((failure: unknown) => {
            showFaults(faultsOf(failure));
            throw failure;
          });
        writeDraft(kept, personId, null);
        return { id: made.id, isPublished: publishes && await tryPublish(made) };
      } catch (failure) {
        error.value = failure;
        return undefined;
      } finally {
        isSending.value = false;
      }
    },
  };

  /** The dock is there either way: its own page says what is left to do. */
  async function tryPublish({ id, version }: { id: number; version: number }): Promise<boolean> {
    try {
      await setDockSale(http, id, version, "publish");
      return true;
    } catch {
      return false;
    }
  }
}

const STAY_PATHS = new Set([
  "instantBook",
  "minNights",
  "maxNights",
  "noticeHours",
  "windowDays",
  "checkInFrom",
  "checkOutBy",
  "holdUntil",
  "closures",
  "firstRefusalUntil",
  "cancellationPolicy",
  "collection",
  "hullTypes",
  "requiresInsurance",
]);

/** The step on which a value stands. */
export function stepOf(path: string): Step {
  if (path.startsWith("harbour")) return "harbour";
  if (path.startsWith("rate")) return "price";
  return STAY_PATHS.has(path.split(".")[0]!) ? "stays" : "berth";
}
