import type { SearchAnswer, SearchItem, Sort } from "./api.ts";
import { amenitiesToBits, bitsToAmenities } from "./dock.ts";
import { fitBoat, fitVerdict, isVesselGiven, type Verdict } from "./fit.ts";
import { foldText, foldWords } from "./fold.ts";
import { bboxHas, distanceM } from "./geo.ts";
import { convertMinor, type Currency, divideRounded, type ExchangeRates } from "./money.ts";
import { isFree } from "./occupied.ts";
import { Problem } from "./problem.ts";
import { priceTotal } from "./quote.ts";
import { readCursor, type SearchCursor, writeCursor } from "./search-cursor.ts";
import { areaCentre, sortOf, type WaterSearch } from "./search-terms.ts";
import { dateToDay } from "./stay.ts";
import { stayFault } from "./stay-terms.ts";
import { type Tile, type TileDock, waterOf } from "./tile.ts";
import { createZoneClock } from "./zone.ts";

/** What prices of docks in different currencies are compared in, where the search names none. */
const COMMON_CURRENCY: Currency = "EUR";

export interface SearchContext {
  nowMs: number;
  rates: ExchangeRates;
  /** The address of a picture by the key of its blob. */
  photoUrl: (key: string) => string;
}

interface Match {
  dock: TileDock;
  /** Ascending in the order asked for; whole numbers, so that a cursor's text is exact. */
  key: number;
  distanceM: number;
  totalMinor: number | undefined;
}

/**
 * The docks of some tiles that answer a search, a page of them in order. A dock is in it when it
 * lies in the area, sells the nights and has them free, is of a kind and has the amenities asked
 * for, bears the words, costs no more than asked, and nothing is known that keeps the boat out.
 * Equal keys are ordered by id; what has no price or rating comes last; prices of several
 * currencies are ordered as in `currency`, else in euros. Distances are from `near`, else from the
 * middle of the box. The total counts every page.
 *
 * @throws {Problem} `invalid` where the cursor is not of this order or of these exchange rates.
 */
export function searchTiles(
  tiles: readonly Tile[],
  search: WaterSearch,
  context: SearchContext,
): SearchAnswer {
  const sort = sortOf(search);
  const after = search.cursor === undefined ? undefined : cursorOf(search.cursor, sort, context);
  const judge = createJudge(search, sort, context);
  const found = new Map<number, Match>();
  for (const tile of tiles) {
    for (const dock of tile.docks) {
      const known = found.get(dock.id);
      if (known && known.dock.version >= dock.version) continue;
      const match = judge(dock);
      if (match) found.set(dock.id, match);
    }
  }
  dropOutdated(tiles, found);
  const matches = [...found.values()].sort(compare);
  const rest = after ? matches.filter((match) => isAfter(match, after)) : matches;
  const page = rest.slice(0, search.limit);
  const last = page.at(-1);
  return {
    items: page.map((match) => toItem(match, search, context)),
    total: { value: matches.length, relation: "eq" },
    nextCursor: last && rest.length > page.length
      ? writeCursor({ sort, key: last.key, id: last.dock.id, ratesVersion: context.rates.version })
      : null,
  };
}

/**
 * Two tiles of different age can both hold a dock that moved: the newer record is right, also
 * where it does not answer the search.
 */
function dropOutdated(tiles: readonly Tile[], found: Map<number, Match>): void {
  if (tiles.length < 2) return;
  for (const tile of tiles) {
    for (const dock of tile.docks) {
      const match = found.get(dock.id);
      if (match && match.dock.version < dock.version) found.delete(dock.id);
    }
  }
}

function compare(a: Match, b: Match): number {
  // Infinity less Infinity is no number: keys are compared, not subtracted.
  if (a.key !== b.key) return a.key < b.key ? -1 : 1;
  return a.dock.id - b.dock.id;
}

function isAfter({ key, dock }: Match, after: SearchCursor): boolean {
  return key > after.key || (key === after.key && dock.id > after.id);
}

function cursorOf(text: string, sort: Sort, { rates }: SearchContext): SearchCursor {
  const cursor = readCursor(text);
  if (!cursor || cursor.sort !== sort) {
    throw new Problem("invalid", "Cannot continue search: the cursor is of another search", {
      issues: [{ path: "cursor", message: "Not of this search" }],
    });
  }
  if (sort === "price" && cursor.ratesVersion !== rates.version) {
    throw new Problem("invalid", "Cannot continue search: exchange rates have changed", {
      issues: [{ path: "cursor", message: "Made with other exchange rates: search again" }],
    });
  }
  return cursor;
}

