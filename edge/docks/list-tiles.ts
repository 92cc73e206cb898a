import { groupBy } from "../../shared/group-by.ts";
import { areaToBbox, type SearchArea } from "../../shared/search-terms.ts";
import type { TileList } from "../../shared/tile-list.ts";
import type { Deps } from "../deps.ts";
import { resolveArea } from "./search-docks.ts";
import { leafTag } from "./tile-version.ts";

/** The leaves that hold the docks of an area, the nearest to its middle first, at most `most`. */
export async function listTiles(
  deps: Pick<Deps, "tiles" | "places" | "exchangeRates">,
  area: SearchArea,
  most: number,
): Promise<TileList> {
  const box = areaToBbox(await resolveArea(deps, area));
  const [{ tiles, whole }, rates] = await Promise.all([
    deps.tiles.waterIn(box, most),
    deps.exchangeRates(),
  ]);
  const leaves = [...groupBy(tiles, ({ quadkey }) => quadkey)].map(([quadkey, pages]) => ({
    quadkey,
    tag: leafTag(pages),
    pages: pages.length,
  }));
  return { leaves, isAll: whole, rates };
}
