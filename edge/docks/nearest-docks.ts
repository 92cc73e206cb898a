import type { SearchItem } from "../../shared/api.ts";
import type { PartialVessel } from "../../shared/boat.ts";
import type { Position } from "../../shared/geo.ts";
import type { Stay } from "../../shared/stay.ts";
import { toItem } from "../../shared/search-answer.ts";
import type { Deps } from "../deps.ts";
import { photoUrl } from "./photo-url.ts";
import { searchDocks } from "./search-docks.ts";
import type { TileStore } from "./tile-store.ts";

/** Where to look for another berth: a short sail. */
const RADIUS_M = 30_000;
const MOST = 5;

/** Searches under way: a rush on one dock disappoints many at once, with the same question. */
const underWay = new WeakMap<TileStore, Map<string, Promise<SearchItem[]>>>();

/** The nearest docks that are free for a stay and fit, for a guest whose dock was taken. */
export function findNearestDocks(
  deps: Deps,
  dock: Position & { id: number },
  stay: Stay,
  vessel: PartialVessel,
): Promise<SearchItem[]> {
  const question = JSON.stringify([dock.id, stay.from, stay.to, vessel]);
  const asked = underWay.get(deps.tiles) ?? new Map<string, Promise<SearchItem[]>>();
  underWay.set(deps.tiles, asked);
  const answer = asked.get(question) ??
    ask(deps, dock, stay, vessel).finally(() => asked.delete(question));
  asked.set(question, answer);
  return answer;
}

async function ask(
  deps: Deps,
  dock: Position & { id: number },
  { from, to }: Stay,
  vessel: PartialVessel,
): Promise<SearchItem[]> {
  const { found, search } = await searchDocks(
    deps,
    {
      area: { near: { lat: dock.lat, lon: dock.lon }, radiusM: RADIUS_M },
      stay: { from, to },
      vessel,
      kinds: [],
      amenities: [],
      instantOnly: false,
      sort: "distance",
      limit: MOST * 2,
    },
    (_, work) => Promise.resolve(work()),
  );
  // What is not known to fit is no help to somebody who was just disappointed.
  return found.docks
    .map((dock) => toItem(dock, search, photoUrl))
    .filter(({ id, fit }) => id !== dock.id && fit?.verdict !== "unknown")
    .slice(0, MOST);
}
