import type { Boat, NewBoat } from "../../shared/boat.ts";
import { changeBoat, createBoat, listBoats, removeBoat } from "../api/boats-api.ts";
import type { Http } from "../api/http.ts";
import { failureCode } from "../text/failures.ts";
import { attemptOf } from "./attempt.ts";
import type { Attempt } from "./attempt.ts";
import { boatToVessel } from "./chosen-boat.ts";
import type { PrefsStore } from "./prefs.ts";
import { createResource } from "./resource.ts";
import type { Resource } from "./resource.ts";

export interface Boats {
  list: Resource<readonly Boat[]>;
  /** Saves a new boat, or a change of `seen`. @throws the API's failure, `stale` among them. */
  save(boat: NewBoat, seen?: Boat): Promise<Boat>;
  /** Takes her out of the list; one that is gone already is no failure. */
  remove(seen: Boat): Promise<void>;
  /** Takes over what somebody else made of a boat. */
  renew: (boat: Boat) => void;
}

export interface BoatsDeps {
  http: Http;
  prefs: PrefsStore;
  newKey: () => string;
}

/** One's own boats. What searches remember of a boat follows what becomes of her. */
export function createBoats({ http, prefs, newKey }: BoatsDeps): Boats {
  const list = createResource<readonly Boat[]>((abort) => listBoats(http, abort));
  const known = () => list.state.value.value ?? [];
  const chosenId = () => prefs.value.value.boat?.boatId;
  let open: Attempt | undefined;

  function renew(boat: Boat): void {
    list.set(known().map((other) => other.id === boat.id ? boat : other));
    if (chosenId() === boat.id) prefs.set({ boat: boatToVessel(boat) });
  }

  async function create(boat: NewBoat): Promise<Boat> {
    open = attemptOf(open, boat, newKey);
    const created = await createBoat(http, boat, open.key);
    open = undefined;
    list.set([created, ...known()]);
    // Whoever adds a boat wants berths for her, unless they look for another's.
    if (prefs.value.value.boat?.boatId === undefined) prefs.set({ boat: boatToVessel(created) });
    return created;
  }

  return {
    list,
    renew,
    async save(boat, seen) {
      if (!seen) return await create(boat);
      const changed = await changeBoat(http, seen, boat);
      renew(changed);
      return changed;
    },
    async remove(seen) {
      try {
        await removeBoat(http, seen);
      } catch (error) {
        if (failureCode(error) !== "not-found") throw error;
      }
      list.set(known().filter(({ id }) => id !== seen.id));
      if (chosenId() === seen.id) prefs.set({ boat: null });
    },
  };
}
