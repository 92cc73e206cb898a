import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from "node:zlib";
import { createHash } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createAssets } from "./assets.ts";
import { serveOther } from "./serve-other.ts";

const INLINE = 'document.documentElement.dataset.theme = "dark"';
const INDEX =
  `<!DOCTYPE html><script src="/assets/main-1a2b3c4d.js"></script><script>${INLINE}</script>`;
const SCRIPT = "export const x = 1;\n".repeat(200);

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));
let files: Map<string, { changedMs: number; body: Uint8Array<ArrayBuffer> }>;
let reads: string[];
let packs: string[];
let serve: (request: Request) => Promise<Response>;

beforeEach(() => {
  files = new Map([
    ["index.html", { changedMs: 1, body: bytes(INDEX) }],
    ["assets/main-1a2b3c4d.js", { changedMs: 1, body: bytes(SCRIPT) }],
    ["icon.svg", { changedMs: 1, body: bytes("<svg></svg>") }],
    ["photo.png", { changedMs: 1, body: new Uint8Array(5_000) }],
  ]);
  reads = [];
  packs = [];
  const assets = createAssets({
    changedMs: (path) => Promise.resolve(files.get(path)?.changedMs),
    read(path) {
      reads.push(path);
      return Promise.resolve(files.get(path)!.body);
    },
    pack(body, encoding) {
      packs.push(encoding);
      const packed = encoding === "br" ? brotliCompressSync(body) : gzipSync(body);
      return Promise.resolve(new Uint8Array(packed));
    },
  });
  serve = serveOther({
    assets,
    config: {
      hubHost: "127.0.0.1:1999",
      blobs: { endpoint: "http://127.0.0.1:9000" },
      stripe: undefined,
    },
  });
});

function get(path: string, headers: Record<string, string> = {}): Promise<Response> {
  return serve(new Request(`http://localhost:8787${path}`, { headers }));
}

