import { powerCode } from "./fit-power.ts";
import type { Outdated } from "./search-overlap.ts";
import type { StayPricer } from "./search-price.ts";
import type { BoatNeeds, BoxLimits, Question } from "./search-question.ts";
import {
  ALL_WITHIN,
  coverOf,
  EDGE,
  narrowBySets,
  NONE_WITHIN,
  SOME_WITHIN,
} from "./search-sets.ts";
import type { WaterSearch } from "./search-terms.ts";
import type { TopDocks } from "./search-top.ts";
import { hasWords, missingWords } from "./search-words.ts";
import { MOST_DOCKS } from "./tile-dock.ts";
import {
  BOX_SIZE,
  boxesStart,
  COLUMNS,
  columnStart,
  HEAD,
  ROW,
  ROW_SIZE,
  rowsStart,
  SETS,
  setStart,
} from "./tile-index.ts";
import { NONE } from "./tile-ints.ts";
import { DEGREE } from "./tile-positions.ts";
import { hasQuayRun } from "./tile-quays.ts";
import { type TideColumns, waterOfStay } from "./tile-tides.ts";
import type { Tile } from "./tile.ts";
import { localInstant } from "./zone.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A boat whose length is not given is taken for the shortest that Dokkerr knows. */
const SHORTEST_LOA_CM = 100;

// One search at a time uses these: nothing in it waits.
const words = new Int32Array(MOST_DOCKS / 32);
const todays = new Int32Array(MOST_DOCKS);
/** Lowest and highest levels of each of a tile's waters; NONE where nobody has asked yet. */
const lows = new Int32Array(2 * MOST_DOCKS);
const highs = new Int32Array(2 * MOST_DOCKS);
/** Of each list of outlets whether it serves the boat: 0 not asked yet, 1 yes, 2 no. */
const served = new Uint8Array(MOST_DOCKS);

/**
 * Offers every dock of a tile that answers a question, with its place in the order. Sets first,
 * then numbers against numbers, then quays and names, prices last; each only of what is left.
 */
export function scanTile(
  tile: Tile,
  place: number,
  question: Question,
  search: WaterSearch,
  pricer: StayPricer | undefined,
  outdated: Outdated | undefined,
  top: TopDocks,
): void {
  if (tile.count === 0) return;
  const { index } = tile;
  const { stay, boat, sort, radiusM, box } = question;
  const cover = coverOf(index, HEAD.box, box);
  if (cover === NONE_WITHIN) return;
  narrowBySets(tile, question, words);
  const { maxPriceMinor } = search;
  const isByPrice = sort === "price" || maxPriceMinor !== undefined;
  const missing = question.words.length > 0 ? missingWords(tile, question.words) : undefined;
  const isByDistance = radiusM !== Infinity || sort === "distance";
  if (isByPrice) pricer?.turnTo(tile);
  if (boat?.needsPower) served.fill(0, 0, tile.traits.outletLists.length);
  if (boat && isWaterAsked(boat)) lows.fill(NONE, 0, 2 * tile.tides.stations.length);
  const isAsked = stay !== undefined && !sellsAll(index, question, stay.fromDay, stay.toDay);
  if (isAsked) readTodays(tile, question);
  const old = outdated?.[place];
  const size = tile.nights.words;
  const boxes = boxesStart(size);
  const quays = setStart(SETS.quays, size);
  const lats = columnStart(COLUMNS.lats, size);
  const lons = columnStart(COLUMNS.lons, size);
  const maxLoas = columnStart(COLUMNS.maxLoas, size);
  const rows = rowsStart(size);
  const loaCm = boat?.loaCm ?? 0;
  const nights = stay ? stay.toDay - stay.fromDay : 0;

  for (let word = 0; word < size; word++) {
    let bits = words[word]!;
    if (old) bits &= ~old[word]!;
    if (bits === 0) continue;
    const wordCover = cover === ALL_WITHIN
      ? ALL_WITHIN
      : coverOf(index, boxes + word * BOX_SIZE, box);
    if (wordCover === NONE_WITHIN) continue;
    const isPartly = wordCover === SOME_WITHIN;
    const quayBits = index[quays + word]!;
    while (bits !== 0) {
      const lowest = bits & -bits;
      bits ^= lowest;
      const dock = word * 32 + 31 - Math.clz32(lowest);
      if (isPartly && !isInBox(index[lats + dock]!, index[lons + dock]!, box)) continue;
      if (loaCm > index[maxLoas + dock]!) continue;
      const row = rows + dock * ROW_SIZE;
      if (boat && !takesBoat(index, row, boat)) continue;
      if (stay && !takesNights(index[row + ROW.stayNights]!, nights)) continue;
      if (boat && isWaterAsked(boat) && !floatsBoat(tile, row, boat, question)) continue;
      if (isAsked && !sellsNights(tile, row, question, stay.fromDay, stay.toDay)) continue;
      let metres = NaN;
      if (isByDistance) {
        const lon = index[lons + dock]! / DEGREE;
        metres = question.distanceTo(index[lats + dock]! / DEGREE, lon);
        if (metres > radiusM) continue;
      }
      if (boat?.needsPower && !servesBoat(tile, row, search)) continue;
      if (
        stay && (quayBits & lowest) !== 0 &&
        !hasRoom(tile, dock, row, stay.fromDay, stay.toDay, boat?.loaCm)
      ) continue;
      if (missing && !hasWords(tile, dock, missing)) continue;
      let key = Infinity;
      let total = NaN;
      if (isByPrice && pricer) {
        const priced = index[row + ROW.classAndOutlets]! & 0xffff;
        pricer.price(priced);
        const compared = pricer.compared[priced]!;
        if (maxPriceMinor !== undefined && !(compared <= maxPriceMinor)) continue;
        total = pricer.totals[priced]!;
        if (!Number.isNaN(compared)) key = compared;
      } else if (maxPriceMinor !== undefined) continue;
      if (sort === "distance") key = Math.round(metres);
      else if (sort === "rating") key = ratingKey(tile, dock);
      top.offer(key, index[row + ROW.id]! >>> 0, place, dock, total);
    }
  }
}

