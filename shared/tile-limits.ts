import { wordsFor } from "./bits.ts";
import { AMENITIES, DockKind } from "./dock.ts";
import { HullType } from "./boat.ts";
import { NATURAL, NONE } from "./tile-ints.ts";
import type { NameColumns } from "./tile-names.ts";
import { LINEAR_KINDS, type SizeColumns } from "./tile-sizes.ts";
import { ALL_HULLS, hullFlag, INSTANT, INSURANCE, type TraitColumns } from "./tile-traits.ts";

/** Above every boat: where a rule has nothing to compare, nothing is kept out. */
const NO_LIMIT = NATURAL.max;

/**
 * What the rules of fit come to for each dock: the most of a boat that is not surely too much. A
 * search holds a boat against these; what it shows is judged and explained by the rules themselves.
 */
export interface LimitColumns {
  beams: Int32Array;
  /** Depth below LAT, and the same at the highest tide; no limit where it is not known. */
  lowDepths: Int32Array;
  highDepths: Int32Array;
  /** Clearance at the highest tide that is known. */
  heights: Int32Array;
  weights: Int32Array;
}

/** Sets of docks of which something is true. */
export interface DockSets {
  kinds: Int32Array[];
  amenities: Int32Array[];
  hulls: Int32Array[];
  allHulls: Int32Array;
  instant: Int32Array;
  insurance: Int32Array;
  quays: Int32Array;
  /** Where beam is a question, and where it has no answer. */
  beamAsked: Int32Array;
  beamUnknown: Int32Array;
  depthUnknown: Int32Array;
  overhead: Int32Array;
  /** What is above them, or how high the water rises to it, is not known. */
  heightUnknown: Int32Array;
  weightAsked: Int32Array;
  /** What bears the boat there must have a limit, and none is stated. */
  weightUnknown: Int32Array;
}

export function toLimits(
  sizes: SizeColumns,
  { harbours, harbourOf }: NameColumns,
): LimitColumns {
  const count = sizes.kinds.length;
  const limits: LimitColumns = {
    beams: new Int32Array(count),
    lowDepths: new Int32Array(count),
    highDepths: new Int32Array(count),
    heights: new Int32Array(count),
    weights: new Int32Array(count),
  };
  for (let dock = 0; dock < count; dock++) {
    const high = harbours[harbourOf[dock]!]!.tideHighCm;
    const beam = isBeamAsked(sizes.kinds[dock]!) ? sizes.maxBeams[dock]! : NONE;
    const depth = sizes.latDepths[dock]!;
    const height = sizes.overheads[dock] === 1 ? sizes.latOverheads[dock]! : NONE;
    const weight = sizes.weights[dock]!;
    limits.beams[dock] = beam === NONE ? NO_LIMIT : beam;
    limits.lowDepths[dock] = depth === NONE ? NO_LIMIT : depth;
    limits.highDepths[dock] = depth === NONE || high === null
      ? NO_LIMIT
      : depth + Math.max(0, high);
    limits.heights[dock] = height === NONE ? NO_LIMIT : height - (high ?? 0);
    limits.weights[dock] = weight === NONE ? NO_LIMIT : weight;
  }
  return limits;
}

const MOORING = DockKind.options.indexOf("mooring");
const DRY_RACK = DockKind.options.indexOf("dry_rack");

/** At a buoy and along a quay there is nothing at the boat's other side. */
function isBeamAsked(kind: number): boolean {
  return kind !== MOORING && !LINEAR_KINDS[kind];
}

export function toSets(
  sizes: SizeColumns,
  traits: TraitColumns,
  { harbours, harbourOf }: NameColumns,
): DockSets {
  const count = sizes.kinds.length;
  const size = wordsFor(count);
  const sets = emptySets(size);
  const { kinds, weights } = sizes;
  for (let dock = 0; dock < count; dock++) {
    const word = dock >>> 5;
    const bit = 1 << (dock & 31);
    const kind = kinds[dock]!;
    const flags = traits.flags[dock]!;
    sets.kinds[kind]![word]! |= bit;
    for (let left = traits.amenities[dock]!; left !== 0; left &= left - 1) {
      sets.amenities[31 - Math.clz32(left & -left)]![word]! |= bit;
    }
    for (let hull = 0; hull < HULL_FLAGS.length; hull++) {
      if ((flags & HULL_FLAGS[hull]!) !== 0) sets.hulls[hull]![word]! |= bit;
    }
    if ((flags & ALL_HULLS) === ALL_HULLS) sets.allHulls[word]! |= bit;
    if ((flags & INSTANT) !== 0) sets.instant[word]! |= bit;
    if ((flags & INSURANCE) !== 0) sets.insurance[word]! |= bit;
    if (sizes.lengths[dock] !== NONE) sets.quays[word]! |= bit;
    if (isBeamAsked(kind)) {
      sets.beamAsked[word]! |= bit;
      if (sizes.maxBeams[dock] === NONE) sets.beamUnknown[word]! |= bit;
    }
    if (sizes.latDepths[dock] === NONE) sets.depthUnknown[word]! |= bit;
    if (sizes.overheads[dock] === 1) {
      sets.overhead[word]! |= bit;
      const isTideKnown = harbours[harbourOf[dock]!]!.tideHighCm !== null;
      if (sizes.latOverheads[dock] === NONE || !isTideKnown) sets.heightUnknown[word]! |= bit;
    }
    if (weights[dock] !== NONE) sets.weightAsked[word]! |= bit;
    else if (kind === MOORING || kind === DRY_RACK) sets.weightUnknown[word]! |= bit;
  }
  return sets;
}

const HULL_FLAGS = HullType.options.map(hullFlag);

function emptySets(size: number): DockSets {
  const empty = () => new Int32Array(size);
  return {
    kinds: DockKind.options.map(empty),
    amenities: AMENITIES.map(empty),
    hulls: HULL_FLAGS.map(empty),
    allHulls: empty(),
    instant: empty(),
    insurance: empty(),
    quays: empty(),
    beamAsked: empty(),
    beamUnknown: empty(),
    depthUnknown: empty(),
    overhead: empty(),
    heightUnknown: empty(),
    weightAsked: empty(),
    weightUnknown: empty(),
  };
}
