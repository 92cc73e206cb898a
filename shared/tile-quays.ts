import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import { HORIZON_NIGHTS, type TileDock } from "./tile-dock.ts";
import { ANY_INT, NATURAL, NONE, readInts, writeInts } from "./tile-ints.ts";

/** What is taken of quays: who lies where along them, and when. */
export interface QuaySpans {
  /** Where each dock's spans begin in `spans`, and behind the last where they end. */
  starts: Int32Array;
  /** Of each boat `fromNight, toNight, lo, hi`, by arrival; hi NONE where nothing bounds it. */
  spans: Int32Array;
}

/** A quay's spans in nights from `baseDay`, by arrival. */
export function spansOf({ occupied }: Pick<TileDock, "occupied">, baseDay: number): number[] {
  const groups: number[][] = [];
  for (let i = 0; i < occupied.length; i += 4) {
    const from = Math.max(0, occupied[i]! - baseDay);
    const to = Math.min(HORIZON_NIGHTS, occupied[i + 1]! - baseDay);
    const hi = occupied[i + 3]!;
    if (from < to) groups.push([from, to, occupied[i + 2]!, hi === -1 ? NONE : hi]);
  }
  return groups.sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!).flat();
}

export function writeQuays(
  writer: ByteWriter,
  docks: readonly TileDock[],
  baseDay: number,
): void {
  const rows = docks.map((dock) => dock.lengthCm === null ? [] : spansOf(dock, baseDay));
  writeInts(writer, rows.map((spans) => spans.length / 4));
  const column = (valueOf: (spans: number[], i: number) => number) =>
    writeInts(
      writer,
      rows.flatMap((spans) =>
        Array.from({ length: spans.length / 4 }, (_, boat) => valueOf(spans, boat * 4))
      ),
    );
  column((spans, i) => spans[i]! - (spans[i - 4] ?? 0));
  column((spans, i) => spans[i + 1]! - spans[i]!);
  column((spans, i) => spans[i + 2]!);
  column((spans, i) => spans[i + 3] === NONE ? NONE : spans[i + 3]! - spans[i + 2]!);
}

export function readQuays(reader: ByteReader, count: number): QuaySpans {
  const counts = readInts(reader, count, NATURAL);
  const starts = reader.ints(count + 1);
  let total = 0;
  for (let dock = 0; dock < count; dock++) {
    total += counts[dock]!;
    // Each boat takes four bytes and more, or the columns are constant and few.
    if (total > MOST_SPANS) reader.fail(`${total} boats are too many`);
    starts[dock + 1] = total * 4;
  }
  const nights = { min: 1, max: HORIZON_NIGHTS };
  const steps = readInts(reader, total, { min: 0, max: HORIZON_NIGHTS });
  const lengths = readInts(reader, total, nights);
  const los = readInts(reader, total, ANY_INT);
  const sizes = readInts(reader, total, { min: 1, max: NATURAL.max, none: true });
  reader.finish();
  const spans = reader.ints(total * 4);
  for (let dock = 0, boat = 0; dock < count; dock++) {
    let from = 0;
    for (const end = boat + counts[dock]!; boat < end; boat++) {
      from += steps[boat]!;
      const to = from + lengths[boat]!;
      const hi = sizes[boat] === NONE ? NONE : los[boat]! + sizes[boat]!;
      if (to > HORIZON_NIGHTS || hi > NATURAL.max) reader.fail("a boat lies beyond the horizon");
      spans[boat * 4] = from;
      spans[boat * 4 + 1] = to;
      spans[boat * 4 + 2] = los[boat]!;
      spans[boat * 4 + 3] = hi;
    }
  }
  return { starts, spans };
}

/** More boats than ever lie at the quays of one tile: what bounds the memory that it takes. */
const MOST_SPANS = 200_000;

/** The spans with one dock's changed. */
export function withSpans(quays: QuaySpans, dock: number, spans: readonly number[]): QuaySpans {
  const start = quays.starts[dock]!;
  const end = quays.starts[dock + 1]!;
  const shift = spans.length - (end - start);
  const all = new Int32Array(quays.spans.length + shift);
  all.set(quays.spans.subarray(0, start));
  all.set(spans, start);
  all.set(quays.spans.subarray(end), start + spans.length);
  return {
    starts: quays.starts.map((at, i) => i > dock ? at + shift : at),
    spans: all,
  };
}

/** A quay's boats as a record has them. */
export function spansToOccupied(quays: QuaySpans, dock: number, baseDay: number): number[] {
  const occupied: number[] = [];
  for (let i = quays.starts[dock]!; i < quays.starts[dock + 1]!; i += 4) {
    const hi = quays.spans[i + 3]!;
    occupied.push(
      baseDay + quays.spans[i]!,
      baseDay + quays.spans[i + 1]!,
      quays.spans[i + 2]!,
      hi === NONE ? -1 : hi,
    );
  }
  return occupied;
}

/**
 * Whether a quay has one run of `needCm` that is free through all the nights `[from, to)`. Walks
 * it from its start: whatever is in the way of the run that begins here moves the beginning behind
 * itself, until nothing does or the quay is over. Few boats lie on one quay, so going round again
 * is cheaper than sorting them. Allocates nothing.
 */
export function hasQuayRun(
  { starts, spans }: QuaySpans,
  dock: number,
  from: number,
  to: number,
  lengthCm: number,
  needCm: number,
): boolean {
  const first = starts[dock]!;
  const end = starts[dock + 1]!;
  let start = 0;
  for (let hasMoved = true; hasMoved && start + needCm <= lengthCm;) {
    hasMoved = false;
    for (let i = first; i < end && spans[i]! < to; i += 4) {
      if (spans[i + 1]! <= from || spans[i + 2]! >= start + needCm) continue;
      const hi = spans[i + 3]!;
      if (hi === NONE) return false;
      if (hi > start) {
        start = hi;
        hasMoved = true;
      }
    }
  }
  return start + needCm <= lengthCm;
}
