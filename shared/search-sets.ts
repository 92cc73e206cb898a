import type { Bbox } from "./geo.ts";
import type { BoatNeeds, Question } from "./search-question.ts";
import { HORIZON_NIGHTS } from "./tile-dock.ts";
import type { DockSets } from "./tile-limits.ts";
import type { Tile } from "./tile.ts";

/** How a tile's docks lie to a box. */
export type Cover = "none" | "some" | "all";

export function coverOf(bounds: Bbox, box: Bbox): Cover {
  if (bounds.south > box.north || bounds.north < box.south) return "none";
  const crosses = box.west > box.east;
  // Docks at 180° also lie at -180°: only one by one can be told.
  if (crosses || bounds.west === -180 || bounds.east === 180) return "some";
  if (bounds.west > box.east || bounds.east < box.west) return "none";
  const isInside = bounds.west >= box.west && bounds.east <= box.east &&
    bounds.south >= box.south && bounds.north <= box.north;
  return isInside ? "all" : "some";
}

/**
 * Leaves in `words` the docks of a tile that sets alone do not keep out: kinds, amenities, what
 * can be booked at once, rules about hulls and papers, and taken nights. 32 docks at a time.
 */
export function narrowBySets(tile: Tile, question: Question, words: Int32Array): void {
  const { sets, count, nights: { words: size } } = tile;
  for (let i = 0; i < size; i++) words[i] = -1;
  if ((count & 31) !== 0) words[size - 1] = (1 << (count & 31)) - 1;
  const { kinds, amenities, boat, stay, instantOnly } = question;
  if (kinds.length > 0) keepKinds(sets, kinds, size, words);
  for (const amenity of amenities) keep(sets.amenities[amenity]!, size, words);
  if (instantOnly) keep(sets.instant, size, words);
  if (boat) {
    if (boat.hull !== undefined) keep(sets.hulls[boat.hull]!, size, words);
    if (boat.isInsured === false) drop(sets.insurance, size, words);
    if (instantOnly) dropUnknown(sets, boat, size, words);
  }
  if (stay) dropTaken(tile, stay.fromDay, stay.toDay, size, words);
}

function keep(set: Int32Array, size: number, words: Int32Array): void {
  for (let i = 0; i < size; i++) words[i]! &= set[i]!;
}

function drop(set: Int32Array, size: number, words: Int32Array): void {
  for (let i = 0; i < size; i++) words[i]! &= ~set[i]!;
}

function keepKinds(sets: DockSets, kinds: readonly number[], size: number, words: Int32Array) {
  for (let i = 0; i < size; i++) {
    let any = 0;
    for (const kind of kinds) any |= sets.kinds[kind]![i]!;
    words[i]! &= any;
  }
}

/** Nobody has judged what is not known: it is not booked at once. */
function dropUnknown(sets: DockSets, boat: BoatNeeds, size: number, words: Int32Array): void {
  if (boat.loaCm === undefined || boat.depthCm === undefined) {
    words.fill(0, 0, size);
    return;
  }
  drop(boat.beamCm === undefined ? sets.beamAsked : sets.beamUnknown, size, words);
  drop(sets.depthUnknown, size, words);
  drop(boat.heightCm === undefined ? sets.overhead : sets.heightUnknown, size, words);
  if (boat.weightKg === undefined) drop(sets.weightAsked, size, words);
  drop(sets.weightUnknown, size, words);
  if (boat.hull === undefined) keep(sets.allHulls, size, words);
  if (boat.isInsured === undefined) drop(sets.insurance, size, words);
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
