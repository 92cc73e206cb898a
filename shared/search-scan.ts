import { powerCode } from "./fit-power.ts";
import { foldText } from "./fold.ts";
import { bboxHas } from "./geo.ts";
import type { Outdated } from "./search-overlap.ts";
import type { StayPricer } from "./search-price.ts";
import type { BoatNeeds, Question } from "./search-question.ts";
import { coverOf, narrowBySets } from "./search-sets.ts";
import type { WaterSearch } from "./search-terms.ts";
import type { TopDocks } from "./search-top.ts";
import { MOST_DOCKS } from "./tile-dock.ts";
import { NATURAL, NONE } from "./tile-ints.ts";
import { nameAt } from "./tile-names.ts";
import { hasQuayRun } from "./tile-quays.ts";
import type { Tile } from "./tile.ts";
import { localInstant } from "./zone.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A boat whose length is not given is taken for the shortest that Dokkerr knows. */
const SHORTEST_LOA_CM = 100;

// One search at a time uses these: nothing in it waits.
const words = new Int32Array(MOST_DOCKS / 32);
const todays = new Int32Array(MOST_DOCKS);
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
  const { positions, sets, extras, count } = tile;
  if (count === 0) return;
  const cover = coverOf(positions.bounds, question.box);
  if (cover === "none") return;
  narrowBySets(tile, question, words);
  const { stay, boat, sort, radiusM, distanceTo } = question;
  const { maxPriceMinor } = search;
  const isByPrice = sort === "price" || maxPriceMinor !== undefined;
  if (stay) readTodays(tile, question);
  if (isByPrice) pricer?.turnTo(tile);
  if (boat?.needsPower) served.fill(0, 0, tile.traits.outletLists.length);
  const isAsked = stay !== undefined && !sellsAll(tile, question, stay.fromDay, stay.toDay);
  const { ids, lats, lons } = positions;

  for (let word = 0; word < tile.nights.words; word++) {
    let bits = words[word]!;
    const old = outdated?.[place];
    if (old) bits &= ~old[word]!;
    while (bits !== 0) {
      const dock = word * 32 + 31 - Math.clz32(bits & -bits);
      bits &= bits - 1;
      if (cover === "some" && !isInBox(question, lats[dock]!, lons[dock]!)) continue;
      if (boat && !takesBoat(tile, dock, boat, question.instantOnly)) continue;
      if (stay && !sellsNights(tile, dock, question, stay.fromDay, stay.toDay, isAsked)) continue;
      let metres = NaN;
      if (radiusM !== Infinity || sort === "distance") {
        metres = distanceTo(lats[dock]!, lons[dock]!);
        if (metres > radiusM) continue;
      }
      if (boat?.needsPower && !servesBoat(tile, dock, search)) continue;
      if (
        stay && (sets.quays[word]! & (1 << (dock & 31))) !== 0 &&
        !hasRoom(tile, dock, stay.fromDay, stay.toDay, boat?.loaCm)
      ) continue;
      if (question.words.length > 0 && !hasWords(tile, dock, question.words)) continue;
      let key = Infinity;
      let total = NaN;
      if (isByPrice && pricer) {
        const compared = pricer.comparedOf(dock);
        if (maxPriceMinor !== undefined && !(compared <= maxPriceMinor)) continue;
        total = pricer.totalOf(dock);
        if (!Number.isNaN(compared)) key = compared;
      } else if (maxPriceMinor !== undefined) continue;
      if (sort === "distance") key = Math.round(metres);
      else if (sort === "rating") key = ratingKey(extras.ratings[extras.ratingOf[dock]!]!);
      top.offer(key, ids[dock]!, place, dock, total);
    }
  }
}

/** Ratings in hundredths from the best down; what has none comes last. */
function ratingKey(rating: number | null): number {
  return rating === null ? Infinity : 0 - Math.round(rating * 100);
}

const spot = { lat: 0, lon: 0 };

function isInBox({ box }: Question, lat: number, lon: number): boolean {
  spot.lat = lat;
  spot.lon = lon;
  return bboxHas(box, spot);
}

function readTodays({ names: { zones } }: Tile, { clock }: Question): void {
  for (let zone = 0; zone < zones.length; zone++) todays[zone] = clock.today(zones[zone]!);
}

