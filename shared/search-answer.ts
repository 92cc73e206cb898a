import type { SearchAnswer, SearchItem } from "./api.ts";
import { bitsToAmenities } from "./dock.ts";
import { writeFit } from "./fit-json.ts";
import { fitBoat, type FitDock, isVesselGiven, type Water } from "./fit.ts";
import { divideRounded } from "./money.ts";
import type { FoundDock, FoundDocks } from "./search.ts";
import type { WaterSearch } from "./search-terms.ts";
import { dateToDay } from "./stay.ts";
import { DEGREE } from "./tile-positions.ts";
import { currencyAt } from "./tile-rates.ts";
import { nameAt } from "./tile-names.ts";
import { sizesAt } from "./tile-sizes.ts";
import { waterAt, waterOfStay } from "./tile-tides.ts";
import { traitsAt } from "./tile-traits.ts";
import type { ShownDock, Tile } from "./tile.ts";

/** Changes with every change of what `writeAnswer` makes of the same docks: a part of each tag. */
export const ANSWER_FORMAT = 1;

/** What of a dock's item every question gets. */
type ShownItem = Omit<SearchItem, "price" | "fit" | "distanceM">;

function toShown(tile: Tile, dock: number, photoUrl: (key: string) => string): ShownItem {
  const { positions, extras, names } = tile;
  const sizes = sizesAt(tile.sizes, dock);
  const traits = traitsAt(tile.traits, dock);
  const harbour = names.harbours[names.harbourOf[dock]!]!;
  const photo = extras.photos[extras.photoOf[dock]!]!;
  return {
    id: positions.ids[dock]!,
    version: positions.versions[dock]!,
    name: nameAt(names, dock),
    kind: sizes.kind,
    lat: positions.lats[dock]! / DEGREE,
    lon: positions.lons[dock]! / DEGREE,
    harbourId: harbour.id,
    harbourName: harbour.name,
    country: harbour.country,
    maxLoaCm: sizes.maxLoaCm,
    maxBeamCm: sizes.maxBeamCm,
    depthCm: sizes.depthCm,
    depthDatum: sizes.depthDatum,
    amenities: bitsToAmenities(traits.amenities),
    instantBook: traits.instantBook,
    collection: traits.collection,
    photo: photo === null ? null : photoUrl(photo),
    rating: extras.ratings[extras.ratingOf[dock]!]!,
  };
}

/** All that a list shows of a dock that was found. */
export function toItem(
  { tile, dock, distanceM, totalMinor }: FoundDock,
  { stay, vessel }: WaterSearch,
  photoUrl: (key: string) => string,
): SearchItem {
  return {
    ...toShown(tile, dock, photoUrl),
    price: stay && totalMinor !== undefined
      ? {
        currency: currencyAt(tile.rates, dock),
        totalMinor,
        nightlyMinor: divideRounded(totalMinor, dateToDay(stay.to) - dateToDay(stay.from)),
      }
      : null,
    fit: isVesselGiven(vessel)
      ? fitBoat(toFitDock(tile, dock), vessel, waterAtDock(tile, dock, daysOf(stay)), stay?.to)
      : null,
    distanceM,
  };
}

function toFitDock(tile: Tile, dock: number): FitDock {
  const { outlets, hullTypes, requiresInsurance } = traitsAt(tile.traits, dock);
  return { ...sizesAt(tile.sizes, dock), outlets, hullTypes, requiresInsurance };
}

type Days = { fromDay: number; toDay: number } | undefined;

function daysOf(stay: WaterSearch["stay"]): Days {
  return stay && { fromDay: dateToDay(stay.from), toDay: dateToDay(stay.to) };
}

function waterAtDock({ names, tides }: Tile, dock: number, days: Days): Water | undefined {
  return waterOfStay(tides, waterAt(tides, names.harbours[names.harbourOf[dock]!]!), days);
}

/** What an answer says of a view with more docks than were read, in place of their count. */
export type AnswerRest = Partial<Pick<SearchAnswer, "total" | "clusters">>;

/**
 * The JSON of a search's answer: what `JSON.stringify` of `searchTiles`'s would be, but joined from
 * what was kept of each dock and what depends on the question.
 */
export function writeAnswer(
  { docks, total: value, nextCursor }: FoundDocks,
  { stay, vessel }: WaterSearch,
  photoUrl: (key: string) => string,
  { total = { value, relation: "eq" }, clusters }: AnswerRest = {},
): string {
  const isFitAsked = isVesselGiven(vessel);
  const days = daysOf(stay);
  const nights = days ? days.toDay - days.fromDay : 0;
  let items = "";
  for (let i = 0; i < docks.length; i++) {
    const { tile, dock, totalMinor, distanceM } = docks[i]!;
    const { text, currency, fit } = keptOf(tile, dock, photoUrl);
    if (i > 0) items += ",";
    items += text;
    if (totalMinor === undefined) items += `,"price":null`;
    else {
      items += `,"price":{"currency":"${currency}","totalMinor":${totalMinor},"nightlyMinor":`;
      items += `${divideRounded(totalMinor, nights)}}`;
    }
    items += `,"fit":${
      isFitAsked ? writeFit(fit, vessel, waterAtDock(tile, dock, days), stay?.to) : "null"
    }`;
    items += `,"distanceM":${distanceM}}`;
  }
  const gathered = clusters ? `,"clusters":${JSON.stringify(clusters)}` : "";
  return `{"items":[${items}],"total":${JSON.stringify(total)}${gathered},` +
    `"nextCursor":${JSON.stringify(nextCursor)}}`;
}

/** Whether a written answer has letters beyond Latin-1: only then is it more than a byte each. */
export function isWideAnswer({ docks }: FoundDocks): boolean {
  return docks.some(({ tile, dock }) => keptBefore(tile, dock)?.isWide);
}

const WIDE = /[^\0-\xff]/;

interface KeptDock extends ShownDock {
  /** Its text has letters beyond Latin-1. */
  isWide: boolean;
}

function keptBefore({ memo }: Tile, dock: number): KeptDock | undefined {
  // Nobody but keptOf keeps docks.
  return memo.shown[dock] as KeptDock | undefined;
}

function keptOf(tile: Tile, dock: number, photoUrl: (key: string) => string): KeptDock {
  const { memo } = tile;
  if (memo.photoUrl !== photoUrl) {
    memo.photoUrl = photoUrl;
    memo.shown = [];
  }
  const known = keptBefore(tile, dock);
  if (known) return known;
  const text = JSON.stringify(toShown(tile, dock, photoUrl)).slice(0, -1);
  const kept: KeptDock = {
    text,
    isWide: WIDE.test(text),
    currency: currencyAt(tile.rates, dock),
    fit: toFitDock(tile, dock),
  };
  memo.shown[dock] = kept;
  return kept;
}
