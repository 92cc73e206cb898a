import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";
import type { Boat, NewBoat } from "../../shared/boat.ts";
import { changeBoat, createBoat, listBoats, removeBoat } from "../api/boats-api.ts";
import { ApiFailure } from "../api/http.ts";
import type { Http } from "../api/http.ts";
import { createResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

export interface Boats {
  list: Resource<readonly Boat[]>;
  /** Saves a new boat, or a change of `seen`; throws the API's failure. */
  save(boat: NewBoat, seen?: Boat): Promise<Boat>;
  remove(seen: Boat): Promise<void>;
  /** The record that was found when a save came too late. */
  newer: Signal<Boat | null>;
}

/** One's own boats. */
export function createBoats(http: Http, newKey: () => string): Boats {
  const list = createResource<readonly Boat[]>((abort) => listBoats(http, abort));
  const newer = signal<Boat | null>(null);
  // One key for one boat, until she is saved: a second press must not make a second boat.
  let key: string | undefined;
  const known = () => list.state.value.value ?? [];
  return {
    list,
    newer,
    async save(boat, seen) {
      newer.value = null;
      try {
        if (seen) {
          const changed = await changeBoat(http, seen, boat);
          list.set(known().map((other) => other.id === changed.id ? changed : other));
          return changed;
        }
        const created = await createBoat(http, boat, key ??= newKey());
        key = undefined;
        list.set([created, ...known()]);
        return created;
      } catch (error) {
        // Another body needs another key, unless this one may have arrived.
        if (error instanceof ApiFailure && error.code !== "offline") key = undefined;
        if (error instanceof ApiFailure && error.code === "stale") {
          newer.value = (error.body["current"] as Boat | undefined) ?? null;
        }
        throw error;
      }
    },
    async remove(seen) {
      await removeBoat(http, seen);
      list.set(known().filter(({ id }) => id !== seen.id));
    },
  };
}
