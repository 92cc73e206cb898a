import type { SearchItem } from "./api.ts";
import { bitsToAmenities } from "./dock.ts";
import { fitBoat, type FitDock, isVesselGiven, type Water } from "./fit.ts";
import { divideRounded } from "./money.ts";
import type { FoundDock } from "./search.ts";
import type { WaterSearch } from "./search-terms.ts";
import { dateToDay } from "./stay.ts";
import { DEGREE } from "./tile-positions.ts";
import { currencyAt } from "./tile-rates.ts";
import { nameAt } from "./tile-names.ts";
import { sizesAt } from "./tile-sizes.ts";
import { traitsAt } from "./tile-traits.ts";
import type { Tile } from "./tile.ts";

/** What of a dock's item every question gets. */
type ShownDock = Omit<SearchItem, "price" | "fit" | "distanceM">;

function toShown(tile: Tile, dock: number, photoUrl: (key: string) => string): ShownDock {
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
      ? fitBoat(toFitDock(tile, dock), vessel, waterAt(tile, dock), stay?.to)
      : null,
    distanceM,
  };
}

function toFitDock(tile: Tile, dock: number): FitDock {
  const { outlets, hullTypes, requiresInsurance } = traitsAt(tile.traits, dock);
  return { ...sizesAt(tile.sizes, dock), outlets, hullTypes, requiresInsurance };
}

function waterAt({ names }: Tile, dock: number): Water | undefined {
  const highCm = names.harbours[names.harbourOf[dock]!]!.tideHighCm;
  return highCm === null ? undefined : { lowCm: 0, highCm };
}
