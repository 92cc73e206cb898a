import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import type { Blobs } from "./blobs.ts";

export interface S3BlobsOptions {
  endpoint: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  region: string;
}

/** Blobs in one bucket of S3 or of what speaks its protocol. */
export function createS3Blobs(options: S3BlobsOptions): Blobs {
  const { endpoint, bucket: Bucket, region, accessKeyId, secretAccessKey } = options;
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    // By default the SDK adds checksums that stores other than Amazon's refuse.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    maxAttempts: 2,
  });
  return {
    async put(Key, Body, ContentType) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },

    async get(Key) {
      try {
        const object = await client.send(new GetObjectCommand({ Bucket, Key }));
        if (!object.Body) return undefined;
        return {
          // A web stream by its type, of plain buffers on every runtime that we use.
          body: object.Body.transformToWebStream() as ReadableStream<Uint8Array<ArrayBuffer>>,
          contentType: object.ContentType ?? "application/octet-stream",
          bytes: object.ContentLength,
          tag: object.ETag,
        };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    async delete(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },

    presignPut: ({ key, contentType, bytes, expiresSeconds }) =>
      getSignedUrl(
        client,
        new PutObjectCommand({ Bucket, Key: key, ContentType: contentType, ContentLength: bytes }),
        { expiresIn: expiresSeconds, signableHeaders: new Set(["content-type", "content-length"]) },
      ),

    url: (key, expiresSeconds) =>
      getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), {
        expiresIn: expiresSeconds,
      }),
  };
}
