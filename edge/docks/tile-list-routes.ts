import { parseDockSearch } from "../../shared/search-query.ts";
import { MOST_LISTED, TileList } from "../../shared/tile-list.ts";
import { publicEndpoint, Reply } from "../http/endpoint.ts";
import { listTiles } from "./list-tiles.ts";

export const getTiles = publicEndpoint({
  summary:
    "The leaves of a piece of water, for clients that search by themselves: with their versions, " +
    "and the exchange rates that prices are compared by",
  queryDoc: {
    bbox: "west,south,east,north in degrees; west above east crosses the antimeridian",
    near: "lat,lon",
    radiusM: "around `near`, in metres",
    limit: "leaves at most; those nearest to the middle are listed",
  },
  answer: TileList,
  async handle({ deps, query }) {
    const { area, limit } = parseDockSearch(query);
    const list = await listTiles(deps, area, Math.min(limit, MOST_LISTED));
    return new Reply(list, 200, { "Cache-Control": "no-cache" });
  },
});
