import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type S3, startS3 } from "../local/s3.ts";
import type { Blobs } from "./blobs.ts";
import { createS3Blobs } from "./s3-blobs.ts";

const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "wJalr/secret+key" };
let dataDir: string;
let s3: S3;
let blobs: Blobs;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "dokkerr-blobs-"));
  s3 = await startS3({ dataDir, bucket: "photos", credentials: { ...keys, region: "auto" } });
  blobs = blobsWith(keys);
});
afterAll(async () => {
  await s3.stop();
  await rm(dataDir, { recursive: true });
});

function blobsWith(credentials: typeof keys): Blobs {
  return createS3Blobs({ endpoint: s3.url, bucket: "photos", region: "auto", ...credentials });
}

const PICTURE = new Uint8Array([137, 80, 78, 71, 0, 255, 13, 10]);

test("what is put is got, with its type and size, until it is deleted", async () => {
  await blobs.put("docks/1/a b.png", PICTURE, "image/png");
  const blob = await blobs.get("docks/1/a b.png");
  expect(blob).toMatchObject({ contentType: "image/png", bytes: PICTURE.byteLength });
  expect(blob!.tag).toMatch(/^".+"$/);
  expect(new Uint8Array(await new Response(blob!.body).arrayBuffer())).toEqual(PICTURE);
  await blobs.delete("docks/1/a b.png");
  expect(await blobs.get("docks/1/a b.png")).toBeUndefined();
  await blobs.delete("docks/1/a b.png");
});

test("an upload that was allowed goes straight to the store, and only as it was allowed", async () => {
  const url = await blobs.presignPut({
    key: "docks/2/x.png",
    contentType: "image/png",
    bytes: PICTURE.byteLength,
    expiresSeconds: 60,
  });
  const put = (body: Uint8Array<ArrayBuffer>, type: string, to = url) =>
    fetch(to, { method: "PUT", body, headers: { "Content-Type": type } });
  expect((await put(PICTURE, "text/html")).status).toBe(403);
  expect((await put(new Uint8Array(500), "image/png")).status).toBe(403);
  expect((await put(PICTURE, "image/png", url.replace("x.png", "y.png"))).status).toBe(403);
  expect(await blobs.get("docks/2/x.png")).toBeUndefined();
  expect((await put(PICTURE, "image/png")).status).toBe(200);
  expect(await blobs.get("docks/2/x.png")).toMatchObject({ contentType: "image/png" });
});

test("a URL reads one object for whoever has it", async () => {
  await blobs.put("docks/3/z.png", PICTURE, "image/png");
  const url = await blobs.url("docks/3/z.png", 60);
  const response = await fetch(url);
  expect(response.status).toBe(200);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(PICTURE);
  expect((await fetch(url.split("?")[0]!)).status).toBe(403);
});

test("a wrong secret is refused, and says so", async () => {
  const wrong = blobsWith({ ...keys, secretAccessKey: "guessed" });
  await expect(wrong.get("docks/3/z.png")).rejects.toThrow(/signature/i);
  await expect(wrong.put("docks/3/z.png", PICTURE, "image/png")).rejects.toThrow();
});
