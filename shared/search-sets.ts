import type { BoatNeeds, BoxLimits, Question } from "./search-question.ts";
import { HORIZON_NIGHTS } from "./tile-dock.ts";
import { BOX, SETS, setStart } from "./tile-index.ts";
import { DEGREE } from "./tile-positions.ts";
import type { Tile } from "./tile.ts";

/** How docks lie to a box: none, some or all of them within it. */
export const NONE_WITHIN = 0;
export const SOME_WITHIN = 1;
export const ALL_WITHIN = 2;

/** The antimeridian, whose docks also lie at its other name. */
export const EDGE = 180 * DEGREE;

/** How the docks of the box at a place of an index lie to another box. */
export function coverOf(index: Int32Array, at: number, box: BoxLimits): number {
  const south = index[at + BOX.south]!;
  const north = index[at + BOX.north]!;
  if (south > box.north || north < box.south) return NONE_WITHIN;
  const west = index[at + BOX.west]!;
  const east = index[at + BOX.east]!;
  if (box.isSplit || west === -EDGE || east === EDGE) return SOME_WITHIN;
  if (west > box.east || east < box.west) return NONE_WITHIN;
  const isInside = west >= box.west && east <= box.east && south >= box.south && north <= box.north;
  return isInside ? ALL_WITHIN : SOME_WITHIN;
}

/**
 * Leaves in `words` the docks of a tile that sets alone do not keep out: kinds, amenities, what
 * can be booked at once, rules about hulls and papers, and taken nights. 32 docks at a time.
 */
export function narrowBySets(tile: Tile, question: Question, words: Int32Array): void {
  const { index, count, nights: { words: size } } = tile;
  for (let i = 0; i < size; i++) words[i] = -1;
  if ((count & 31) !== 0) words[size - 1] = (1 << (count & 31)) - 1;
  const { kinds, amenities, boat, stay, instantOnly } = question;
  if (kinds.length > 0) keepKinds(index, kinds, size, words);
  for (let i = 0; i < amenities.length; i++) {
    keep(index, SETS.amenities + amenities[i]!, size, words);
  }
  if (instantOnly) keep(index, SETS.instant, size, words);
  if (boat) {
    if (boat.hull !== undefined) keep(index, SETS.hulls + boat.hull, size, words);
    if (boat.isInsured === false) drop(index, SETS.insurance, size, words);
    if (instantOnly) dropUnknown(index, boat, size, words);
  }
  if (stay) dropTaken(tile, stay.fromDay, stay.toDay, size, words);
}

function keep(index: Int32Array, set: number, size: number, words: Int32Array): void {
  const start = setStart(set, size);
  for (let i = 0; i < size; i++) words[i]! &= index[start + i]!;
}

function drop(index: Int32Array, set: number, size: number, words: Int32Array): void {
  const start = setStart(set, size);
  for (let i = 0; i < size; i++) words[i]! &= ~index[start + i]!;
}

function keepKinds(
  index: Int32Array,
  kinds: readonly number[],
  size: number,
  words: Int32Array,
): void {
  for (let i = 0; i < size; i++) {
    let any = 0;
    for (const kind of kinds) any |= index[setStart(SETS.kinds + kind, size) + i]!;
    words[i]! &= any;
  }
}

/** Nobody has judged what is not known: it is not booked at once. */
function dropUnknown(index: Int32Array, boat: BoatNeeds, size: number, words: Int32Array): void {
  if (boat.loaCm === undefined || boat.depthCm === undefined) {
    words.fill(0, 0, size);
    return;
  }
  drop(index, boat.beamCm === undefined ? SETS.beamAsked : SETS.beamUnknown, size, words);
  drop(index, SETS.depthUnknown, size, words);
  drop(index, boat.heightCm === undefined ? SETS.overhead : SETS.heightUnknown, size, words);
  if (boat.weightKg === undefined) drop(index, SETS.weightAsked, size, words);
  drop(index, SETS.weightUnknown, size, words);
  if (boat.hull === undefined) keep(index, SETS.allHulls, size, words);
  if (boat.isInsured === undefined) drop(index, SETS.insurance, size, words);
}

function dropTaken(
  { baseDay, nights: { nights, taken } }: Tile,
  fromDay: number,
  toDay: number,
  size: number,
  words: Int32Array,
): void {
  const from = fromDay - baseDay;
  const to = toDay - baseDay;
  if (from < 0 || to > HORIZON_NIGHTS) {
    // The tile does not tell of these nights: they are over, or nobody sells them yet.
    words.fill(0, 0, size);
    return;
  }
  const last = Math.min(to, nights);
  for (let night = from; night < last; night++) {
    const row = night * size;
    for (let i = 0; i < size; i++) words[i]! &= ~taken[row + i]!;
  }
}
