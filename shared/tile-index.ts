import { wordsFor } from "./bits.ts";
import { DockKind } from "./dock.ts";
import { NATURAL, NONE } from "./tile-ints.ts";
import type { NameColumns } from "./tile-names.ts";
import type { PositionColumns } from "./tile-positions.ts";
import type { PriceTable } from "./tile-prices.ts";
import { LINEAR_KINDS, type SizeColumns } from "./tile-sizes.ts";
import { type TideColumns, waterAt } from "./tile-tides.ts";
import { ALL_HULLS, FIRST_HULL, INSTANT, INSURANCE, type TraitColumns } from "./tile-traits.ts";

// What a search reads of a tile lies in one run of numbers: a head, sets of docks, the box of each
// word of 32 docks, three columns that keep most docks out, and a row for each dock with the rest. A view meets tiles that no other
// has asked for a while: what costs is how many places of memory are touched. A column is read
// along; a row is one line of the processor's cache.

export const HEAD = {
  /** A box around all positions, by BOX. */
  box: 0,
  mostNoticeHours: 4,
  leastWindowDays: 5,
} as const;
const HEAD_SIZE = 16;

/** A box's numbers, millionths of a degree; west never above east. */
export const BOX = { south: 0, north: 1, west: 2, east: 3 } as const;
export const BOX_SIZE = 4;

/** Sets of docks of which something is true, by their number: an amenity's is its place. */
export const SETS = {
  amenities: 0,
  kinds: 18,
  hulls: 25,
  allHulls: 28,
  instant: 29,
  insurance: 30,
  quays: 31,
  /** Where beam is a question, and where it has no answer. */
  beamAsked: 32,
  beamUnknown: 33,
  depthUnknown: 34,
  overhead: 35,
  /** What is above them, or how high the water rises to it, is not known. */
  heightUnknown: 36,
  weightAsked: 37,
  /** What bears the boat there must have a limit, and none is stated. */
  weightUnknown: 38,
} as const;
const SET_COUNT = 39;

/** Columns of a number for each dock, by their number. */
export const COLUMNS = {
  /** Millionths of a degree. */
  lats: 0,
  lons: 1,
  maxLoas: 2,
} as const;
const COLUMN_COUNT = 3;

/**
 * A dock's row. What the rules of fit come to is the most of a boat that is not surely too much;
 * what a search shows is judged and explained by the rules themselves.
 */
export const ROW = {
  minLoa: 0,
  beam: 1,
  /** Below LAT; no limit where it is not known. */
  depth: 2,
  /** Which of the tile's waters rises and falls there, see tile-tides.ts. */
  water: 3,
  /** What is above the dock, above LAT. */
  height: 4,
  weight: 5,
  /** Its class of prices, and above 16 bits its list of outlets. */
  classAndOutlets: 6,
  /** Its zone, and above 16 bits its notice in hours. */
  zoneAndNotice: 7,
  windowDays: 8,
  checkIn: 9,
  length: 10,
  gap: 11,
  /** Unsigned. */
  id: 12,
  /** The shortest stay, and above 16 bits the longest. */
  stayNights: 13,
} as const;
export const ROW_SIZE = 16;

/** Above every boat: where a rule has nothing to compare, nothing is kept out. */
export const NO_LIMIT = NATURAL.max;

/** Where a set's words begin. */
export function setStart(set: number, words: number): number {
  return HEAD_SIZE + set * words;
}

/** Where the boxes of words begin: neighbours by id are neighbours in their harbour. */
export function boxesStart(words: number): number {
  return HEAD_SIZE + SET_COUNT * words;
}

/** Where a column begins; each has room for whole words of docks. */
export function columnStart(column: number, words: number): number {
  return HEAD_SIZE + (SET_COUNT + BOX_SIZE + 32 * column) * words;
}

/** Where the first dock's row begins. */
export function rowsStart(words: number): number {
  return columnStart(COLUMN_COUNT, words);
}

interface IndexedColumns {
  positions: PositionColumns;
  sizes: SizeColumns;
  traits: TraitColumns;
  names: NameColumns;
  prices: PriceTable;
  tides: TideColumns;
}

/** A tile's head, sets, columns and rows. */
export function toIndex(columns: IndexedColumns): Int32Array {
  const count = columns.positions.ids.length;
  const words = wordsFor(count);
  const index = new Int32Array(rowsStart(words) + count * ROW_SIZE);
  index.set(columns.positions.lats, columnStart(COLUMNS.lats, words));
  index.set(columns.positions.lons, columnStart(COLUMNS.lons, words));
  index.set(columns.sizes.maxLoas, columnStart(COLUMNS.maxLoas, words));
  writeHead(index, words, columns);
  writeSets(index, words, columns);
  writeRows(index, rowsStart(words), columns);
  return index;
}

function writeHead(
  index: Int32Array,
  words: number,
  { positions: { lats, lons }, traits }: IndexedColumns,
): void {
  const { noticeHours, windowDays } = traits;
  writeBox(index, HEAD.box, lats, lons, 0, lats.length);
  index[HEAD.mostNoticeHours] = noticeHours.reduce((most, hours) => Math.max(most, hours), 0);
  index[HEAD.leastWindowDays] = windowDays.reduce((least, days) => Math.min(least, days), NO_LIMIT);
  for (let word = 0; word < words; word++) {
    const at = boxesStart(words) + word * BOX_SIZE;
    writeBox(index, at, lats, lons, word * 32, Math.min(lats.length, word * 32 + 32));
  }
}

