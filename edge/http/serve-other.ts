import { pickLanguage } from "../../shared/language.ts";
import { Problem } from "../../shared/problem.ts";
import type { Assets, Deps } from "../deps.ts";
import { isNotModified } from "./preconditions.ts";
import { contentPolicy } from "./security-headers.ts";

/** Paths of the API: what is unknown below them is a problem, never a page. */
const API = /^\/(api|internal|healthz|readyz|metrics)(\/|$)/;

/** Serves what no route answers: the client's files, its pages, and problems for the rest. */
export function serveOther(
  deps: Pick<Deps, "assets"> & {
    config: {
      hubHost: string;
      blobs: { endpoint: string };
      stripe: { apiUrl: string | undefined } | undefined;
    };
  },
): (request: Request) => Promise<Response> {
  const policyOf = (scripts: readonly string[]) =>
    contentPolicy({
      hubHost: deps.config.hubHost,
      blobsEndpoint: deps.config.blobs.endpoint,
      stripe: deps.config.stripe,
      scripts,
    });
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (API.test(pathname) || deps.assets === undefined) throw nothingHere(pathname);
    if (request.method !== "GET" && request.method !== "HEAD") {
      throw new Problem("method-not-allowed", `Cannot ${request.method} this: it is a page`, {
        allow: "GET, HEAD",
      });
    }
    return await serveAsset(deps.assets, request, pathname, policyOf);
  };
}

async function serveAsset(
  assets: Assets,
  request: Request,
  pathname: string,
  policyOf: (scripts: readonly string[]) => string,
): Promise<Response> {
  const encodings = request.headers.get("Accept-Encoding") ?? "";
  const isFile = /\.[a-z0-9]+$/i.test(pathname);
  const language = pickLanguage(
    request.headers.get("Cookie") ?? "",
    request.headers.get("Accept-Language") ?? "",
  );
  const asset = await assets.find(isFile ? pathname : "/index.html", encodings, language);
  if (!asset) throw nothingHere(pathname);
  const headers = new Headers({
    "Content-Type": asset.contentType,
    "Cache-Control": asset.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    "ETag": asset.tag,
    "Vary": asset.isImmutable ? "Accept-Encoding" : "Accept-Encoding, Accept-Language, Cookie",
  });
  if (asset.language) headers.set("Content-Language", asset.language);
  if (asset.contentType.startsWith("text/html")) {
    headers.set("Content-Security-Policy", policyOf(asset.inlineScripts));
  }
  if (isNotModified(request.headers, asset.tag)) {
    return new Response(null, { status: 304, headers });
  }
  if (asset.encoding) headers.set("Content-Encoding", asset.encoding);
  headers.set("Content-Length", String(asset.body.byteLength));
  return new Response(asset.body, { headers });
}

function nothingHere(pathname: string): Problem {
  return new Problem("not-found", `Cannot find it: there is nothing at ${pathname}`);
}
