import type { SearchAnswer } from "../../shared/api.ts";
import { Problem } from "../../shared/problem.ts";
import { searchTiles } from "../../shared/search.ts";
import { areaToBbox, type DockSearch, type WaterArea } from "../../shared/search-terms.ts";
import type { Deps } from "../deps.ts";
import { leavesToClusters } from "./leaf-clusters.ts";
import { photoUrl } from "./photo-url.ts";
import type { LayerCounts } from "./tile-store.ts";

/** Tiles that one search reads: some 12,000 docks. A wider view gets clusters beside them. */
const MOST_TILES = 24;

export interface Found {
  answer: SearchAnswer;
  layers: LayerCounts;
}

/** Runs a part of the work and times it. */
type Measure = <T>(name: string, work: () => T | Promise<T>) => Promise<T>;

/**
 * The docks that answer a search, from tiles. A view of more tiles than are read answers with the
 * nearest to its middle, says that there are more, and where.
 */
export async function searchDocks(
  deps: Pick<Deps, "tiles" | "places" | "exchangeRates" | "now">,
  search: DockSearch,
  measure: Measure,
): Promise<Found> {
  const area = await resolveArea(deps, search.area);
  const [water, rates] = await measure(
    "tiles",
    () => Promise.all([deps.tiles.waterIn(areaToBbox(area), MOST_TILES), deps.exchangeRates()]),
  );
  const answer = await measure(
    "engine",
    () => searchTiles(water.tiles, { ...search, area }, { nowMs: deps.now(), rates, photoUrl }),
  );
  if (water.whole) return { answer, layers: water.layers };
  return {
    answer: {
      ...answer,
      total: { value: answer.total.value, relation: "gte" },
      clusters: leavesToClusters(water.leaves),
    },
    layers: water.layers,
  };
}

/** A place's circle of water, or the area as it is. */
async function resolveArea(
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
