import { HullType } from "./boat.ts";
import { AMENITIES, DockKind } from "./dock.ts";
import { OVERHEAD_CLEARANCE_CM, UNDER_KEEL_CM } from "./fit-rules.ts";
import { isVesselGiven } from "./fit.ts";
import { wordBeginnings } from "./fold.ts";
import { type Bbox, createDistance } from "./geo.ts";
import { areaCentre, areaToBbox, sortOf, type WaterSearch } from "./search-terms.ts";
import type { Sort } from "./api.ts";
import { dateToDay } from "./stay.ts";
import { DEGREE } from "./tile-positions.ts";
import { createZoneClock, type ZoneClock } from "./zone.ts";

/**
 * A search made ready to be held against columns: what is not asked is a number that nothing
 * stands against.
 */
export interface Question {
  sort: Sort;
  /** What holds the whole area: the box itself, or one around the circle. */
  box: BoxLimits;
  /** Infinity where a box is asked for. */
  radiusM: number;
  distanceTo: (lat: number, lon: number) => number;
  /** Nights `[fromDay, toDay)`; undefined where none are asked for. */
  stay: { fromDay: number; toDay: number } | undefined;
  clock: ZoneClock;
  /** Places in `DockKind.options`; empty: all. */
  kinds: number[];
  /** Places in `AMENITIES`. */
  amenities: number[];
  /** As `wordBeginnings` gives them. */
  words: string[];
  instantOnly: boolean;
  boat: BoatNeeds | undefined;
}

/** A box's edges as the outermost millionths of a degree that are in it. */
export interface BoxLimits {
  south: number;
  north: number;
  west: number;
  east: number;
  /** It crosses the antimeridian: what is not between east and west is in it. */
  isSplit: boolean;
}

function toLimits({ south, north, west, east }: Bbox): BoxLimits {
  return {
    south: firstFrom(south),
    north: lastTo(north),
    west: firstFrom(west),
    east: lastTo(east),
    isSplit: west > east,
  };
}

/** The least millionths that are no less than some degrees, compared as degrees are. */
function firstFrom(degrees: number): number {
  let at = Math.round(degrees * DEGREE);
  while (at / DEGREE < degrees) at++;
  while ((at - 1) / DEGREE >= degrees) at--;
  return at;
}

function lastTo(degrees: number): number {
  return 0 - firstFrom(-degrees);
}

/** What a boat needs of a dock; undefined where it is not known. */
export interface BoatNeeds {
  loaCm: number | undefined;
  beamCm: number | undefined;
  depthCm: number | undefined;
  heightCm: number | undefined;
  weightKg: number | undefined;
  takesGround: boolean;
  /** Place in `HullType.options`. */
  hull: number | undefined;
  /** Whether insurance reaches the departure; undefined where one of both is not known. */
  isInsured: boolean | undefined;
  needsPower: boolean;
}

export function toQuestion(search: WaterSearch, nowMs: number): Question {
  const { area, stay } = search;
  return {
    sort: sortOf(search),
    box: toLimits(areaToBbox(area)),
    radiusM: "bbox" in area ? Infinity : area.radiusM,
    distanceTo: createDistance(areaCentre(area)),
    stay: stay && { fromDay: dateToDay(stay.from), toDay: dateToDay(stay.to) },
    clock: createZoneClock(nowMs),
    kinds: search.kinds.map((kind) => DockKind.options.indexOf(kind)),
    amenities: search.amenities.map((amenity) => AMENITIES.indexOf(amenity)),
    words: wordBeginnings(search.text ?? ""),
    instantOnly: search.instantOnly,
    boat: isVesselGiven(search.vessel) ? toNeeds(search) : undefined,
  };
}

function toNeeds({ vessel, stay }: WaterSearch): BoatNeeds {
  const { loaCm, beamCm, draftCm, airDraftCm, displacementKg, hullType } = vessel;
  const { insuranceExpires } = vessel;
  return {
    loaCm,
    beamCm,
    depthCm: draftCm === undefined ? undefined : draftCm + UNDER_KEEL_CM,
    heightCm: airDraftCm === undefined ? undefined : airDraftCm + OVERHEAD_CLEARANCE_CM,
    weightKg: displacementKg,
    takesGround: vessel.takesGround === true,
    hull: hullType === undefined ? undefined : HullType.options.indexOf(hullType),
    // Dates written YYYY-MM-DD sort as they follow each other.
    isInsured: insuranceExpires === undefined || stay === undefined
      ? undefined
      : insuranceExpires >= stay.to,
    needsPower: vessel.inlets?.some(({ required }) => required) === true,
  };
}
