import type { Boat, PartialVessel } from "../../shared/boat.ts";
import type { Query } from "../api/search-api.ts";
import type { ChosenBoat } from "./prefs.ts";
import { isSameVessel } from "./same-vessel.ts";
import { vesselToQuery } from "./search-query.ts";

/** A saved boat as the choice for searches and quotes. */
export function boatToVessel(boat: Boat): ChosenBoat {
  const { id, name, version: _, hullLengthCm: _h, insuranceLimit: _i, ...vessel } = boat;
  return { boatId: id, name, vessel };
}

/** The choice as a quote's query names it; empty where there is none. */
export function choiceToQuery(choice: ChosenBoat | null, isSignedIn: boolean): Query {
  if (choice === null) return {};
  // A saved boat is its owner's: anybody else is asked about by measures.
  return choice.boatId && isSignedIn ? { boatId: choice.boatId } : vesselToQuery(choice.vessel);
}

/** The boat of an address: the one that it measures, by name where it is the remembered one. */
export function boatOfAddress(
  vessel: PartialVessel,
  remembered: ChosenBoat | null,
): ChosenBoat | null {
  if (Object.keys(vessel).length === 0) return remembered;
  return remembered && isSameVessel(vessel, remembered.vessel) ? remembered : { vessel };
}
