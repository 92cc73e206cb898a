import { randomBytes } from "node:crypto";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type S3, startS3 } from "./s3.ts";

// The official SDK is the client of every test here.
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalr/secret+key" };
const Bucket = "photos";
let dataDir: string;
let s3: S3;
let client: S3Client;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-s3-"));
  s3 = await start();
  client = clientOf(credentials);
});

afterEach(async () => {
  client.destroy();
  await s3.stop();
  await rm(dataDir, { recursive: true });
});

const start = () =>
  startS3({ dataDir, bucket: Bucket, credentials: { ...credentials, region: "auto" } });

const clientOf = (
  keys: typeof credentials,
  requestChecksumCalculation: "WHEN_REQUIRED" | "WHEN_SUPPORTED" = "WHEN_REQUIRED",
) =>
  new S3Client({
    endpoint: s3.url,
    region: "auto",
    credentials: keys,
    forcePathStyle: true,
    requestChecksumCalculation,
    maxAttempts: 1,
  });

const put = (Key: string, Body: string | Uint8Array, more = {}) =>
  client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const get = async (Key: string, more = {}) => {
  const answer = await client.send(new GetObjectCommand({ Bucket, Key, ...more }));
  return { ...answer, text: await answer.Body?.transformToString() };
};

test("an object comes back as it went in, also after a restart", async () => {
  const Key = "docks/7/Île d’Yeu (1)+*'!~&=?#%20.jpg";
  const bytes = randomBytes(300_000);
  const { ETag } = await put(Key, bytes, {
    ContentType: "image/jpeg",
    CacheControl: "max-age=60",
    Metadata: { width: "640" },
  });
  await s3.stop();
  s3 = await start();
  client = clientOf(credentials);
  const answer = await client.send(new GetObjectCommand({ Bucket, Key }));
  expect(Buffer.from(await answer.Body?.transformToByteArray() ?? [])).toEqual(bytes);
  expect(answer).toMatchObject({
    ETag,
    ContentType: "image/jpeg",
    CacheControl: "max-age=60",
    ContentLength: 300_000,
    Metadata: { width: "640" },
  });
  const head = await client.send(new HeadObjectCommand({ Bucket, Key }));
  expect(head).toMatchObject({ ETag, ContentLength: 300_000, Metadata: { width: "640" } });
  await put("empty", "");
  expect((await get("empty")).text).toBe("");
});

test("a range is a part, and one beyond the end is refused", async () => {
  await put("a", "0123456789");
  expect(await get("a", { Range: "bytes=2-4" })).toMatchObject({
    text: "234",
    ContentRange: "bytes 2-4/10",
  });
  expect((await get("a", { Range: "bytes=-3" })).text).toBe("789");
  expect((await get("a", { Range: "bytes=7-" })).text).toBe("789");
  await expect(get("a", { Range: "bytes=10-" })).rejects.toMatchObject({ name: "InvalidRange" });
});

test("a deleted or unknown object is not found", async () => {
  await put("a", "x");
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
  await expect(get("a")).rejects.toMatchObject({ name: "NoSuchKey" });
  await expect(client.send(new HeadObjectCommand({ Bucket, Key: "a" }))).rejects.toMatchObject({
    name: "NotFound",
  });
  await client.send(new HeadBucketCommand({ Bucket }));
  await expect(client.send(new GetObjectCommand({ Bucket: "other", Key: "a" }))).rejects
    .toMatchObject({ name: "NoSuchBucket" });
});

