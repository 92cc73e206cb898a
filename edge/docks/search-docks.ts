import { isVesselGiven } from "../../shared/fit.ts";
import { Problem } from "../../shared/problem.ts";
import { findDocks, type FoundDocks } from "../../shared/search.ts";
import type { AnswerRest } from "../../shared/search-answer.ts";
import { pinnedRates } from "../../shared/search-cursor.ts";
import {
  areaToBbox,
  type DockSearch,
  type WaterArea,
  type WaterSearch,
} from "../../shared/search-terms.ts";
import type { Deps } from "../deps.ts";
import { isUnreachable } from "../platform/sql.ts";
import type { LayerCounts } from "./layer-counts.ts";

/** Tiles that one search reads: some 12,000 docks. A wider view gets clusters beside them. */
export const MOST_TILES = 24;

export interface Found {
  found: FoundDocks;
  /** What was asked, with its place looked up. */
  search: WaterSearch;
  /** Of a view that was read in part. Not of the water's version: see `SummaryStore.seen`. */
  rest: AnswerRest;
  layers: LayerCounts;
}

/** Runs a part of the work and times it. */
type Measure = <T>(name: string, work: () => T | Promise<T>) => Promise<T>;

/**
 * The docks that answer a search, from tiles. A view of more tiles than are read answers with the
 * nearest to its middle, says that there are more, and where.
 */
export async function searchDocks(
  deps: Pick<Deps, "tiles" | "summaries" | "places" | "exchangeRates" | "now">,
  search: DockSearch,
  measure: Measure,
): Promise<Found> {
  const area = await resolveArea(deps, search.area);
  const asked = { ...search, area };
  const [water, rates] = await measure(
    "tiles",
    () =>
      Promise.all([
        deps.tiles.waterIn(areaToBbox(area), MOST_TILES),
        deps.exchangeRates(pinnedRates(search.cursor)),
      ]),
  );
  const found = await measure(
    "engine",
    () => findDocks(water.tiles, asked, { nowMs: deps.now(), rates }),
  );
  const rest = water.whole
    ? {}
    : await measure("gather", () => gatherRest(deps, asked, found.total));
  return { found, search: asked, rest, layers: water.layers };
}

/** What there is beside the docks that were read, of which so many answer. */
export async function gatherRest(
  { summaries }: Pick<Deps, "summaries">,
  search: WaterSearch,
  found: number,
): Promise<AnswerRest> {
  const gathered = await summaries.gather(search.area, search.kinds).catch((error: unknown) => {
    // The docks that were found are an answer too.
    if (isUnreachable(error)) return undefined;
    throw error;
  });
  if (!gathered) return { total: { value: found, relation: "gte" } };
  const { clusters, least, isExact } = gathered;
  if (!isCountable(search)) return { total: { value: found, relation: "gte" }, clusters };
  return {
    total: { value: Math.max(found, least), relation: isExact ? "eq" : "gte" },
    clusters,
  };
}

/** Whether all docks of its kinds in its area answer a search. */
function isCountable(search: WaterSearch): boolean {
  const { stay, vessel, amenities, maxPriceMinor, instantOnly, text } = search;
  return !stay && !isVesselGiven(vessel) && amenities.length === 0 &&
    maxPriceMinor === undefined && !instantOnly && text === undefined;
}

/** A place's circle of water, or the area as it is. */
export async function resolveArea(
  { places }: Pick<Deps, "places">,
  area: DockSearch["area"],
): Promise<WaterArea> {
  if (!("place" in area)) return area;
  let place = places.get(area.place);
  if (!place) {
    // Another process may have made it a moment ago.
    await places.catchUp?.();
    place = places.get(area.place);
  }
  if (!place) {
    throw new Problem("invalid", `Cannot search: there is no place ${area.place}`, {
      issues: [{ path: "place", message: "Names no place that we know" }],
    });
  }
  return { near: { lat: place.lat, lon: place.lon }, radiusM: place.radiusM };
}