/** Whether no dock of a tile has anything to say against the day of arrival or of departure. */
function sellsAll(tile: Tile, { clock }: Question, fromDay: number, toDay: number): boolean {
  const { names: { zones }, traits } = tile;
  if ((fromDay - 1) * DAY_MS < clock.nowMs + traits.mostNotice * HOUR_MS) return false;
  for (let zone = 0; zone < zones.length; zone++) {
    if (fromDay < todays[zone]! || toDay > todays[zone]! + traits.leastWindow) return false;
  }
  return true;
}

/** `stayFault` of a column: whether a dock's terms let the nights be sold. */
function sellsNights(
  { traits, names }: Tile,
  dock: number,
  { clock }: Question,
  fromDay: number,
  toDay: number,
  isAsked: boolean,
): boolean {
  const nights = toDay - fromDay;
  if (nights < traits.minNights[dock]! || nights > traits.maxNights[dock]!) return false;
  if (!isAsked) return true;
  const zone = names.zoneOf[names.harbourOf[dock]!]!;
  const today = todays[zone]!;
  if (fromDay < today || toDay > today + traits.windowDays[dock]!) return false;
  const noticeHours = traits.noticeHours[dock]!;
  const noticedAt = clock.nowMs + noticeHours * HOUR_MS;
  // No zone is a day ahead of UTC: from here on the notice is kept whatever the zone.
  if (noticeHours === 0 || (fromDay - 1) * DAY_MS >= noticedAt) return true;
  return localInstant(names.zones[zone]!, fromDay, traits.checkIns[dock]!) >= noticedAt;
}

/** Whether no rule of fit surely keeps the boat out; at once, whether none leaves it open. */
function takesBoat(
  { sizes, limits }: Tile,
  dock: number,
  boat: BoatNeeds,
  instantOnly: boolean,
): boolean {
  const { loaCm, beamCm, depthCm, heightCm, weightKg } = boat;
  if (loaCm !== undefined && (loaCm > sizes.maxLoas[dock]! || loaCm < sizes.minLoas[dock]!)) {
    return false;
  }
  if (beamCm !== undefined && beamCm > limits.beams[dock]!) return false;
  if (heightCm !== undefined && heightCm > limits.heights[dock]!) return false;
  if (weightKg !== undefined && weightKg > limits.weights[dock]!) return false;
  if (depthCm === undefined) return true;
  if (!boat.takesGround) return depthCm <= limits.lowDepths[dock]!;
  const high = limits.highDepths[dock]!;
  // Without a tide station nobody knows how far the water rises: open, so nothing to book at once.
  if (instantOnly && high === NATURAL.max) return depthCm <= limits.lowDepths[dock]!;
  return depthCm <= high;
}

function servesBoat({ traits }: Tile, dock: number, { vessel }: WaterSearch): boolean {
  const list = traits.outlets[dock]!;
  if (served[list] === 0) {
    served[list] = powerCode(vessel.inlets, traits.outletLists[list]!) === "no-outlet" ? 2 : 1;
  }
  return served[list] === 1;
}

function hasRoom(
  { sizes, quays, baseDay }: Tile,
  dock: number,
  fromDay: number,
  toDay: number,
  loaCm: number | undefined,
): boolean {
  const minLoa = sizes.minLoas[dock]!;
  const needCm = (loaCm ?? (minLoa === NONE ? SHORTEST_LOA_CM : minLoa)) + sizes.gaps[dock]!;
  const [from, to] = [fromDay - baseDay, toDay - baseDay];
  return hasQuayRun(quays, dock, from, to, sizes.lengths[dock]!, needCm);
}

function hasWords(tile: Tile, dock: number, asked: readonly string[]): boolean {
  const names = tile.memo.foldedNames ??= foldNames(tile);
  const name = names[dock]!;
  return asked.every((word) => name.includes(word));
}

function foldNames({ names, count }: Tile): string[] {
  const harbours = names.harbours.map(({ name }) => foldText(name));
  return Array.from(
    { length: count },
    (_, dock) => `${foldText(nameAt(names, dock))} ${harbours[names.harbourOf[dock]!]!}`,
  );
}
