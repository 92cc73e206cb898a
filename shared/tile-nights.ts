import { wordsFor } from "./bits.ts";
import { type ByteReader, ByteWriter } from "./tile-bytes.ts";
import { HORIZON_NIGHTS, type TileDock } from "./tile-dock.ts";
import { readInts, writeInts } from "./tile-ints.ts";

/**
 * Taken nights of whole berths, a row of bits for each night and a bit for each dock: one AND says
 * of 32 docks whether a night is free. Quays have no bits here.
 */
export interface NightBits {
  /** Nights from the tile's first on that have a row; all later ones are free. */
  nights: number;
  words: number;
  /** Bit `dock & 31` of word `night * words + (dock >>> 5)`. */
  taken: Int32Array;
}

/** Half-open stretches of nights counted from `baseDay`, merged and in order: from, to, … */
export function takenRuns({ occupied }: Pick<TileDock, "occupied">, baseDay: number): number[] {
  const stretches: [number, number][] = [];
  for (let i = 0; i < occupied.length; i += 4) {
    const from = Math.max(0, occupied[i]! - baseDay);
    const to = Math.min(HORIZON_NIGHTS, occupied[i + 1]! - baseDay);
    if (from < to) stretches.push([from, to]);
  }
  stretches.sort((a, b) => a[0] - b[0]);
  const runs: number[] = [];
  for (const [from, to] of stretches) {
    const end = runs.at(-1);
    if (end === undefined || from > end) runs.push(from, to);
    else if (to > end) runs[runs.length - 1] = to;
  }
  return runs;
}

/**
 * Stretches of taken nights, all free gaps before all lengths: they need a third of the bytes of
 * rows of bits, and gzipped two thirds.
 */
export function writeNights(
  writer: ByteWriter,
  docks: readonly TileDock[],
  baseDay: number,
): void {
  const rows = docks.map((dock) => dock.lengthCm === null ? takenRuns(dock, baseDay) : []);
  writer.varint(rows.reduce((nights, runs) => Math.max(nights, runs.at(-1) ?? 0), 0));
  writeInts(writer, rows.map((runs) => runs.length / 2));
  const gaps = new ByteWriter();
  const lengths = new ByteWriter();
  for (const runs of rows) {
    for (let i = 0; i < runs.length; i += 2) {
      writeShort(gaps, runs[i]! - (runs[i - 1] ?? 0));
      writeShort(lengths, runs[i + 1]! - runs[i]!);
    }
  }
  const written = gaps.finish();
  writer.varint(written.length);
  writer.bytes(written);
  writer.bytes(lengths.finish());
}

/** In front of a number that needs two bytes. */
const LONG = 255;

function writeShort(writer: ByteWriter, value: number): void {
  if (value >= LONG) {
    writer.byte(LONG);
    writer.byte(value & 255);
  }
  writer.byte(value < LONG ? value : value >> 8);
}

export function readNights(reader: ByteReader, count: number): NightBits {
  const nights = reader.upTo(HORIZON_NIGHTS);
  const counts = readInts(reader, count, { min: 0, max: HORIZON_NIGHTS });
  const gaps = reader.bytes(reader.varint());
  const lengths = reader.bytes(reader.left);
  const words = wordsFor(count);
  // First a bit wherever a stay begins or ends, with a row more for the last ends; then each night
  // is as the one before it but for those.
  const taken = new Int32Array((nights + 1) * words);
  let nextGap = 0;
  let nextLength = 0;
  for (let dock = 0; dock < count; dock++) {
    const bit = 1 << (dock & 31);
    let at = dock >>> 5;
    for (let left = counts[dock]!; left > 0; left--) {
      let gap = gaps[nextGap++]!;
      if (gap === LONG) gap = gaps[nextGap++]! | (gaps[nextGap++]! << 8);
      let length = lengths[nextLength++]!;
      if (length === LONG) length = lengths[nextLength++]! | (lengths[nextLength++]! << 8);
      at += gap * words;
      const end = at + length * words;
      // What ends too early is not a number, and so not within them either.
      if (!(end > at && end < taken.length)) reader.fail(`a stay is not within ${nights} nights`);
      taken[at]! ^= bit;
      taken[end]! ^= bit;
      at = end;
    }
  }
  if (nextGap !== gaps.length || nextLength !== lengths.length) {
    reader.fail("it has more stays than it says");
  }
  for (let at = words; at < taken.length; at++) taken[at]! ^= taken[at - words]!;
  return { nights, words, taken: taken.subarray(0, nights * words) };
}

/** The bits with one dock's nights changed; the others are left as they are. */
export function withNights(bits: NightBits, dock: number, runs: readonly number[]): NightBits {
  const { words } = bits;
  const nights = Math.max(bits.nights, runs.at(-1) ?? 0);
  const taken = new Int32Array(nights * words);
  taken.set(bits.taken);
  const bit = 1 << (dock & 31);
  for (let word = dock >>> 5; word < taken.length; word += words) taken[word]! &= ~bit;
  for (let i = 0; i < runs.length; i += 2) {
    for (let night = runs[i]!; night < runs[i + 1]!; night++) {
      taken[night * words + (dock >>> 5)]! |= bit;
    }
  }
  return { nights, words, taken };
}

/** A dock's taken nights as a record has them. */
export function nightsToOccupied(bits: NightBits, dock: number, baseDay: number): number[] {
  const { nights, words, taken } = bits;
  const occupied: number[] = [];
  let from = -1;
  for (let night = 0; night <= nights; night++) {
    const isTaken = night < nights &&
      (taken[night * words + (dock >>> 5)]! & (1 << (dock & 31))) !== 0;
    if (isTaken && from < 0) from = night;
    if (!isTaken && from >= 0) {
      occupied.push(baseDay + from, baseDay + night, 0, -1);
      from = -1;
    }
  }
  return occupied;
}
