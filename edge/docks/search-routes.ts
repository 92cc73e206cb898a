import { SearchAnswer } from "../../shared/api.ts";
import { writeAnswer } from "../../shared/search-answer.ts";
import { parseDockSearch } from "../../shared/search-query.ts";
import { type Call, publicEndpoint } from "../http/endpoint.ts";
import { PAGE_QUERY } from "../http/query.ts";
import { taggedResponse } from "../http/respond.ts";
import { answerMyDocks } from "./my-docks-routes.ts";
import { photoUrl } from "./photo-url.ts";
import { searchDocks } from "./search-docks.ts";
import type { LayerCounts } from "./layer-counts.ts";

export const getDocks = publicEndpoint({
  summary: "Search docks; or, with host=me, your own",
  queryDoc: {
    ...PAGE_QUERY,
    bbox: "west,south,east,north in degrees; west above east crosses the antimeridian",
    near: "lat,lon",
    radiusM: "around `near`, in metres",
    place: "a place's id",
    from: "first night, YYYY-MM-DD",
    to: "day of departure",
    loaCm: "length over all",
    beamCm: "beam",
    draftCm: "draft",
    airDraftCm: "height above the water",
    hullType: "mono, multi or power",
    displacementKg: "weight",
    takesGround: "true where she may dry out",
    inlets: "plug:volts:amps:phases, comma separated",
    insuranceExpires: "date",
    kind: "kinds of dock, comma separated",
    amenities: "all of these, comma separated",
    maxPrice: "for the whole stay, in minor units of `currency`",
    currency: "ISO 4217",
    instant: "true: only what can be booked at once",
    q: "words of the dock's or harbour's name",
    sort: "price, distance or rating",
    host: "me",
  },
  answer: SearchAnswer,
  async handle(call: Call) {
    if (call.query.has("host")) return await answerMyDocks(call);
    const search = parseDockSearch(call.query, call.nowMs);
    const { found, search: asked, rest, layers } = await searchDocks(
      call.deps,
      search,
      (name, work) => call.timing.measure(name, work),
    );
    const text = await call.timing.measure(
      "encode",
      () => writeAnswer(found, asked, photoUrl, rest),
    );
    return await taggedResponse(text, {
      // Docks are taken at any moment: whoever keeps an answer asks whether it still holds.
      "Cache-Control": "no-cache",
      "Cache-Status": cacheStatus(layers),
    });
  },
});

/** RFC 9211: one entry for each layer asked, the nearest to the origin first. */
function cacheStatus({ memory, shared = 0, origin = 0 }: LayerCounts): string {
  const asked = shared + origin > 0;
  const entries = asked
    ? [`dokkerr-redis; ${shared > 0 && origin === 0 ? "hit" : "fwd=miss"}`]
    : [];
  entries.push(`dokkerr-memory; ${asked ? "fwd=miss" : "hit"}; detail="${memory} tiles here"`);
  return entries.join(", ");
}
