import type { HullType } from "./boat.ts";
import type { Collection, Datum, DockKind, Outlet } from "./dock.ts";
import type { Rate } from "./rate.ts";
import type { TideDays } from "./tide.ts";
import { stationsOf } from "./tile-stations.ts";

/**
 * A dock as the search knows it. `version` is its calendar's; the position is the public one, in
 * whole millionths of a degree. Lengths in centimetres; null is "not known".
 */
export interface TileDock {
  id: number;
  version: number;
  lat: number;
  lon: number;
  name: string;
  kind: DockKind;
  harbourId: number;
  harbourName: string;
  country: string;
  timeZone: string;
  minLoaCm: number | null;
  maxLoaCm: number;
  maxBeamCm: number | null;
  /** Depth as it is shown, and the same below LAT, null where its datum cannot be converted. */
  depthCm: number | null;
  depthDatum: Datum | null;
  depthLatCm: number | null;
  hasOverhead: boolean;
  overheadLatCm: number | null;
  maxDisplacementKg: number | null;
  outlets: Outlet[];
  hullTypes: HullType[];
  requiresInsurance: boolean;
  /** Bit n for `AMENITIES[n]`. */
  amenities: number;
  instantBook: boolean;
  collection: Collection;
  minNights: number;
  maxNights: number;
  noticeHours: number;
  windowDays: number;
  checkInFrom: string;
  rate: Rate;
  rating: number | null;
  /** Key of the first picture's blob. */
  photo: string | null;
  /** Quays only. */
  lengthCm: number | null;
  gapCm: number;
  /** Its harbour's tide station, one of its tile's. */
  tideStation: string | null;
  /**
   * Taken stretches, four numbers each: `fromDay, toDay` (half-open day numbers), `spanLo, spanHi`
   * (half-open centimetres along the quay; spanHi -1 where nothing bounds it). A whole berth's
   * spans say nothing.
   */
  occupied: number[];
}

/** A tide station of a tile's docks. */
export interface TileStation {
  id: string;
  /** Highest astronomical tide above LAT, centimetres. */
  highCm: number;
  /** The lowest and highest water of each day; null where nobody has predicted it yet. */
  table: StationTable | null;
}

/** Predicted water, by local days of the station's own zone. */
export interface StationTable {
  timeZone: string;
  days: TideDays;
}

/** What a tile is made from: the docks of a leaf of the world, or a part of them. */
export interface TileContent {
  quadkey: string;
  /** Counts on where more docks lie at one place than a tile holds. */
  page: number;
  pages: number;
  /** The transaction horizon that it was read at, in digits: later changes may be missing. */
  asOf: string;
  /** The first night that its calendars tell of. */
  baseDay: number;
  docks: readonly TileDock[];
  /** All stations of its docks, and no matter which others. */
  stations: readonly TileStation[];
}

/** Docks that one tile holds at most. */
export const MOST_DOCKS = 512;

/**
 * Nights that a tile tells of, from its first on. Docks sell 730 nights ahead at most, so a tile
 * answers for every night on sale until it is a year old.
 */
export const HORIZON_NIGHTS = 1_100;

/**
 * A leaf's docks in as many tiles as they need, by id; each with its docks' stations and the days
 * that their stays can meet.
 */
export function splitPages(
  leaf: Omit<TileContent, "page" | "pages">,
): TileContent[] {
  const docks = leaf.docks.toSorted((a, b) => a.id - b.id);
  const pages = Math.max(1, Math.ceil(docks.length / MOST_DOCKS));
  return Array.from({ length: pages }, (_, page) => {
    const own = docks.slice(page * MOST_DOCKS, (page + 1) * MOST_DOCKS);
    return { ...leaf, page, pages, docks: own, stations: stationsOf(own, leaf) };
  });
}
