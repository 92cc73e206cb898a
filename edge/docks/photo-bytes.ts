import type { PhotoType } from "../../shared/dock.ts";
import type { StoredBlob } from "../platform/blobs.ts";

/** File name endings of the picture types that Dokkerr takes. */
export const PHOTO_ENDINGS: Readonly<Record<PhotoType, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/webp": "webp",
  "image/avif": "avif",
};

const HEAD_BYTES = 12;

/**
 * The type of picture that a file begins as (the formats' own signatures); undefined for anything
 * else.
 */
export function sniffPhotoType(head: Uint8Array): PhotoType | undefined {
  const ascii = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  if (ascii(0, 8) === "\x89PNG\r\n\x1a\n") return "image/png";
  if (ascii(0, 4) === "RIFF" && ascii(8, 12) === "WEBP") return "image/webp";
  if (ascii(4, 8) === "ftyp" && ["avif", "avis"].includes(ascii(8, 12))) return "image/avif";
  return undefined;
}

/** The first bytes of a stored object; the rest is not fetched. */
export async function readHead(blob: StoredBlob): Promise<Uint8Array> {
  const head = new Uint8Array(HEAD_BYTES);
  let filled = 0;
  const reader = blob.body.getReader();
  while (filled < HEAD_BYTES) {
    const { done, value } = await reader.read();
    if (done) break;
    head.set(value.subarray(0, HEAD_BYTES - filled), filled);
    filled = Math.min(HEAD_BYTES, filled + value.length);
  }
  await reader.cancel();
  return head.subarray(0, filled);
}
