import * as z from "zod/mini";
import { Sort } from "./api.ts";
import { HullType, PartialVessel } from "./boat.ts";
import { Amenity, DockKind } from "./dock.ts";
import { Currency } from "./money.ts";
import {
  createQueryReader,
  type QueryParams,
  type QueryReader,
  refuseUnknown,
  throwIssues,
} from "./query-reader.ts";
import { readCursor } from "./search-cursor.ts";
import {
  DEFAULT_LIMIT,
  DEFAULT_RADIUS_M,
  type DockSearch,
  MAX_LIMIT,
  type SearchArea,
  sortOf,
} from "./search-terms.ts";
import { dateToDay, nightCount, type Stay } from "./stay.ts";

const AREA_PARAMS = ["bbox", "near", "radiusM", "place"];
export const STAY_PARAMS = ["from", "to"];
export const VESSEL_PARAMS = [
  "loaCm",
  "beamCm",
  "draftCm",
  "airDraftCm",
  "hullType",
  "displacementKg",
  "takesGround",
  "inlets",
  "insuranceExpires",
];
const FILTER_PARAMS = ["kind", "amenities", "maxPrice", "currency", "instant", "q"];
const PAGE_PARAMS = ["sort", "limit", "cursor"];

/** Half of the Earth's girth: from there on, every place is near. */
const MAX_RADIUS_M = 20_038_000;
const MAX_NIGHTS = 365;
const MAX_TEXT = 100;
const HOUR_MS = 3_600_000;

// Mini schemas carry no words of their own.
const words = z.locales.en().localeError;

/**
 * A search's query, as the contract writes it. `nowMs`, where given, also refuses nights that are
 * over everywhere on Earth.
 *
 * @throws {Problem} `invalid` with an issue for each parameter that is unknown or not valid.
 */
export function parseDockSearch(params: QueryParams, nowMs?: number): DockSearch {
  const reader = createQueryReader(params);
  refuseUnknown(reader, params, [
    ...AREA_PARAMS,
    ...STAY_PARAMS,
    ...VESSEL_PARAMS,
    ...FILTER_PARAMS,
    ...PAGE_PARAMS,
  ]);
  const area = readArea(reader);
  const stay = readStay(reader, nowMs);
  const vessel = readVessel(reader);
  const text = reader.text("q");
  if (text && text.length > MAX_TEXT) reader.say("q", `must have ${MAX_TEXT} characters at most`);
  const sort = reader.choice("sort", Sort.options);
  const cursor = reader.text("cursor");
  const search: DockSearch = {
    // Where there is no area, its issue throws below.
    area: area ?? { place: "" },
    ...(stay ? { stay } : {}),
    vessel,
    kinds: reader.choices("kind", DockKind.options) ?? [],
    amenities: reader.choices("amenities", Amenity.options) ?? [],
    ...readPrice(reader),
    instantOnly: reader.flag("instant") ?? false,
    ...(text === undefined ? {} : { text: text.trim() }),
    ...(sort ? { sort } : {}),
    limit: reader.int("limit", 1, MAX_LIMIT) ?? DEFAULT_LIMIT,
    ...(cursor === undefined ? {} : { cursor }),
  };
  if (search.maxPriceMinor !== undefined && !stay) {
    reader.say("maxPrice", "is for a whole stay: give from and to");
  }
  if (sort === "price" && !stay) reader.say("sort", "by price needs from and to");
  if (cursor !== undefined && readCursor(cursor)?.sort !== sortOf(search)) {
    reader.say("cursor", "is not of this search");
  }
  throwIssues("Cannot search docks", reader.issues);
  return search;
}

/**
 * What a query knows of a boat: empty where it says nothing of one. Other names are left alone.
 *
 * @throws {Problem} `invalid`
 */
export function parseVesselParams(params: QueryParams): PartialVessel {
  const reader = createQueryReader(params);
  const vessel = readVessel(reader);
  throwIssues("Cannot read boat", reader.issues);
  return vessel;
}

/**
 * The nights of a query's `from` and `to`; undefined where it has neither. Other names are left
 * alone. `nowMs`, where given, also refuses nights that are over everywhere on Earth.
 *
 * @throws {Problem} `invalid`
 */
export function parseStayParams(params: QueryParams, nowMs?: number): Stay | undefined {
  const reader = createQueryReader(params);
  const stay = readStay(reader, nowMs);
  throwIssues("Cannot read stay", reader.issues);
  return stay;
}

/**
 * Refuses by name what a route does not know.
 *
 * @throws {Problem} `invalid`
 */
export function refuseUnknownParams(params: QueryParams, known: readonly string[]): void {
  const reader = createQueryReader(params);
  refuseUnknown(reader, params, known);
  throwIssues("Cannot read query", reader.issues);
}

