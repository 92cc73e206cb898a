import { SearchAnswer } from "../../shared/api.ts";
import { parseDockSearch } from "../../shared/search-query.ts";
import type { DockSearch } from "../../shared/search-terms.ts";
import type { Deps } from "../deps.ts";
import { type Call, publicEndpoint, ReadyAnswer } from "../http/endpoint.ts";
import { isNotModified } from "../http/preconditions.ts";
import { PAGE_QUERY } from "../http/query.ts";
import { RawQuery, rawQueryOf } from "../http/raw-query.ts";
import type { ServerTiming } from "../http/server-timing.ts";
import { answerSearch } from "./answer-search.ts";
import { answerMyDocks } from "./my-docks-routes.ts";
import { VESSEL_QUERY } from "./vessel-query.ts";

const queryDoc = {
  ...PAGE_QUERY,
  bbox: "west,south,east,north in degrees; west above east crosses the antimeridian",
  near: "lat,lon",
  radiusM: "around `near`, in metres",
  place: "a place's id",
  from: "first night, YYYY-MM-DD",
  to: "day of departure",
  ...VESSEL_QUERY,
  kind: "kinds of dock, comma separated",
  amenities: "all of these, comma separated",
  maxPrice: "for the whole stay, in minor units of `currency`",
  currency: "ISO 4217",
  instant: "true: only what can be booked at once",
  q: "words of the dock's or harbour's name",
  sort: "price, distance or rating",
  host: "me",
};

export const getDocks = publicEndpoint({
  summary: "Search docks; or, with host=me, your own",
  queryDoc,
  answer: SearchAnswer,
  quick({ deps, request, rawQuery, timing }) {
    const query = RawQuery.read(rawQuery);
    if (!query || !query.keys().every(isSearchParam)) return undefined;
    const parse = (nowMs: number) => parseDockSearch(query, nowMs);
    return answer(deps, request, timing, rawQuery, parse);
  },
  async handle(call: Call) {
    if (call.query.has("host")) return await answerMyDocks(call);
    const { deps, request, timing } = call;
    const parse = (nowMs: number) => parseDockSearch(call.query, nowMs);
    return await answer(deps, request, timing, rawQueryOf(request.url), parse);
  },
});

function isSearchParam(name: string): boolean {
  return name !== "host" && Object.hasOwn(queryDoc, name);
}

async function answer(
  deps: Deps,
  { headers }: Request,
  timing: ServerTiming,
  rawQuery: string,
  parse: (nowMs: number) => DockSearch,
): Promise<ReadyAnswer> {
  const { body, tag, cacheStatus } = await answerSearch(deps, {
    rawQuery,
    parse,
    holds: (tag) => isNotModified(headers, tag),
    took: (part, ms) => timing.add(part, ms),
  });
  if (body === undefined) {
    const kept = { "cache-control": "no-cache", "cache-status": cacheStatus, "etag": tag };
    return new ReadyAnswer(304, null, kept);
  }
  return new ReadyAnswer(200, body, {
    "content-type": "application/json",
    // Docks are taken at any moment: whoever keeps an answer asks whether it still holds.
    "cache-control": "no-cache",
    "cache-status": cacheStatus,
    "etag": tag,
  });
}