test("ListObjectsV2 pages through prefixes and groups", async () => {
  for (const key of ["a/1", "a/2", "a/b/3", "b/1", "c & d"]) await put(key, key);
  const list = (more = {}) => client.send(new ListObjectsV2Command({ Bucket, ...more }));
  const all = await list();
  expect(all.Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([
    ["a/1", 3],
    ["a/2", 3],
    ["a/b/3", 5],
    ["b/1", 3],
    ["c & d", 5],
  ]);
  const grouped = await list({ Prefix: "a/", Delimiter: "/" });
  expect(grouped.Contents?.map(({ Key }) => Key)).toEqual(["a/1", "a/2"]);
  expect(grouped.CommonPrefixes).toEqual([{ Prefix: "a/b/" }]);
  const pages: (string | undefined)[] = [];
  let ContinuationToken: string | undefined;
  do {
    const page = await list({ MaxKeys: 2, Delimiter: "/", ContinuationToken });
    pages.push(
      ...page.CommonPrefixes?.map(({ Prefix }) => Prefix) ?? [],
      ...page.Contents?.map(({ Key }) => Key) ?? [],
    );
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
  expect(pages).toEqual(["a/", "b/", "c & d"]);
});

test("a presigned URL gives exactly what it was signed for, while it lasts", async () => {
  const upload = await getSignedUrl(
    client,
    new PutObjectCommand({ Bucket, Key: "p", ContentType: "image/png", ContentLength: 4 }),
    { expiresIn: 60, signableHeaders: new Set(["content-type", "content-length", "host"]) },
  );
  const send = (url: string, type: string, body: string) =>
    fetch(url, { method: "PUT", headers: { "content-type": type }, body });
  expect((await send(upload, "image/png", "longer")).status).toBe(403);
  expect((await send(upload, "text/html", "1234")).status).toBe(403);
  expect((await send(upload.replace("/p?", "/q?"), "image/png", "1234")).status).toBe(403);
  expect((await send(upload, "image/png", "1234")).status).toBe(200);
  expect((await fetch(upload)).status).toBe(403);

  const download = await getSignedUrl(client, new GetObjectCommand({ Bucket, Key: "p" }), {
    expiresIn: 60,
  });
  const answer = await fetch(download);
  expect([answer.status, await answer.text()]).toEqual([200, "1234"]);
  const now = vi.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
  const late = await fetch(download);
  now.mockRestore();
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining("expired")]);
});

test("what is not signed with the key, or not as it was signed, is refused", async () => {
  await put("a", "x");
  const stranger = clientOf({ ...credentials, secretAccessKey: "guess" });
  await expect(stranger.send(new GetObjectCommand({ Bucket, Key: "a" }))).rejects.toMatchObject({
    name: "SignatureDoesNotMatch",
  });
  const nobody = clientOf({ ...credentials, accessKeyId: "AKIDOTHER" });
  await expect(nobody.send(new GetObjectCommand({ Bucket, Key: "a" }))).rejects.toMatchObject({
    name: "InvalidAccessKeyId",
  });
  expect((await fetch(`${s3.url}/${Bucket}/a`)).status).toBe(403);
  expect((await fetch(`${s3.url}/${Bucket}?list-type=2`)).status).toBe(403);

  const url = await getSignedUrl(client, new PutObjectCommand({ Bucket, Key: "a" }));
  const added = await fetch(url, {
    method: "PUT",
    body: "y",
    headers: { "x-amz-meta-owner": "me" },
  });
  expect([added.status, await added.text()]).toEqual([403, expect.stringContaining("not signed")]);
  expect((await get("a")).text).toBe("x");
});

test("a body that is not what was announced leaves nothing behind", async () => {
  await put("a", "first");
  await expect(put("a", "second", { ContentMD5: "AAAAAAAAAAAAAAAAAAAAAA==" })).rejects
    .toMatchObject({ name: "BadDigest" });
  client.middlewareStack.add(
    (next) => async (args) => {
      const request = args.request as { method: string; body: unknown };
      if (request.method === "PUT") request.body = "other";
      return await next(args);
    },
    { step: "deserialize" },
  );
  await expect(put("a", "third")).rejects.toMatchObject({ name: "XAmzContentSHA256Mismatch" });
  expect((await get("a")).text).toBe("first");
  expect(await readdir(join(dataDir, "s3", Bucket))).toHaveLength(1);
});

test("browsers may ask from any origin, and readers see ETags", async () => {
  const preflight = await fetch(`${s3.url}/${Bucket}/a`, {
    method: "OPTIONS",
    headers: {
      origin: "http://localhost:8787",
      "access-control-request-method": "PUT",
      "access-control-request-headers": "content-type",
    },
  });
  expect(preflight.status).toBe(204);
  expect(Object.fromEntries(preflight.headers)).toMatchObject({
    "access-control-allow-origin": "http://localhost:8787",
    "access-control-allow-methods": expect.stringContaining("PUT"),
    "access-control-allow-headers": "content-type",
  });
});

test("what it does not do, it says, and stores nothing of it", async () => {
  const chunked = clientOf(credentials, "WHEN_SUPPORTED");
  const Body = Readable.from(["framed"]);
  await expect(
    chunked.send(new PutObjectCommand({ Bucket, Key: "a", Body, ContentLength: 6 })),
  ).rejects.toMatchObject({
    name: "NotImplemented",
    message: expect.stringContaining("WHEN_REQUIRED"),
  });
  await expect(
    client.send(new CopyObjectCommand({ Bucket, Key: "a", CopySource: `${Bucket}/b` })),
  ).rejects.toMatchObject({ name: "NotImplemented" });
  await expect(get("a")).rejects.toMatchObject({ name: "NoSuchKey" });
});
