import type { Position } from "../../shared/geo.ts";

/** A populated place of GeoNames. */
export interface City {
  /** Its GeoNames id. */
  id: number;
  name: string;
  /** What it is called in other languages and scripts; kept for larger places. */
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
const OTHER_NAMES_FROM = 15_000;
const ALL_OTHER_NAMES_FROM = 500_000;
/** Of each half, Latin and other scripts. */
const MOST_OTHER_NAMES = 6;
const BRITISH: Record<string, string> = {
  ENG: "England",
  NIR: "Northern Ireland",
  SCT: "Scotland",
  WLS: "Wales",
};

/**
 * The places of a GeoNames dump (tab-separated UTF-8, as in `cities500.txt`) that `keep` takes.
 * Only their lines are decoded: the whole text would take twice its 32 MB, and a name cut from it
 * would hold all of it in memory.
 */
export function parseGeoNames(bytes: Uint8Array, keep: KeepCity = () => true): City[] {
  const decoder = new TextDecoder();
  const cities: City[] = [];
  const ends = new Int32Array(COLUMNS);
  const numberIn = (column: number) => decimal(bytes, ends[column - 1]! + 1, ends[column]!);
  let start = 0;
  let column = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = at < bytes.length ? bytes[at]! : NEWLINE;
    if (byte !== TAB && byte !== NEWLINE) continue;
    if (column < COLUMNS) ends[column] = at;
    column++;
    if (byte === TAB) continue;
    if (column === COLUMNS) {
      const place = { lat: numberIn(LAT), lon: numberIn(LON), population: numberIn(POPULATION) };
      if (keep(place)) addCity(decoder.decode(bytes.subarray(start, at)), place, cities);
    }
    start = at + 1;
    column = 0;
  }
  return cities;
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
  const [id, name, , otherNames, , , , code, country, , part, ...rest] = line.split("\t");
  // Parts of a town would stand beside it under the same name.
  if (code === "PPLX") return;
  cities.push({
    ...place,
    id: Number(id),
    name: name!,
    otherNames: place.population >= OTHER_NAMES_FROM
      ? chooseNames(otherNames!, place.population)
      : [],
    country: country!,
    region: country === "US" ? part! : country === "GB" ? BRITISH[part!] ?? "" : "",
    timeZone: rest[6]!,
  });
}

function chooseNames(list: string, population: number): string[] {
  const names = list.split(",").filter((name) => name !== "");
  if (population >= ALL_OTHER_NAMES_FROM) return names;
  const isLatin = (name: string) => /^\p{Script=Latin}/u.test(name);
  return [
    ...names.filter(isLatin).slice(0, MOST_OTHER_NAMES),
    ...names.filter((name) => !isLatin(name)).slice(0, MOST_OTHER_NAMES),
  ];
}

const CELL_DEGREES = 0.1;

/** Takes towns of more than 15,000 people, and every place within about 15 km of a harbour. */
export function citiesWorthKnowing(harbours: Iterable<Position>): KeepCity {
  const cells = new Set<number>();
  for (const { lat, lon } of harbours) {
    const reach = Math.min(10, Math.ceil(1 / Math.cos((lat * Math.PI) / 180)));
    for (let x = -reach; x <= reach; x++) {
      for (let y = -1; y <= 1; y++) {
        cells.add(cellOf(lat + y * CELL_DEGREES, lon + x * CELL_DEGREES));
      }
    }
  }
  return ({ lat, lon, population }) => population >= 15_000 || cells.has(cellOf(lat, lon));
}

function cellOf(lat: number, lon: number): number {
  const column = Math.floor(((lon + 540) % 360) / CELL_DEGREES);
  return column * 2_000 + Math.floor((lat + 90) / CELL_DEGREES);
}
