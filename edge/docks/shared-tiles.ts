import { ROOT_NAME } from "../../shared/quadkey.ts";
import { TileDamaged } from "../../shared/tile-bytes.ts";
import { decodeTile, type Tile, TILE_FORMAT } from "../../shared/tile.ts";
import { gunzip, gzip } from "../platform/gzip.ts";

/** Under which key Redis keeps a leaf's tiles. */
export function sharedKey(quadkey: string): string {
  return `tile:${TILE_FORMAT}:${quadkey || ROOT_NAME}`;
}

/** A leaf's encoded tiles as the text that Redis keeps: each compressed, in base64, a space between. */
export async function writeLeaf(pages: readonly Uint8Array<ArrayBuffer>[]): Promise<string> {
  const texts = await Promise.all(pages.map(async (page) => bytesToBase64(await gzip(page))));
  return texts.join(" ");
}

/**
 * The tiles of a text of `writeLeaf`; undefined where it is damaged or not whole: such a copy is as
 * good as none, as the origin has the tiles.
 */
export async function readLeaf(text: string): Promise<Tile[] | undefined> {
  const tiles: Tile[] = [];
  for (const page of text.split(" ")) {
    const tile = await readPage(page);
    if (tile?.page !== tiles.length) return undefined;
    tiles.push(tile);
  }
  return tiles.every(({ pages }) => pages === tiles.length) ? tiles : undefined;
}

async function readPage(text: string): Promise<Tile | undefined> {
  const zipped = base64ToBytes(text);
  const bytes = zipped && await gunzip(zipped);
  if (!bytes) return undefined;
  try {
    return decodeTile(bytes);
  } catch (error) {
    if (error instanceof TileDamaged) return undefined;
    throw error;
  }
}

function bytesToBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function base64ToBytes(text: string): Uint8Array<ArrayBuffer> | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