function readArea(reader: QueryReader): SearchArea | undefined {
  const box = reader.decimals("bbox", ["west", "south", "east", "north"]);
  const point = reader.decimals("near", ["lat", "lon"]);
  const radiusM = reader.int("radiusM", 1, MAX_RADIUS_M);
  const place = reader.text("place");
  if (radiusM !== undefined && !point) reader.say("radiusM", "goes with near=lat,lon");
  const areas = [box, point, place].filter((area) => area !== undefined);
  if (areas.length > 1) reader.say("bbox", "give one of bbox, near, place");
  if (areas.length === 0 && reader.issues.every((issue) => !AREA_PARAMS.includes(issue.path))) {
    reader.say("bbox", "is missing: give bbox=west,south,east,north, near=lat,lon or place");
  }
  if (box) {
    const [west = 0, south = 0, east = 0, north = 0] = box;
    if (!isLon(west) || !isLon(east)) reader.say("bbox", "longitudes must be from -180 to 180");
    if (!isLat(south) || !isLat(north)) reader.say("bbox", "latitudes must be from -90 to 90");
    if (south > north) reader.say("bbox", "south must not be above north");
    return { bbox: { west, south, east, north } };
  }
  if (point) {
    const [lat = 0, lon = 0] = point;
    if (!isLat(lat)) reader.say("near", "latitude must be from -90 to 90");
    if (!isLon(lon)) reader.say("near", "longitude must be from -180 to 180");
    return { near: { lat, lon }, radiusM: radiusM ?? DEFAULT_RADIUS_M };
  }
  return place === undefined ? undefined : { place };
}

function isLon(degrees: number): boolean {
  return degrees >= -180 && degrees <= 180;
}

function isLat(degrees: number): boolean {
  return degrees >= -90 && degrees <= 90;
}

function readStay(reader: QueryReader, nowMs: number | undefined): Stay | undefined {
  const from = readDate(reader, "from");
  const to = readDate(reader, "to");
  if (from === undefined && to === undefined) return undefined;
  if (from === undefined || to === undefined) {
    const missing = from === undefined ? "from" : "to";
    if (!reader.issues.some((issue) => issue.path === missing)) {
      reader.say(missing, "is missing: from and to go together");
    }
    return undefined;
  }
  const nights = nightCount({ from, to });
  if (nights < 1) reader.say("to", "must be after from");
  if (nights > MAX_NIGHTS) reader.say("to", `must be at most ${MAX_NIGHTS} nights after from`);
  // The last place on Earth to begin a day keeps UTC-12.
  const isOver = nowMs !== undefined && dateToDay(from) < Math.floor((nowMs / HOUR_MS - 12) / 24);
  if (isOver) reader.say("from", "is in the past");
  return { from, to };
}

function readDate(reader: QueryReader, name: string): string | undefined {
  const date = reader.text(name);
  if (date === undefined || !Number.isNaN(dateToDay(date))) return date;
  reader.say(name, "must be a date of the calendar as YYYY-MM-DD");
  return undefined;
}

function readVessel(reader: QueryReader): PartialVessel {
  const raw = {
    loaCm: reader.int("loaCm"),
    beamCm: reader.int("beamCm"),
    draftCm: reader.int("draftCm"),
    airDraftCm: reader.int("airDraftCm"),
    hullType: reader.choice("hullType", HullType.options),
    displacementKg: reader.int("displacementKg"),
    takesGround: reader.flag("takesGround"),
    inlets: readInlets(reader),
    insuranceExpires: readDate(reader, "insuranceExpires"),
  };
  const given: Record<string, unknown> = {};
  for (const name of VESSEL_PARAMS) {
    const value = raw[name as keyof typeof raw];
    if (value !== undefined) given[name] = value;
  }
  const result = z.safeParse(PartialVessel, given, { error: words });
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues) {
    reader.say(path.map(String).join("."), message);
  }
  return {};
}

/** `plug:volts:amps:phases` between commas; `:optional` behind one that she can do without. */
const INLET = /^([a-z0-9_]+):(\d{1,6}):(\d{1,6}):(\d{1,6})(:optional)?$/;

function readInlets(reader: QueryReader): object[] | undefined {
  const inlets = reader.list("inlets")?.map((text) => INLET.exec(text));
  if (!inlets) return undefined;
  if (inlets.includes(null)) {
    reader.say("inlets", "must be plug:volts:amps:phases, with :optional behind it or not");
    return undefined;
  }
  return inlets.map((match) => ({
    plug: match?.[1],
    volts: Number(match?.[2]),
    amps: Number(match?.[3]),
    phases: Number(match?.[4]),
    required: match?.[5] === undefined,
  }));
}

function readPrice(reader: QueryReader): Pick<DockSearch, "maxPriceMinor" | "currency"> {
  const maxPriceMinor = reader.int("maxPrice", 0, Number.MAX_SAFE_INTEGER);
  const currency = reader.text("currency");
  if (maxPriceMinor !== undefined && currency === undefined) {
    reader.say("currency", "is missing: maxPrice needs one");
  }
  if (currency !== undefined && !Currency.safeParse(currency).success) {
    reader.say("currency", "must be three capital letters, like EUR");
  }
  return {
    ...(maxPriceMinor === undefined ? {} : { maxPriceMinor }),
    ...(currency === undefined ? {} : { currency }),
  };
}