describe("the client's files", () => {
  test("a file named by its content's hash is kept for ever", async () => {
    const response = await get("/assets/main-1a2b3c4d.js");
    expect(response.headers.get("Cache-Control")).toBe("public, max-age=31536000, immutable");
    expect(response.headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
    expect(await response.text()).toBe(SCRIPT);
  });

  test("a page of the client is its index, asked for anew each time", async () => {
    for (const path of ["/", "/docks/7", "/stays?x=1"]) {
      const response = await get(path);
      expect(response.headers.get("Cache-Control")).toBe("no-cache");
      expect(await response.text()).toBe(INDEX);
    }
  });

  test("a page may run its own scripts and no others", async () => {
    const policy = (await get("/")).headers.get("Content-Security-Policy")!;
    const hash = createHash("sha256").update(INLINE).digest("base64");
    expect(policy).toContain(`script-src 'self' 'sha256-${hash}';`);
    expect(policy).toContain("ws://localhost:1999");
    expect(policy).toContain("ws://127.0.0.1:1999");
    expect(policy).toContain("frame-ancestors 'none'");
    expect((await get("/icon.svg")).headers.has("Content-Security-Policy")).toBe(false);
  });

  test("are packed as the client takes them, once", async () => {
    const path = "/assets/main-1a2b3c4d.js";
    const unpacked = async (response: Response, unpack: (body: Uint8Array) => Uint8Array) =>
      new TextDecoder().decode(unpack(new Uint8Array(await response.arrayBuffer())));
    const br = await get(path, { "Accept-Encoding": "gzip, deflate, br;q=1.0" });
    expect(br.headers.get("Content-Encoding")).toBe("br");
    expect(await unpacked(br, brotliDecompressSync)).toBe(SCRIPT);
    const gzip = await get(path, { "Accept-Encoding": "gzip, br;q=0" });
    expect(gzip.headers.get("Content-Encoding")).toBe("gzip");
    expect(await unpacked(gzip, gunzipSync)).toBe(SCRIPT);
    expect(gzip.headers.get("ETag")).not.toBe(br.headers.get("ETag"));
    await get(path, { "Accept-Encoding": "br" });
    expect(packs).toEqual(["br", "gzip"]);
    expect(reads).toEqual(["assets/main-1a2b3c4d.js"]);
  });

  test("that are small, or packed already, go as they are", async () => {
    for (const path of ["/icon.svg", "/photo.png"]) {
      const response = await get(path, { "Accept-Encoding": "br" });
      expect(response.headers.has("Content-Encoding")).toBe(false);
    }
  });

  test("that the client has are not sent again, until they change", async () => {
    const tag = (await get("/")).headers.get("ETag")!;
    const known = await get("/", { "If-None-Match": tag });
    expect(known.status).toBe(304);
    expect(known.headers.get("Content-Security-Policy")).toContain("sha256-");
    files.set("index.html", { changedMs: 2, body: bytes("<p>new") });
    const changed = await get("/", { "If-None-Match": tag });
    expect(changed.status).toBe(200);
    expect(await changed.text()).toBe("<p>new");
  });
});

describe("languages", () => {
  beforeEach(() => {
    files.set("de/index.html", { changedMs: 1, body: bytes("<p>Liegeplatz") });
  });

  test("a page is in the language that was chosen, else in the browser's, else English", async () => {
    const german = await get("/docks/7", { "Accept-Language": "de-AT,en;q=0.5" });
    expect(await german.text()).toBe("<p>Liegeplatz");
    expect(german.headers.get("Content-Language")).toBe("de");
    expect(german.headers.get("Vary")).toBe("Accept-Encoding, Accept-Language, Cookie");
    const chosen = await get("/", { "Accept-Language": "de", "Cookie": "a=b; lang=en" });
    expect(await chosen.text()).toBe(INDEX);
    expect(chosen.headers.get("Content-Language")).toBe("en");
    expect(await (await get("/", { "Accept-Language": "ja" })).text()).toBe(INDEX);
  });

  test("a language that was not built is answered in English", async () => {
    const response = await get("/", { "Cookie": "lang=fr" });
    expect(await response.text()).toBe(INDEX);
    expect(response.headers.get("Content-Language")).toBe("en");
  });

  test("a page known in one language is sent again in another", async () => {
    const tag = (await get("/")).headers.get("ETag")!;
    const german = await get("/", { "If-None-Match": tag, "Cookie": "lang=de" });
    expect(german.status).toBe(200);
  });

  test("a file named by its content is the same for all, and says so", async () => {
    const response = await get("/assets/main-1a2b3c4d.js", { "Cookie": "lang=de" });
    expect(response.headers.get("Vary")).toBe("Accept-Encoding");
    expect(response.headers.has("Content-Language")).toBe(false);
    expect(await response.text()).toBe(SCRIPT);
  });
});

describe("what is refused", () => {
  test.each([
    "/missing.js",
    "/assets/../../secret.txt",
    "/%2e%2e/%2e%2e/etc/passwd.txt",
    "/..%2f..%2fetc%2fpasswd.txt",
    "/assets/%00.js",
    "/%E0%A4%A.js",
    "/.env.x",
    "/api/nothing",
    "/internal/nothing",
    "/metrics/x",
  ])("%s is not there", async (path) => {
    await expect(get(path)).rejects.toMatchObject({ code: "not-found" });
    expect(reads).toEqual([]);
  });

  test("a page takes no writes", async () => {
    const post = new Request("http://localhost:8787/docks/7", { method: "POST" });
    await expect(serve(post)).rejects.toMatchObject({ code: "method-not-allowed" });
  });
});

test("without a client there are no pages", async () => {
  const bare = serveOther({
    assets: undefined,
    config: { hubHost: "h", blobs: { endpoint: "http://127.0.0.1:9000" }, stripe: undefined },
  });
  await expect(bare(new Request("http://localhost:8787/"))).rejects.toMatchObject({
    code: "not-found",
  });
});