/** Ratings in hundredths from the best down; what has none comes last. */
function ratingKey({ extras }: Tile, dock: number): number {
  const rating = extras.ratings[extras.ratingOf[dock]!]!;
  return rating === null ? Infinity : 0 - Math.round(rating * 100);
}

/** `bboxHas` in millionths: 180° is -180°. */
function isInBox(lat: number, lon: number, box: BoxLimits): boolean {
  if (lat < box.south || lat > box.north) return false;
  return isBetween(lon, box) || ((lon === EDGE || lon === -EDGE) && isBetween(-lon, box));
}

function isBetween(lon: number, { west, east, isSplit }: BoxLimits): boolean {
  return isSplit ? lon >= west || lon <= east : lon >= west && lon <= east;
}

function readTodays({ names: { zones } }: Tile, { clock }: Question): void {
  for (let zone = 0; zone < zones.length; zone++) todays[zone] = clock.today(zones[zone]!);
}

function takesNights(range: number, nights: number): boolean {
  return nights >= (range & 0xffff) && nights <= range >>> 16;
}

/** Whether the days of arrival and of departure are fine for all of a tile's docks, in any zone. */
function sellsAll(
  index: Int32Array,
  { clock: { nowMs } }: Question,
  fromDay: number,
  toDay: number,
): boolean {
  const today = Math.floor(nowMs / DAY_MS);
  return (fromDay - 1) * DAY_MS >= nowMs + index[HEAD.mostNoticeHours]! * HOUR_MS &&
    toDay < today + index[HEAD.leastWindowDays]!;
}

/** The rest of `stayFault` for a row: whether a dock sells nights of these days. */
function sellsNights(
  { index, names }: Tile,
  row: number,
  { clock }: Question,
  fromDay: number,
  toDay: number,
): boolean {
  const zone = index[row + ROW.zoneAndNotice]! & 0xffff;
  const today = todays[zone]!;
  if (fromDay < today || toDay > today + index[row + ROW.windowDays]!) return false;
  const noticeHours = index[row + ROW.zoneAndNotice]! >>> 16;
  const noticedAt = clock.nowMs + noticeHours * HOUR_MS;
  // No zone is a day ahead of UTC: from here on the notice is kept whatever the zone.
  if (noticeHours === 0 || (fromDay - 1) * DAY_MS >= noticedAt) return true;
  return localInstant(names.zones[zone]!, fromDay, index[row + ROW.checkIn]!) >= noticedAt;
}

/** Whether the least length, the beam and the weight let a boat in, as far as they are known. */
function takesBoat(index: Int32Array, row: number, boat: BoatNeeds): boolean {
  const { loaCm, beamCm, weightKg } = boat;
  if (loaCm !== undefined && loaCm < index[row + ROW.minLoa]!) return false;
  if (beamCm !== undefined && beamCm > index[row + ROW.beam]!) return false;
  return weightKg === undefined || weightKg <= index[row + ROW.weight]!;
}

function isWaterAsked({ depthCm, heightCm }: BoatNeeds): boolean {
  return depthCm !== undefined || heightCm !== undefined;
}

/**
 * Whether there is water enough below a boat and room enough above her, or nobody knows; at once,
 * whether it is known to be. Without a station the water is at LAT.
 */
function floatsBoat(
  { index, tides }: Tile,
  row: number,
  { depthCm, heightCm, takesGround }: BoatNeeds,
  { stay, instantOnly }: Question,
): boolean {
  const depth = index[row + ROW.depth]!;
  const height = index[row + ROW.height]!;
  const water = index[row + ROW.water]!;
  if (water === NONE) {
    if (heightCm !== undefined && heightCm > height) return false;
    // Nobody knows how far the water rises: open, so nothing to book at once.
    return depthCm === undefined || depthCm <= depth || (takesGround && !instantOnly);
  }
  if (lows[water] === NONE) readWater(tides, water, stay);
  if (heightCm !== undefined && heightCm + highs[water]! > height) return false;
  if (depthCm === undefined || depthCm - lows[water]! <= depth) return true;
  return takesGround && depthCm - highs[water]! <= depth;
}

function readWater(tides: TideColumns, water: number, stay: Question["stay"]): void {
  const level = waterOfStay(tides, water, stay);
  if (!level) return;
  lows[water] = level.lowCm;
  highs[water] = level.highCm;
}

function servesBoat({ index, traits }: Tile, row: number, { vessel }: WaterSearch): boolean {
  const list = index[row + ROW.classAndOutlets]! >>> 16;
  if (served[list] === 0) {
    served[list] = powerCode(vessel.inlets, traits.outletLists[list]!) === "no-outlet" ? 2 : 1;
  }
  return served[list] === 1;
}

function hasRoom(
  { index, quays, baseDay }: Tile,
  dock: number,
  row: number,
  fromDay: number,
  toDay: number,
  loaCm: number | undefined,
): boolean {
  const minLoa = index[row + ROW.minLoa]!;
  const needCm = (loaCm ?? (minLoa === NONE ? SHORTEST_LOA_CM : minLoa)) + index[row + ROW.gap]!;
  const lengthCm = index[row + ROW.length]!;
  return hasQuayRun(quays, dock, fromDay - baseDay, toDay - baseDay, lengthCm, needCm);
}
