import { Problem } from "../../shared/problem.ts";
import { isQuadkey, ROOT_NAME } from "../../shared/quadkey.ts";
import { encodeSummary } from "../../shared/tile-summary.ts";
import { publicEndpoint } from "../http/endpoint.ts";
import { taggedResponse } from "../http/respond.ts";
import { gzip } from "../platform/gzip.ts";
import { tileToWire, type TileWire } from "./tile-wire.ts";

export const getTile = publicEndpoint({
  summary:
    "One tile of docks in its packed form, for clients that search by themselves; above the " +
    "leaves what they hold: counts, kinds, prices and some docks of each of 64 cells",
  queryDoc: { page: "from 0 on: a leaf has more than one where many docks lie at one place" },
  async handle({ deps, params, query, request }) {
    const name = params.quadkey ?? "";
    const quadkey = name === ROOT_NAME ? "" : name;
    const isNamed = isQuadkey(name) || name === ROOT_NAME;
    const pages = isNamed ? await deps.tiles.leafOf(quadkey) : undefined;
    const tile = pages?.[Number(query.get("page") ?? "0")];
    if (tile) return await respondPacked(request, TILE_TYPE, await tileToWire(tile));
    const summary = isNamed && !pages ? await deps.summaries.summaryOf(quadkey) : undefined;
    if (!summary) {
      throw new Problem(
        "not-found",
        `Cannot read tile: nothing is for sale in ${name}, or no leaf`,
      );
    }
    const plain = encodeSummary(summary);
    return await respondPacked(request, SUMMARY_TYPE, { plain, zipped: await gzip(plain) });
  },
});

/** Registered by nobody: of this product's own tree (RFC 6838, 3.2). */
const TILE_TYPE = "application/vnd.dokkerr.tile";
const SUMMARY_TYPE = "application/vnd.dokkerr.tile-summary";

async function respondPacked(
  request: Request,
  type: string,
  { plain, zipped }: TileWire,
): Promise<Response> {
  const isZipped = /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
  return await taggedResponse(isZipped ? zipped : plain, {
    "Cache-Control": "no-cache",
    "Content-Type": type,
    "Vary": "Accept-Encoding",
    ...(isZipped ? { "Content-Encoding": "gzip" } : {}),
  });
}
