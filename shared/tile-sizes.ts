import { Datum, DockKind, isLinear } from "./dock.ts";
import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";
import { NATURAL, NONE, orNull, readInts, writeInts } from "./tile-ints.ts";

/** What a dock can take, in centimetres and kilograms; NONE where it is not known. */
export interface SizeColumns {
  /** Places in `DockKind.options`. */
  kinds: Int32Array;
  minLoas: Int32Array;
  maxLoas: Int32Array;
  maxBeams: Int32Array;
  depths: Int32Array;
  /** Places in `Datum.options`. */
  datums: Int32Array;
  latDepths: Int32Array;
  /** Heights above LAT; `overheads` says whether there is anything above at all. */
  latOverheads: Int32Array;
  overheads: Int32Array;
  weights: Int32Array;
  lengths: Int32Array;
  gaps: Int32Array;
}

function orNone(value: number | null): number {
  return value ?? NONE;
}

export function writeSizes(writer: ByteWriter, docks: readonly TileDock[]): void {
  const column = (valueOf: (dock: TileDock) => number) => writeInts(writer, docks.map(valueOf));
  column((dock) => DockKind.options.indexOf(dock.kind));
  column((dock) => orNone(dock.minLoaCm));
  column((dock) => dock.maxLoaCm);
  column((dock) => orNone(dock.maxBeamCm));
  column((dock) => orNone(dock.depthCm));
  column((dock) => dock.depthDatum === null ? NONE : Datum.options.indexOf(dock.depthDatum));
  // A datum lies the same way below another in the whole harbour: the difference says less.
  column((dock) => dock.depthLatCm === null ? NONE : dock.depthLatCm - (dock.depthCm ?? 0));
  column((dock) => dock.hasOverhead ? 1 : 0);
  column((dock) => orNone(dock.overheadLatCm));
  column((dock) => orNone(dock.maxDisplacementKg));
  column((dock) => orNone(dock.lengthCm));
  column((dock) => dock.gapCm);
}

const CM = { min: 0, max: 10_000_000 };
const HEIGHT = { min: -10_000_000, max: 10_000_000, none: true };

export function readSizes(reader: ByteReader, count: number): SizeColumns {
  const natural = { ...CM, none: true };
  const kinds = readInts(reader, count, { min: 0, max: DockKind.options.length - 1 });
  const minLoas = readInts(reader, count, natural);
  const maxLoas = readInts(reader, count, CM);
  const maxBeams = readInts(reader, count, natural);
  const depths = readInts(reader, count, HEIGHT);
  const datums = readInts(reader, count, { min: 0, max: Datum.options.length - 1, none: true });
  const latDepths = readInts(reader, count, HEIGHT);
  for (let i = 0; i < count; i++) {
    if (latDepths[i] !== NONE && depths[i] !== NONE) latDepths[i]! += depths[i]!;
  }
  const overheads = readInts(reader, count, { min: 0, max: 1 });
  const latOverheads = readInts(reader, count, HEIGHT);
  const weights = readInts(reader, count, { ...NATURAL, none: true });
  const lengths = readInts(reader, count, natural);
  const gaps = readInts(reader, count, CM);
  reader.finish();
  return {
    kinds,
    minLoas,
    maxLoas,
    maxBeams,
    depths,
    datums,
    latDepths,
    latOverheads,
    overheads,
    weights,
    lengths,
    gaps,
  };
}

type Sizes = Pick<
  TileDock,
  | "kind"
  | "minLoaCm"
  | "maxLoaCm"
  | "maxBeamCm"
  | "depthCm"
  | "depthDatum"
  | "depthLatCm"
  | "hasOverhead"
  | "overheadLatCm"
  | "maxDisplacementKg"
  | "lengthCm"
  | "gapCm"
>;

/** A dock's sizes as its record has them. */
export function sizesAt(sizes: SizeColumns, dock: number): Sizes {
  return {
    kind: DockKind.options[sizes.kinds[dock]!]!,
    minLoaCm: orNull(sizes.minLoas[dock]!),
    maxLoaCm: sizes.maxLoas[dock]!,
    maxBeamCm: orNull(sizes.maxBeams[dock]!),
    depthCm: orNull(sizes.depths[dock]!),
    depthDatum: Datum.options[sizes.datums[dock]!] ?? null,
    depthLatCm: orNull(sizes.latDepths[dock]!),
    hasOverhead: sizes.overheads[dock] === 1,
    overheadLatCm: orNull(sizes.latOverheads[dock]!),
    maxDisplacementKg: orNull(sizes.weights[dock]!),
    lengthCm: orNull(sizes.lengths[dock]!),
    gapCm: sizes.gaps[dock]!,
  };
}

/** Places in `DockKind.options` of the kinds that are sold by length. */
export const LINEAR_KINDS: readonly boolean[] = DockKind.options.map(isLinear);
