import type { Position } from "../../shared/geo.ts";
import { scriptOf } from "./local-scripts.ts";

/** A populated place of GeoNames. */
export interface City {
  /** Its GeoNames id. */
  id: number;
  name: string;
  /** What it is called in its own script; for larger places, in other languages and scripts too. */
  otherNames: string[];
  /** ISO 3166-1, two letters. */
  country: string;
  /** The part of the country where its code says something to people (`RI`, `Scotland`). */
  region: string;
  lat: number;
  lon: number;
  population: number;
  timeZone: string;
}

export type KeepCity = (place: Position & { population: number }) => boolean;

const TAB = 9;
const NEWLINE = 10;
const COLUMNS = 19;
const LAT = 4;
const LON = 5;
const POPULATION = 14;
/** Bytes of lines that are read at a time: a millisecond or two of work. */
const BATCH_BYTES = 64 * 1024;
const OTHER_NAMES_FROM = 15_000;
const ALL_OTHER_NAMES_FROM = 500_000;
/** Of each: in Latin, the same with more words after it, in the place's own script, in others. */
const MOST_OTHER_NAMES = 6;
const BRITISH: Record<string, string> = {
  ENG: "England",
  NIR: "Northern Ireland",
  SCT: "Scotland",
  WLS: "Wales",
};

/** The places of a GeoNames dump that `keep` takes: see `readGeoNames`. */
export function parseGeoNames(bytes: Uint8Array, keep?: KeepCity): City[] {
  return Array.from(readGeoNames(bytes, keep)).flat();
}

/**
 * The places of a GeoNames dump (tab-separated UTF-8, as in `cities500.txt`) that `keep` takes, in
 * parts, so that other work can be done between them. Only their lines are decoded: the whole text
 * would take twice its 32 MB, and a name cut from it would hold all of it in memory.
 */
export function* readGeoNames(
  bytes: Uint8Array,
  keep: KeepCity = () => true,
): Generator<City[], void> {
  const decoder = new TextDecoder();
  const ends = new Int32Array(COLUMNS);
  const numberIn = (column: number) => decimal(bytes, ends[column - 1]! + 1, ends[column]!);
  let cities: City[] = [];
  let batchEnd = BATCH_BYTES;
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(NEWLINE, start);
    const end = newline < 0 ? bytes.length : newline;
    if (findColumns(bytes, start, end, ends)) {
      const place = { lat: numberIn(LAT), lon: numberIn(LON), population: numberIn(POPULATION) };
      if (keep(place)) addCity(decoder.decode(bytes.subarray(start, end)), place, cities);
    }
    start = end + 1;
    if (start < batchEnd) continue;
    yield cities;
    cities = [];
    batchEnd = start + BATCH_BYTES;
  }
  yield cities;
}

/**
 * Finds where the columns from the one before the position on end, from a line's end back: the
 * names before them are half of its letters. False for a line of fewer columns.
 */
function findColumns(bytes: Uint8Array, start: number, end: number, ends: Int32Array): boolean {
  let column = COLUMNS - 1;
  ends[column--] = end;
  for (let at = end - 1; at >= start; at--) {
    if (bytes[at] !== TAB) continue;
    ends[column--] = at;
    if (column < LAT - 1) return true;
  }
  return false;
}

/** The number that ASCII digits spell; reading 600,000 of them as texts would take half a second. */
function decimal(bytes: Uint8Array, from: number, to: number): number {
  const isNegative = bytes[from] === 45;
  let digits = 0;
  let scale = 0;
  for (let at = isNegative ? from + 1 : from; at < to; at++) {
    if (bytes[at] === 46) scale = 1;
    else {
      digits = digits * 10 + bytes[at]! - 48;
      scale *= 10;
    }
  }
  return (isNegative ? -digits : digits) / (scale || 1);
}

function addCity(
  line: string,
  place: Position & { population: number },
  cities: City[],
): void {
  const columns = line.split("\t");
  const [id, name, ascii, otherNames, , , , code, country, , part, ...rest] = columns;
  // Parts of a town would stand beside it under the same name.
  if (columns.length !== COLUMNS || code === "PPLX") return;
  cities.push({
    ...place,
    id: Number(id),
    name: name!,
    otherNames: [
      // "Groemitz" for Grömitz.
      ...(ascii !== "" && ascii !== name ? [ascii!] : []),
      ...chooseNames(name!, otherNames!, country!, place.population),
    ],
    country: country!,
    region: country === "US" ? part! : country === "GB" ? BRITISH[part!] ?? "" : "",
    timeZone: rest[6]!,
  });
}

function chooseNames(
  name: string,
  list: string,
  country: string,
  population: number,
): string[] {
  const script = scriptOf(country);
  const isLarge = population >= OTHER_NAMES_FROM;
  if (list === "" || !(isLarge || script)) return [];
  const most = population >= ALL_OTHER_NAMES_FROM ? Infinity : MOST_OTHER_NAMES;
  const latin: string[] = [];
  const longer: string[] = [];
  const own: string[] = [];
  const others: string[] = [];
  // Of some lists a hundredth is chosen: only that is cut out.
  for (let start = 0, end = 0; start < list.length; start = end + 1) {
    end = list.indexOf(",", start);
    if (end < 0) end = list.length;
    const letter = list.charCodeAt(start);
    const isMore = list.startsWith(name, start);
    if (isMore && end === start + name.length) continue;
    const some = isMore && list[start + name.length] === " "
      ? longer
      : isLatin(letter)
      ? latin
      : script?.test(list[start]!)
      ? own
      : others;
    if (end > start && some.length < most && (isLarge || some === own)) {
      some.push(list.slice(start, end));
    }
  }
  return [...latin, ...longer, ...own, ...others];
}

/** Which letters are Latin, near enough: asking Unicode costs ten times as much. */
function isLatin(letter: number): boolean {
  return letter < 0x2b0 || (letter >= 0x1e00 && letter < 0x1f00);
}

const CELL_DEGREES = 0.1;
const TOWN_FROM = 15_000;
const COLUMNS_OF_CELLS = 3_600;
const ROWS_OF_CELLS = 1_801;

/** Takes towns of more than 15,000 people, and every place within about 15 km of a harbour. */
export function citiesWorthKnowing(harbours: Iterable<Position>): KeepCity {
  const isNear = new Uint8Array(COLUMNS_OF_CELLS * ROWS_OF_CELLS);
  for (const { lat, lon } of harbours) {
    const [row, column] = [rowOf(lat), columnOf(lon) + COLUMNS_OF_CELLS];
    const reach = Math.min(10, Math.ceil(1 / Math.cos((lat * Math.PI) / 180)));
    for (let y = Math.max(0, row - 1); y <= Math.min(ROWS_OF_CELLS - 1, row + 1); y++) {
      for (let x = column - reach; x <= column + reach; x++) {
        isNear[y * COLUMNS_OF_CELLS + (x % COLUMNS_OF_CELLS)] = 1;
      }
    }
  }
  return ({ lat, lon, population }) =>
    population >= TOWN_FROM || isNear[rowOf(lat) * COLUMNS_OF_CELLS + columnOf(lon)] === 1;
}

function rowOf(lat: number): number {
  return Math.floor((lat + 90) / CELL_DEGREES);
}

function columnOf(lon: number): number {
  return Math.floor(((lon + 540) % 360) / CELL_DEGREES);
}