function writeBox(
  index: Int32Array,
  at: number,
  lats: Int32Array,
  lons: Int32Array,
  from: number,
  to: number,
): void {
  let south = lats[from] ?? 0;
  let north = south;
  let west = lons[from] ?? 0;
  let east = west;
  for (let i = from + 1; i < to; i++) {
    const lat = lats[i]!;
    const lon = lons[i]!;
    if (lat < south) south = lat;
    else if (lat > north) north = lat;
    if (lon < west) west = lon;
    else if (lon > east) east = lon;
  }
  index[at + BOX.south] = south;
  index[at + BOX.north] = north;
  index[at + BOX.west] = west;
  index[at + BOX.east] = east;
}

const MOORING = DockKind.options.indexOf("mooring");
const DRY_RACK = DockKind.options.indexOf("dry_rack");
/** At a buoy and along a quay there is nothing at the boat's other side. */
function isBeamAsked(kind: number): boolean {
  return kind !== MOORING && !LINEAR_KINDS[kind];
}

/** A bit for each set behind the amenities of which a dock is. */
function otherSets(
  dock: number,
  { sizes, traits, names: { harbours, harbourOf } }: IndexedColumns,
): number {
  const kind = sizes.kinds[dock]!;
  const flags = traits.flags[dock]!;
  const hulls = flags >>> FIRST_HULL;
  let bits = bitOf(SETS.kinds + kind) | (hulls << (SETS.hulls - SETS.kinds));
  if (hulls === ALL_HULLS) bits |= bitOf(SETS.allHulls);
  if ((flags & INSTANT) !== 0) bits |= bitOf(SETS.instant);
  if ((flags & INSURANCE) !== 0) bits |= bitOf(SETS.insurance);
  if (sizes.lengths[dock] !== NONE) bits |= bitOf(SETS.quays);
  if (isBeamAsked(kind)) {
    bits |= bitOf(SETS.beamAsked);
    if (sizes.maxBeams[dock] === NONE) bits |= bitOf(SETS.beamUnknown);
  }
  if (sizes.latDepths[dock] === NONE) bits |= bitOf(SETS.depthUnknown);
  if (sizes.overheads[dock] === 1) {
    const isTideKnown = harbours[harbourOf[dock]!]!.station !== NONE;
    bits |= bitOf(SETS.overhead);
    if (sizes.latOverheads[dock] === NONE || !isTideKnown) bits |= bitOf(SETS.heightUnknown);
  }
  if (sizes.weights[dock] !== NONE) bits |= bitOf(SETS.weightAsked);
  else if (kind === MOORING || kind === DRY_RACK) bits |= bitOf(SETS.weightUnknown);
  return bits;
}

function bitOf(set: number): number {
  return 1 << (set - SETS.kinds);
}

function writeSets(index: Int32Array, words: number, columns: IndexedColumns): void {
  const { sizes: { kinds }, traits: { amenities } } = columns;
  const block = new Int32Array(32);
  for (let word = 0; word < words; word++) {
    const first = word * 32;
    const size = Math.min(32, kinds.length - first);
    block.fill(0);
    for (let i = 0; i < size; i++) block[i] = amenities[first + i]!;
    transpose(block);
    for (let set = 0; set < SETS.kinds; set++) index[setStart(set, words) + word] = block[set]!;
    block.fill(0);
    for (let i = 0; i < size; i++) block[i] = otherSets(first + i, columns);
    transpose(block);
    for (let set = SETS.kinds; set < SET_COUNT; set++) {
      index[setStart(set, words) + word] = block[set - SETS.kinds]!;
    }
  }
}

/** Swaps rows and columns of 32 × 32 bits (H. S. Warren, Hacker's Delight, 7-3). */
function transpose(rows: Int32Array): void {
  for (let step = 16, mask = 0xffff; step !== 0; step >>= 1, mask ^= mask << step) {
    for (let row = 0; row < 32; row = (row + step + 1) & ~step) {
      const swapped = ((rows[row]! >>> step) ^ rows[row + step]!) & mask;
      rows[row + step]! ^= swapped;
      rows[row]! ^= swapped << step;
    }
  }
}

function writeRows(index: Int32Array, start: number, columns: IndexedColumns): void {
  const { positions, sizes, traits, names, prices, tides } = columns;
  for (let dock = 0, at = start; dock < positions.ids.length; dock++, at += ROW_SIZE) {
    const harbour = names.harbourOf[dock]!;
    const beam = isBeamAsked(sizes.kinds[dock]!) ? sizes.maxBeams[dock]! : NONE;
    const depth = sizes.latDepths[dock]!;
    const height = sizes.overheads[dock] === 1 ? sizes.latOverheads[dock]! : NONE;
    const weight = sizes.weights[dock]!;
    index[at + ROW.minLoa] = sizes.minLoas[dock]!;
    index[at + ROW.beam] = beam === NONE ? NO_LIMIT : beam;
    index[at + ROW.depth] = depth === NONE ? NO_LIMIT : depth;
    index[at + ROW.water] = waterAt(tides, names.harbours[harbour]!);
    index[at + ROW.height] = height === NONE ? NO_LIMIT : height;
    index[at + ROW.weight] = weight === NONE ? NO_LIMIT : weight;
    index[at + ROW.classAndOutlets] = prices.classOf[dock]! | (traits.outlets[dock]! << 16);
    index[at + ROW.zoneAndNotice] = names.zoneOf[harbour]! | (traits.noticeHours[dock]! << 16);
    index[at + ROW.windowDays] = traits.windowDays[dock]!;
    index[at + ROW.checkIn] = traits.checkIns[dock]!;
    index[at + ROW.length] = sizes.lengths[dock]!;
    index[at + ROW.gap] = sizes.gaps[dock]!;
    index[at + ROW.id] = positions.ids[dock]!;
    index[at + ROW.stayNights] = traits.minNights[dock]! | (traits.maxNights[dock]! << 16);
  }
}