/** A function that says of a dock whether it answers the search, and how it stands in its order. */
function createJudge(
  search: WaterSearch,
  sort: Sort,
  { nowMs, rates }: SearchContext,
): (dock: TileDock) => Match | undefined {
  const { area, stay, vessel, maxPriceMinor } = search;
  const clock = createZoneClock(nowMs);
  const centre = areaCentre(area);
  const kinds = new Set(search.kinds);
  const amenities = amenitiesToBits(search.amenities);
  const words = foldWords(search.text ?? "");
  const isFitAsked = isVesselGiven(vessel);
  const currency = search.currency ?? COMMON_CURRENCY;
  const fromDay = stay ? dateToDay(stay.from) : 0;
  const toDay = stay ? dateToDay(stay.to) : 0;

  return (dock) => {
    if ("bbox" in area && !bboxHas(area.bbox, dock)) return undefined;
    const metres = distanceM(centre, dock);
    if (!("bbox" in area) && metres > area.radiusM) return undefined;
    if (kinds.size > 0 && !kinds.has(dock.kind)) return undefined;
    if ((dock.amenities & amenities) !== amenities) return undefined;
    if (search.instantOnly && !dock.instantBook) return undefined;
    if (stay && stayFault(dock, fromDay, toDay, clock)) return undefined;
    if (stay && !isFree(dock, fromDay, toDay, vessel.loaCm)) return undefined;
    if (isFitAsked) {
      const verdict = fitVerdict(dock, vessel, waterOf(dock), stay?.to);
      if (search.instantOnly ? !isBookable(verdict) : verdict === "no") return undefined;
    }
    if (words.length > 0 && !hasWords(dock, words)) return undefined;
    const totalMinor = stay ? priceTotal(dock.rate, fromDay, toDay, vessel, dock) : undefined;
    const compared = totalMinor === undefined
      ? undefined
      : convertMinor(totalMinor, dock.rate.currency, currency, rates);
    if (maxPriceMinor !== undefined && !(compared !== undefined && compared <= maxPriceMinor)) {
      return undefined;
    }
    return {
      dock,
      key: keyOf(sort, compared, metres, dock.rating),
      distanceM: Math.round(metres),
      totalMinor,
    };
  };
}

/** Whether an instant booking may go through: as it is, or on conditions that the guest accepts. */
function isBookable(verdict: Verdict): boolean {
  return verdict === "fits" || verdict === "conditional";
}

function hasWords(dock: TileDock, words: readonly string[]): boolean {
  const name = `${foldText(dock.name)} ${foldText(dock.harbourName)}`;
  return words.every((word) => name.includes(word));
}

/** Prices in minor units, distances in metres, ratings in hundredths from the best down. */
function keyOf(
  sort: Sort,
  priceMinor: number | undefined,
  metres: number,
  rating: number | null,
): number {
  switch (sort) {
    case "price":
      return priceMinor ?? Infinity;
    case "distance":
      return Math.round(metres);
    case "rating":
      return rating === null ? Infinity : 0 - Math.round(rating * 100);
  }
}

function toItem(
  { dock, distanceM, totalMinor }: Match,
  { stay, vessel }: WaterSearch,
  { photoUrl }: SearchContext,
): SearchItem {
  return {
    id: dock.id,
    version: dock.version,
    name: dock.name,
    kind: dock.kind,
    lat: dock.lat,
    lon: dock.lon,
    harbourId: dock.harbourId,
    harbourName: dock.harbourName,
    country: dock.country,
    maxLoaCm: dock.maxLoaCm,
    maxBeamCm: dock.maxBeamCm,
    depthCm: dock.depthCm,
    depthDatum: dock.depthDatum,
    amenities: bitsToAmenities(dock.amenities),
    instantBook: dock.instantBook,
    collection: dock.collection,
    photo: dock.photo === null ? null : photoUrl(dock.photo),
    rating: dock.rating,
    price: stay && totalMinor !== undefined
      ? {
        currency: dock.rate.currency,
        totalMinor,
        nightlyMinor: divideRounded(totalMinor, dateToDay(stay.to) - dateToDay(stay.from)),
      }
      : null,
    fit: isVesselGiven(vessel) ? fitBoat(dock, vessel, waterOf(dock), stay?.to) : null,
    distanceM,
  };
}
