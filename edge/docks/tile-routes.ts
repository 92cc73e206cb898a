import { Problem } from "../../shared/problem.ts";
import { isQuadkey, ROOT_NAME } from "../../shared/quadkey.ts";
import { publicEndpoint } from "../http/endpoint.ts";
import { taggedResponse } from "../http/respond.ts";
import { tileToWire } from "./tile-wire.ts";

export const getTile = publicEndpoint({
  summary: "One tile of docks in its packed form, for clients that search by themselves",
  queryDoc: { page: "from 0 on: a leaf has more than one where many docks lie at one place" },
  async handle({ deps, params, query, request }) {
    const name = params.quadkey ?? "";
    const quadkey = name === ROOT_NAME ? "" : name;
    const pages = isQuadkey(name) || name === ROOT_NAME
      ? await deps.tiles.leafOf(quadkey)
      : undefined;
    const tile = pages?.[Number(query.get("page") ?? "0")];
    if (!tile) throw new Problem("not-found", `Cannot read tile: ${name} is no leaf of the world`);
    const { plain, zipped } = await tileToWire(tile);
    const isZipped = /\bgzip\b/.test(request.headers.get("Accept-Encoding") ?? "");
    return await taggedResponse(isZipped ? zipped : plain, {
      "Cache-Control": "no-cache",
      "Content-Type": TILE_TYPE,
      "Vary": "Accept-Encoding",
      ...(isZipped ? { "Content-Encoding": "gzip" } : {}),
    });
  },
});

/** Registered by nobody: of this product's own tree (RFC 6838, 3.2). */
const TILE_TYPE = "application/vnd.dokkerr.tile";
