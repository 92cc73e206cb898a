import { ByteReader, ColumnMemory, TileDamaged } from "./tile-bytes.ts";

// A tile's bytes: magic, format, number of sections (4 + 1 + 1 bytes, then 2 of nothing), length of
// the whole and checksum of all behind it (4 bytes each), the length of each section (4 bytes
// each), and the sections one after the other. Numbers of fixed width are little-endian.

const MAGIC = [0x44, 0x4f, 0x4b, 0x54];
const HEAD_BYTES = 16;

/** How many numbers a tile's columns have for each of its bytes, about. */
const INTS_A_BYTE = 0.75;

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
  const memory = new ColumnMemory(Math.ceil(bytes.length * INTS_A_BYTE));
  const parts = sliceSections(bytes, format, names);
  const readers = names.map((name) => [name, new ByteReader(parts[name], name, memory)]);
  // Each name has its entry: they were just made from the names.
  return Object.fromEntries(readers) as Record<Name, ByteReader>;
}

/**
 * The bytes of each of the named sections.
 *
 * @throws {TileDamaged} where the bytes are cut short, altered, or of another format.
 */
export function sliceSections<Name extends string>(
  bytes: Uint8Array,
  format: number,
  names: readonly Name[],
): Record<Name, Uint8Array> {
  const view = checkHead(bytes, format, names.length);
  let at = HEAD_BYTES + 4 * names.length;
  const parts = names.map((name, i) => {
    const end = at + view.getUint32(HEAD_BYTES + 4 * i, true);
    if (end > bytes.length) throw new TileDamaged(`${name}: it reaches beyond the tile`);
    const part = bytes.subarray(at, end);
    at = end;
    return [name, part] as const;
  });
  if (at !== bytes.length) throw new TileDamaged(`${bytes.length - at} bytes belong to no section`);
  // Each name has its entry: they were just made from the names.
  return Object.fromEntries(parts) as Record<Name, Uint8Array>;
}

function checkHead(bytes: Uint8Array, format: number, sections: number): DataView {
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
  const isOfFormat = bytes[5] === sections && bytes[6] === 0 && bytes[7] === 0;
  if (!isOfFormat || length < HEAD_BYTES + 4 * sections) {
    throw new TileDamaged("its head is not as the format says");
  }
  if (view.getUint32(12, true) !== checksum(bytes, HEAD_BYTES)) {
    throw new TileDamaged("its checksum is not that of its content");
  }
  return view;
}

/**
 * A check of the bytes from a place on, 0 to 2^32 - 1: MurmurHash3's steps (A. Appleby, x86 32
 * bits) on even and odd words by themselves, as the processor can do two at a time.
 */
export function checksum(bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let even = 0;
  let odd = 0;
  let at = from;
  for (const end = bytes.length - 7; at < end; at += 8) {
    even ^= scramble(view.getInt32(at, true));
    even = (Math.imul((even << 13) | (even >>> 19), 5) + 0xe6546b64) | 0;
    odd ^= scramble(view.getInt32(at + 4, true));
    odd = (Math.imul((odd << 13) | (odd >>> 19), 5) + 0xe6546b64) | 0;
  }
  for (; at < bytes.length; at++) {
    even ^= scramble(bytes[at]!);
    even = (Math.imul((even << 13) | (even >>> 19), 5) + 0xe6546b64) | 0;
  }
  let hash = Math.imul(even ^ (even >>> 16), 0x85ebca6b) ^ odd ^ (bytes.length - from);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function scramble(word: number): number {
  const mixed = Math.imul(word, 0xcc9e2d51);
  return Math.imul((mixed << 15) | (mixed >>> 17), 0x1b873593);
}
