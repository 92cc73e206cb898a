import { LANGUAGES } from "../../shared/language.ts";
import type { Asset, Assets } from "../deps.ts";

/** The files of the built client, as a platform reads and packs them. */
export interface AssetSource {
  /** When a file of the client was last changed; undefined where there is none. */
  changedMs(path: string): Promise<number | undefined>;
  read(path: string): Promise<Uint8Array<ArrayBuffer>>;
  pack(bytes: Uint8Array<ArrayBuffer>, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>>;
}

type Encoding = "br" | "gzip";

interface Kept {
  changedMs: number;
  plain: Asset;
  packed: Map<Encoding, Promise<Asset>>;
}

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  mjs: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  geojson: "application/geo+json",
  webmanifest: "application/manifest+json",
  map: "application/json",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  xml: "application/xml",
  png: "image/png",
  jpg: "image/jpeg",
  webp: "image/webp",
  avif: "image/avif",
  ico: "image/x-icon",
  woff2: "font/woff2",
};
const PACKABLE = /^(text\/|application\/(json|geo\+json|manifest\+json|xml)|image\/(svg|x-icon))/;
const HASHED = /-[\w-]{8,}\.\w+$/;
const SMALLEST_TO_PACK = 1_000;

/** The built client from a folder: each file is read and packed once, until it changes. */
export function createAssets(source: AssetSource): Assets {
  const kept = new Map<string, Kept>();

  async function load(path: string): Promise<Kept | undefined> {
    const changedMs = await source.changedMs(path);
    if (changedMs === undefined) return undefined;
    const known = kept.get(path);
    if (known?.changedMs === changedMs) return known;
    const plain = await toAsset(path, await source.read(path));
    const entry = { changedMs, plain, packed: new Map() };
    kept.set(path, entry);
    return entry;
  }

  return {
    async find(path, acceptEncoding, language) {
      const safe = safePath(path);
      if (safe === undefined) return undefined;
      // Only what lies at the top differs by language: the rest is named by its content.
      const own = safe.includes("/") ? undefined : await load(`${language}/${safe}`);
      const entry = own ?? await load(safe);
      if (!entry) return undefined;
      const { plain, packed } = entry;
      const encoding = bestEncoding(acceptEncoding);
      const isWorth = PACKABLE.test(plain.contentType) && plain.body.byteLength >= SMALLEST_TO_PACK;
      if (encoding === undefined || !isWorth) return plain;
      let asset = packed.get(encoding);
      if (!asset) packed.set(encoding, asset = pack(source, plain, encoding));
      return await asset;
    },
  };
}

async function toAsset(path: string, body: Uint8Array<ArrayBuffer>): Promise<Asset> {
  const folder = path.split("/", 1)[0];
  const contentType = TYPES[path.slice(path.lastIndexOf(".") + 1).toLowerCase()] ??
    "application/octet-stream";
  const digest = await crypto.subtle.digest("SHA-256", body);
  return {
    body,
    contentType,
    tag: `"${base64(digest).slice(0, 22)}"`,
    encoding: undefined,
    isImmutable: HASHED.test(path),
    language: LANGUAGES.find((language) => language === folder) ??
      (path === "index.html" ? LANGUAGES[0] : undefined),
    inlineScripts: contentType.startsWith("text/html")
      ? await hashInlineScripts(new TextDecoder().decode(body))
      : [],
  };
}

async function pack(source: AssetSource, plain: Asset, encoding: Encoding): Promise<Asset> {
  const body = await source.pack(plain.body, encoding);
  return { ...plain, body, encoding, tag: `${plain.tag.slice(0, -1)}.${encoding}"` };
}

/** CSP hashes of a page's inline scripts (CSP level 3, §2.3.1). */
async function hashInlineScripts(html: string): Promise<string[]> {
  const scripts = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/gi)];
  return await Promise.all(scripts.map(async ([, text = ""]) => {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return `'sha256-${base64(digest)}'`;
  }));
}

/** A path below the client's folder, undefined for one that could lead out of it. */
function safePath(path: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(path);
  } catch {
    return undefined;
  }
  const segments = decoded.split("/").filter((segment) => segment !== "");
  const isSafe = segments.every((segment) =>
    /^[\w@.+~-]+$/.test(segment) && !/^\.+$/.test(segment)
  );
  return isSafe && segments.length > 0 ? segments.join("/") : undefined;
}

/** The best encoding that `Accept-Encoding` (RFC 9110 §12.5.3) takes, undefined for none. */
function bestEncoding(header: string): Encoding | undefined {
  const taken = header.toLowerCase().split(",").map((part) => part.split(";").map((s) => s.trim()));
  const takes = (name: string) =>
    taken.some(([coding, q]) => coding === name && !/^q=0(\.0*)?$/.test(q ?? ""));
  if (takes("br")) return "br";
  return takes("gzip") ? "gzip" : undefined;
}

function base64(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}
