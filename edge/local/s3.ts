import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { closeServer, listen } from "./listen.ts";
import { S3Error } from "./s3-error.ts";
import { escapeXml, listObjects } from "./s3-list.ts";
import { checkSignature, type S3Credentials } from "./s3-signature.ts";
import { type ObjectFacts, ObjectStore } from "./s3-store.ts";

export interface S3Options {
  /** Objects are kept in `s3/BUCKET/` of this folder. */
  dataDir: string;
  bucket: string;
  credentials: S3Credentials;
  port?: number;
}

export interface S3 {
  /** What the environment calls S3_ENDPOINT; addressed path-style (`forcePathStyle`). */
  readonly url: string;
  stop(): Promise<void>;
}

interface Call {
  request: IncomingMessage;
  response: ServerResponse;
  key: string;
  query: URLSearchParams;
  payloadHash: string;
}

const maxObjectBytes = 100 * 1024 * 1024;
const keptHeaders =
  /^(content-type|content-disposition|content-encoding|content-language|cache-control|expires|x-amz-meta-.+)$/;

/**
 * The part of S3 that a photo's life needs, signatures checked: PUT, GET (with ranges), HEAD, DELETE
 * of objects in one bucket, ListObjectsV2, presigned URLs, and CORS for browsers that use them.
 */
export async function startS3(options: S3Options): Promise<S3> {
  const { bucket, credentials } = options;
  const store = await ObjectStore.open(join(options.dataDir, "s3", bucket));

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const origin = request.headers.origin;
    // A signature, and no origin, is what gives access.
    if (origin !== undefined) allowOrigin(request, response, origin);
    if (request.method === "OPTIONS") {
      response.writeHead(origin === undefined ? 403 : 204).end();
      return;
    }
    const url = new URL(request.url ?? "/", "http://s3");
    const payloadHash = checkSignature(
      {
        method: request.method ?? "GET",
        url: request.url ?? "/",
        headers: request.headers as Record<string, string | undefined>,
      },
      credentials,
      Date.now(),
    );
    const [, name = "", ...rest] = url.pathname.split("/");
    if (decodeURIComponent(name) !== bucket) {
      throw new S3Error(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    const key = decodeURIComponent(rest.join("/"));
    await route({ request, response, key, query: url.searchParams, payloadHash });
  }

  async function route(call: Call): Promise<void> {
    const { request, response, key, query } = call;
    if (key === "" && request.method === "HEAD") {
      response.writeHead(200).end();
    } else if (key === "" && request.method === "GET" && query.get("list-type") === "2") {
      const xml = listObjects(bucket, store.list(), query);
      response.writeHead(200, { "content-type": "application/xml" }).end(xml);
    } else if (key !== "" && request.method === "PUT") {
      await put(call);
    } else if (key !== "" && (request.method === "GET" || request.method === "HEAD")) {
      await get(call);
    } else if (key !== "" && request.method === "DELETE") {
      await store.remove(key);
      response.writeHead(204).end();
    } else {
      throw notImplemented(`${request.method} ${key === "" ? "of the bucket" : "of an object"}`);
    }
  }

  async function put({ request, response, key, payloadHash }: Call): Promise<void> {
    if (Buffer.byteLength(key) > 1024) {
      throw new S3Error(400, "KeyTooLongError", "Your key is too long");
    }
    if (payloadHash.startsWith("STREAMING-")) {
      throw notImplemented('aws-chunked bodies (set requestChecksumCalculation: "WHEN_REQUIRED")');
    }
    if (request.headers["x-amz-copy-source"]) throw notImplemented("copying");
    const condition = request.headers["if-none-match"];
    if (condition === "*" && store.find(key)) {
      throw new S3Error(412, "PreconditionFailed", "At least one pre-condition did not hold");
    }
    const headers = Object.fromEntries(
      Object.entries(request.headers)
        .filter(([name, value]) => keptHeaders.test(name) && typeof value === "string"),
    ) as Record<string, string>;
    const facts = await store.write(key, headers, request, {
      sha256: payloadHash === "UNSIGNED-PAYLOAD" ? undefined : payloadHash,
      md5: request.headers["content-md5"] as string | undefined,
      maxBytes: maxObjectBytes,
    });
    response.writeHead(200, { etag: `"${facts.md5}"` }).end();
  }

  async function get({ request, response, key, query }: Call): Promise<void> {
    await store.read(key, async (object) => {
      if (!object) throw new S3Error(404, "NoSuchKey", "The specified key does not exist.");
      const { facts } = object;
      const headers = headersOf(facts, query);
      if (request.headers["if-none-match"] === headers.etag) {
        response.writeHead(304, { etag: headers.etag }).end();
        return;
      }
      const { start, end } = rangeOf(request.headers.range, facts.sizeBytes);
      const isPart = end - start + 1 < facts.sizeBytes;
      response.writeHead(isPart ? 206 : 200, {
        ...headers,
        "content-length": String(end - start + 1),
        ...(isPart ? { "content-range": `bytes ${start}-${end}/${facts.sizeBytes}` } : {}),
      });
      if (request.method === "HEAD") response.end();
      else await pipeline(object.bytes(start, end), response);
    });
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => refuse(request, response, error));
  });
  const port = await listen(server, options.port ?? 0);
  return { url: `http://127.0.0.1:${port}`, stop: () => closeServer(server) };
}

