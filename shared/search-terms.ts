import type { Sort } from "./api.ts";
import type { PartialVessel } from "./boat.ts";
import { circleToBbox } from "./circle.ts";
import type { Amenity, DockKind } from "./dock.ts";
import { type Bbox, bboxCentre, type Position } from "./geo.ts";
import type { Currency } from "./money.ts";
import type { Stay } from "./stay.ts";

/** Where there is to search: a box, or a circle on the water. */
export type WaterArea = { bbox: Bbox } | { near: Position; radiusM: number };

/** An area as it is asked for: a place stands for its circle until somebody looks it up. */
export type SearchArea = WaterArea | { place: string };

/** What a search of docks asks. */
export interface DockSearch {
  area: SearchArea;
  stay?: Stay;
  /** What is known of the boat; empty where fit is no question. */
  vessel: PartialVessel;
  /** Empty: every kind. */
  kinds: DockKind[];
  /** All of them must be there. */
  amenities: Amenity[];
  /** For the whole stay, in minor units of `currency`. */
  maxPriceMinor?: number;
  currency?: Currency;
  /** Only what can be booked at once. */
  instantOnly: boolean;
  /** Words of the dock's or the harbour's name. */
  text?: string;
  sort?: Sort;
  limit: number;
  cursor?: string;
}

/** A search whose place has been looked up. */
export type WaterSearch = Omit<DockSearch, "area"> & { area: WaterArea };

/** How far `near` looks, and how many docks a page has, where nothing else is said. */
export const DEFAULT_RADIUS_M = 20_000;
export const DEFAULT_LIMIT = 20;
export const MAX_LIMIT = 100;

/**
 * The order of a search's docks. Where none is asked for: by distance around a point or a place,
 * else by price where there are dates to price, else by rating.
 */
export function sortOf(search: DockSearch): Sort {
  if (search.sort) return search.sort;
  if (!("bbox" in search.area)) return "distance";
  return search.stay ? "price" : "rating";
}

/** The box that holds an area: what decides which tiles are read. */
export function areaToBbox(area: WaterArea): Bbox {
  return "bbox" in area ? area.bbox : circleToBbox(area.near, area.radiusM);
}

/** Where an area's distances are measured from. */
export function areaCentre(area: WaterArea): Position {
  return "bbox" in area ? bboxCentre(area.bbox) : area.near;
}
