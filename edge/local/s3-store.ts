import { createHash, randomBytes } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { S3Error } from "./s3-error.ts";

/** What is kept of an object besides its bytes. */
export interface ObjectFacts {
  key: string;
  sizeBytes: number;
  /** MD5 in hex, as S3's ETag of a plain upload. */
  md5: string;
  modifiedMs: number;
  /** `content-type`, `cache-control`, `x-amz-meta-…` and their like, given back on reads. */
  headers: Record<string, string>;
}

/** What the sender said that the bytes would be; undefined where it did not. */
export interface Expected {
  sha256: string | undefined;
  md5: string | undefined;
  maxBytes: number;
}

export interface StoredObject {
  facts: ObjectFacts;
  bytes(start: number, end: number): AsyncGenerator<Buffer>;
}

/**
 * Objects as files: the bytes, then their facts as JSON, then the JSON's length in four bytes. One
 * rename makes all of it visible at once, so a reader never sees half an object or old facts.
 */
export class ObjectStore {
  private readonly directory: string;
  private readonly factsByKey = new Map<string, ObjectFacts>();

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async open(directory: string): Promise<ObjectStore> {
    const store = new ObjectStore(directory);
    await mkdir(directory, { recursive: true });
    for (const name of await readdir(directory)) {
      const path = join(directory, name);
      if (name.endsWith(".unfinished")) {
        await rm(path);
        continue;
      }
      const file = await open(path);
      try {
        const facts = await readFacts(file);
        store.factsByKey.set(facts.key, facts);
      } finally {
        await file.close();
      }
    }
    return store;
  }

  /** Every object's facts, sorted by key as S3 does (by UTF-8 bytes). */
  list(): ObjectFacts[] {
    return [...this.factsByKey.values()].sort((a, b) =>
      Buffer.compare(Buffer.from(a.key), Buffer.from(b.key))
    );
  }

  find(key: string): ObjectFacts | undefined {
    return this.factsByKey.get(key);
  }

  async write(
    key: string,
    headers: Record<string, string>,
    body: AsyncIterable<Uint8Array>,
    expected: Expected,
  ): Promise<ObjectFacts> {
    const unfinished = join(this.directory, `${randomBytes(12).toString("hex")}.unfinished`);
    const file = await open(unfinished, "wx", 0o600);
    try {
      const md5 = createHash("md5");
      const sha256 = createHash("sha256");
      let sizeBytes = 0;
      for await (const chunk of body) {
        sizeBytes += chunk.length;
        if (sizeBytes > expected.maxBytes) {
          throw new S3Error(400, "EntityTooLarge", "Your proposed upload is too large.");
        }
        md5.update(chunk);
        sha256.update(chunk);
        await file.write(chunk);
      }
      if (expected.sha256 !== undefined && sha256.digest("hex") !== expected.sha256) {
        throw new S3Error(
          400,
          "XAmzContentSHA256Mismatch",
          "The provided 'x-amz-content-sha256' header does not match what was computed.",
        );
      }
      const digest = md5.digest();
      if (expected.md5 !== undefined && digest.toString("base64") !== expected.md5) {
        throw new S3Error(400, "BadDigest", "The Content-MD5 you specified did not match.");
      }
      const md5Hex = digest.toString("hex");
      const facts = { key, sizeBytes, md5: md5Hex, modifiedMs: Date.now(), headers };
      const json = Buffer.from(JSON.stringify(facts));
      const length = Buffer.alloc(4);
      length.writeUInt32BE(json.length);
      await file.write(Buffer.concat([json, length]));
      await file.sync();
      await file.close();
      await rename(unfinished, this.pathOf(key));
      this.factsByKey.set(key, facts);
      return facts;
    } catch (error) {
      await file.close().catch(() => {});
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  /** Lends an object to `serve`, undefined where there is none; `bytes` counts as HTTP does. */
  async read<T>(key: string, serve: (object: StoredObject | undefined) => Promise<T>): Promise<T> {
    // The opened file stays what it was while another upload takes its name.
    const file = await open(this.pathOf(key)).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    if (!file) return await serve(undefined);
    try {
      const facts = await readFacts(file);
      return await serve({ facts, bytes: (start, end) => readBytes(file, start, end) });
    } finally {
      await file.close();
    }
  }

  async remove(key: string): Promise<void> {
    this.factsByKey.delete(key);
    await rm(this.pathOf(key), { force: true });
  }

  private pathOf(key: string): string {
    return join(this.directory, createHash("sha256").update(key).digest("hex"));
  }
}

async function* readBytes(file: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let position = start; position <= end;) {
    const chunk = Buffer.allocUnsafe(Math.min(65_536, end - position + 1));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) throw new Error("Cannot read object: its file is too short");
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}

async function readFacts(file: FileHandle): Promise<ObjectFacts> {
  const { size } = await file.stat();
  const length = Buffer.alloc(4);
  await file.read(length, 0, 4, size - 4);
  const json = Buffer.alloc(length.readUInt32BE());
  await file.read(json, 0, json.length, size - 4 - json.length);
  // Written by this class alone, and only ever whole.
  return JSON.parse(json.toString()) as ObjectFacts;
}