function headersOf(facts: ObjectFacts, query: URLSearchParams) {
  const headers: Record<string, string> & { etag: string } = {
    "content-type": "application/octet-stream",
    ...facts.headers,
    "accept-ranges": "bytes",
    "last-modified": new Date(facts.modifiedMs).toUTCString(),
    etag: `"${facts.md5}"`,
  };
  for (const [name, value] of query) {
    const overridden = /^response-(content-type|content-disposition|cache-control)$/.exec(name)
      ?.[1];
    if (overridden) headers[overridden] = value;
  }
  return headers;
}

/** One range of bytes (RFC 9110 §14); none, or several, is the whole object. */
function rangeOf(header: string | undefined, sizeBytes: number): { start: number; end: number } {
  const last = sizeBytes - 1;
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? "");
  if (!match || match[0] === "bytes=-") return { start: 0, end: last };
  const [, from = "", to = ""] = match;
  const start = from === "" ? Math.max(0, sizeBytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? last : Math.min(Number(to), last);
  if (start > end) {
    throw new S3Error(416, "InvalidRange", "The requested range is not satisfiable");
  }
  return { start, end };
}

function allowOrigin(request: IncomingMessage, response: ServerResponse, origin: string): void {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("vary", "origin");
  response.setHeader("access-control-expose-headers", "etag, content-length, content-range");
  if (request.method !== "OPTIONS") return;
  response.setHeader("access-control-allow-methods", "GET, HEAD, PUT, DELETE");
  response.setHeader("access-control-max-age", "3600");
  const headers = request.headers["access-control-request-headers"];
  if (headers) response.setHeader("access-control-allow-headers", headers);
}

function notImplemented(what: string): S3Error {
  return new S3Error(501, "NotImplemented", `The embedded object store does not do ${what}.`);
}

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const refusal = error instanceof S3Error
    ? error
    : error instanceof URIError
    ? new S3Error(400, "InvalidURI", "Could not parse the specified URI.")
    : new S3Error(500, "InternalError", "We encountered an internal error.");
  const xml = '<?xml version="1.0" encoding="UTF-8"?>' +
    `<Error><Code>${refusal.code}</Code><Message>${escapeXml(refusal.message)}</Message>` +
    `<Resource>${escapeXml(request.url?.split("?")[0] ?? "")}</Resource></Error>`;
  // What is left of the body is not wanted, but a client must be able to finish sending it.
  request.resume();
  response.writeHead(refusal.status, { "content-type": "application/xml", connection: "close" });
  response.end(request.method === "HEAD" ? undefined : xml);
}
