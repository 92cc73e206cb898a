import { bitsWhere } from "./bits.ts";
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
  { flags, amenities }: TraitColumns,
  { harbours, harbourOf }: NameColumns,
): DockSets {
  const count = sizes.kinds.length;
  const { kinds, weights } = sizes;
  const where = (isTrue: (dock: number) => boolean) => bitsWhere(count, isTrue);
  return {
    kinds: DockKind.options.map((_, kind) => where((i) => kinds[i] === kind)),
    amenities: AMENITIES.map((_, bit) => where((i) => (amenities[i]! & (1 << bit)) !== 0)),
    hulls: HullType.options.map((hull) => where((i) => (flags[i]! & hullFlag(hull)) !== 0)),
    allHulls: where((i) => (flags[i]! & ALL_HULLS) === ALL_HULLS),
    instant: where((i) => (flags[i]! & INSTANT) !== 0),
    insurance: where((i) => (flags[i]! & INSURANCE) !== 0),
    quays: where((i) => sizes.lengths[i] !== NONE),
    beamAsked: where((i) => isBeamAsked(kinds[i]!)),
    beamUnknown: where((i) => isBeamAsked(kinds[i]!) && sizes.maxBeams[i] === NONE),
    depthUnknown: where((i) => sizes.latDepths[i] === NONE),
    overhead: where((i) => sizes.overheads[i] === 1),
    heightUnknown: where((i) =>
      sizes.overheads[i] === 1 &&
      (sizes.latOverheads[i] === NONE || harbours[harbourOf[i]!]!.tideHighCm === null)
    ),
    weightAsked: where((i) => weights[i] !== NONE),
    weightUnknown: where((i) =>
      weights[i] === NONE && (kinds[i] === MOORING || kinds[i] === DRY_RACK)
    ),
  };
}
