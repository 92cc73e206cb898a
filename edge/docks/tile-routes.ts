import { Problem } from "../../shared/problem.ts";
import { isQuadkey, ROOT_NAME } from "../../shared/quadkey.ts";
import { encodeSummary, type TileSummary } from "../../shared/tile-summary.ts";
import type { Tile } from "../../shared/tile.ts";
import { publicEndpoint } from "../http/endpoint.ts";
import { isNotModified } from "../http/preconditions.ts";
import { taggedResponse } from "../http/respond.ts";
import { gzip } from "../platform/gzip.ts";
import { leafTag } from "./tile-version.ts";
import { tileToWire } from "./tile-wire.ts";

export const getTile = publicEndpoint({
  summary:
    "One tile of docks in its packed form, for clients that search by themselves; above the " +
    "leaves what they hold: counts, kinds, prices and some docks of each of 64 cells",
  queryDoc: {
    page: "from 0 on: a leaf has more than one where many docks lie at one place",
    v: "the version that Content-Location named: while it holds, the answer may be kept for long",
  },
  async handle({ deps, params, query, request }) {
    const name = params.quadkey ?? "";
    const quadkey = name === ROOT_NAME ? "" : name;
    const isNamed = isQuadkey(name) || name === ROOT_NAME;
    const asked = query.get("v");
    const kept = isNamed && asked !== null ? deps.tiles.tagged(quadkey, asked) : undefined;
    const pages = kept ?? (isNamed ? await deps.tiles.leafOf(quadkey) : undefined);
    const page = Number(query.get("page") ?? "0");
    if (pages?.[page]) return await respondTile(request, name, pages, page, asked);
    const summary = isNamed && !pages ? await deps.summaries.summaryOf(quadkey) : undefined;
    if (!summary) {
      throw new Problem(
        "not-found",
        `Cannot read tile: nothing is for sale in ${name}, or no leaf`,
      );
    }
    return await respondSummary(request, summary);
  },
});

/** Registered by nobody: of this product's own tree (RFC 6838, 3.2). */
const TILE_TYPE = "application/vnd.dokkerr.tile";
const SUMMARY_TYPE = "application/vnd.dokkerr.tile-summary";

/** What a version names never changes; who asks for another one is told which holds now. */
const KEEP = "public, max-age=604800, stale-while-revalidate=31536000, immutable, no-transform";

async function respondTile(
  request: Request,
  name: string,
  pages: readonly Tile[],
  page: number,
  asked: string | null,
): Promise<Response> {
  const version = leafTag(pages);
  const isZipped = takesGzip(request);
  const headers = {
    "Cache-Control": asked === version ? KEEP : "no-cache",
    "Content-Location": `/api/docks/tiles/${name}?v=${version}${page === 0 ? "" : `&page=${page}`}`,
    "ETag": `"${version}.${page}${isZipped ? ".gz" : ""}"`,
    "Vary": "Accept-Encoding",
  };
  // Whoever has it costs no encoding.
  if (isNotModified(request.headers, headers.ETag)) {
    return new Response(null, { status: 304, headers });
  }
  const { plain, zipped } = await tileToWire(pages[page]!);
  return new Response(isZipped ? zipped : plain, {
    headers: { ...headers, "Content-Type": TILE_TYPE, ...encodingOf(isZipped) },
  });
}

async function respondSummary(request: Request, summary: TileSummary): Promise<Response> {
  const plain = encodeSummary(summary);
  const isZipped = takesGzip(request);
  return await taggedResponse(isZipped ? await gzip(plain) : plain, {
    "Cache-Control": "no-cache",
    "Content-Type": SUMMARY_TYPE,
    "Vary": "Accept-Encoding",
    ...encodingOf(isZipped),
  });
}

function takesGzip(request: Request): boolean {
  return /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
}

function encodingOf(isZipped: boolean): Record<string, string> {
  return isZipped ? { "Content-Encoding": "gzip" } : {};
}
