import { ByteReader, TileDamaged } from "./tile-bytes.ts";

// A tile's bytes: magic, format, number of sections (4 + 1 + 1 bytes, then 2 of nothing), length of
// the whole and checksum of all behind it (4 bytes each), the length of each section (4 bytes
// each), and the sections one after the other. Numbers of fixed width are little-endian.

const MAGIC = [0x44, 0x4f, 0x4b, 0x54];
const HEAD_BYTES = 16;

/** Sections with a head that tells whether they are whole. */
export function packSections(
  format: number,
  sections: readonly Uint8Array[],
): Uint8Array<ArrayBuffer> {
  const start = HEAD_BYTES + 4 * sections.length;
  const length = sections.reduce((sum, section) => sum + section.length, start);
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  bytes[4] = format;
  bytes[5] = sections.length;
  view.setUint32(8, length, true);
  let at = start;
  for (const [i, section] of sections.entries()) {
    view.setUint32(HEAD_BYTES + 4 * i, section.length, true);
    bytes.set(section, at);
    at += section.length;
  }
  view.setUint32(12, checksum(bytes, HEAD_BYTES), true);
  return bytes;
}

/**
 * A reader for each of the named sections.
 *
 * @throws {TileDamaged} where the bytes are cut short, altered, or of another format.
 */
export function openSections<Name extends string>(
  bytes: Uint8Array,
  format: number,
  names: readonly Name[],
): Record<Name, ByteReader> {
  const start = HEAD_BYTES + 4 * names.length;
  if (bytes.length < HEAD_BYTES) {
    throw new TileDamaged(`${bytes.length} bytes are less than a head`);
  }
  if (MAGIC.some((byte, i) => bytes[i] !== byte)) throw new TileDamaged("it is no tile");
  if (bytes[4] !== format) throw new TileDamaged(`format ${bytes[4]}, expected ${format}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = view.getUint32(8, true);
  if (length !== bytes.length) {
    throw new TileDamaged(`it announces ${length} bytes and has ${bytes.length}`);
  }
  if (bytes[5] !== names.length || bytes[6] !== 0 || bytes[7] !== 0 || length < start) {
    throw new TileDamaged("its head is not as the format says");
  }
  if (view.getUint32(12, true) !== checksum(bytes, HEAD_BYTES)) {
    throw new TileDamaged("its checksum is not that of its content");
  }
  let at = start;
  const readers = names.map((name, i) => {
    const end = at + view.getUint32(HEAD_BYTES + 4 * i, true);
    if (end > length) throw new TileDamaged(`${name}: it reaches beyond the tile`);
    const reader = new ByteReader(bytes, at, end, name);
    at = end;
    return [name, reader] as const;
  });
  if (at !== length) throw new TileDamaged(`${length - at} bytes belong to no section`);
  // Each name has its entry: they were just made from the names.
  return Object.fromEntries(readers) as Record<Name, ByteReader>;
}

/** MurmurHash3 (A. Appleby, x86 32 bits) of the bytes from a place on; 0 to 2^32 - 1. */
export function checksum(bytes: Uint8Array, from: number): number {
  let hash = 0;
  let at = from;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (const end = bytes.length - 3; at < end; at += 4) {
    hash ^= scramble(view.getInt32(at, true));
    hash = (hash << 13) | (hash >>> 19);
    hash = (Math.imul(hash, 5) + 0xe6546b64) | 0;
  }
  let rest = 0;
  for (let i = bytes.length - 1; i >= at; i--) rest = (rest << 8) | bytes[i]!;
  hash ^= scramble(rest);
  hash ^= bytes.length - from;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
