import { TileDamaged } from "../../shared/tile-bytes.ts";
import { decodeTile, type Tile } from "../../shared/tile.ts";
import { gunzip, gzip } from "../platform/gzip.ts";
import type { LeafCopy } from "./known-changes.ts";
import { parseSnapshot, type Snapshot, snapshotToText } from "./snapshot.ts";

// A leaf's copy in a cache, before gzip: one line of text (the snapshot that it was read by and
// each page's length in bytes, a space between), and the pages' bytes one after the other.

const NEWLINE = 10;

/** A leaf's encoded tiles, and the snapshot that they were read by, as caches keep them. */
export async function packLeaf(
  pages: readonly Uint8Array[],
  snapshot: Snapshot,
): Promise<Uint8Array<ArrayBuffer>> {
  const lengths = pages.map(({ length }) => length);
  const head = new TextEncoder().encode(`${[snapshotToText(snapshot), ...lengths].join(" ")}\n`);
  const whole = new Uint8Array(lengths.reduce((sum, length) => sum + length, head.length));
  whole.set(head);
  let at = head.length;
  for (const page of pages) {
    whole.set(page, at);
    at += page.length;
  }
  return await gzip(whole);
}

/**
 * The copy of `packLeaf`'s bytes; undefined where it is damaged or not whole: such a copy is as good
 * as none, as the origin has the tiles.
 */
export async function unpackLeaf(bytes: Uint8Array<ArrayBuffer>): Promise<LeafCopy | undefined> {
  const whole = await gunzip(bytes);
  if (!whole) return undefined;
  const end = whole.indexOf(NEWLINE);
  const [text = "", ...lengths] = new TextDecoder().decode(whole.subarray(0, Math.max(0, end)))
    .split(" ");
  try {
    const snapshot = parseSnapshot(text);
    const pages: Tile[] = [];
    let at = end + 1;
    for (const length of lengths.map(Number)) {
      pages.push(decodeTile(whole.slice(at, at + length)));
      at += length;
    }
    const isWhole = pages.length > 0 &&
      pages.every((tile, page) => tile.page === page && tile.pages === pages.length);
    return isWhole ? { pages, snapshot } : undefined;
  } catch (error) {
    if (error instanceof TileDamaged || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Bytes in so many pieces fit a call's arguments. */
const PIECE = 8_192;

/** Bytes as the text that Redis keeps. */
export function bytesToBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  }
  return btoa(text);
}

/** The bytes of a text in base64; undefined where it is none. */
export function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
