import type { Place } from "../../shared/api.ts";
import { distanceM, type Position, wrapLon } from "../../shared/geo.ts";
import type { City } from "./geonames.ts";
import { plainText } from "../../shared/fold.ts";
import { SAILING_REGIONS } from "./sailing-regions.ts";

/** A harbour as the index needs it. */
export interface HarbourPlace {
  id: number;
  name: string;
  /** Town and, where people say it, state: `Newport, RI`. */
  place: string;
  /** ISO 3166-1, two letters. */
  country: string;
  lat: number;
  lon: number;
  /** Published docks: of two Newports the one with more berths comes first. */
  docks?: number;
}

const HARBOUR_RADIUS_M = 10_000;

export function harbourPlace(harbour: HarbourPlace): Place {
  const { id, name, place, country, lat, lon } = harbour;
  return {
    id: `harbour:${id}`,
    kind: "harbour",
    name,
    context: joined(place === name ? "" : place, countryName(country)),
    lat,
    lon,
    radiusM: HARBOUR_RADIUS_M,
  };
}

export function cityPlace(city: City): Place {
  const { id, name, country, region, lat, lon, population } = city;
  return {
    id: `city:${id}`,
    kind: "city",
    name,
    context: joined(region, countryName(country)),
    lat,
    lon,
    radiusM: population > 1_000_000 ? 40_000 : population > 100_000 ? 25_000 : 15_000,
  };
}

export function regionPlaces(): { place: Place; otherNames: readonly string[] }[] {
  return SAILING_REGIONS.map(([name, context, lat, lon, reachKm, ...otherNames]) => ({
    place: {
      id: `region:${plainText(name).replaceAll(" ", "-")}`,
      kind: "region",
      name,
      context,
      lat,
      lon,
      radiusM: reachKm * 1_000,
    },
    otherNames,
  }));
}

/**
 * A country by where its places are: its middle is theirs, its radius holds nine in ten of them
 * (Alaska and Hawaii stay out, or the United States would lie in the Pacific).
 */
export function countryPlace(country: string, positions: readonly Position[]): Place {
  const { lat, lon } = middleOf(positions);
  const distances = Float64Array.from(positions, (position) => distanceM({ lat, lon }, position))
    .sort();
  const reach = distances[Math.ceil(distances.length * 0.9) - 1]!;
  return {
    id: `country:${country}`,
    kind: "country",
    name: countryName(country),
    context: "",
    lat,
    lon,
    radiusM: Math.round(Math.min(3_000_000, Math.max(30_000, reach + 20_000))),
  };
}

/** The mean of positions as directions from the Earth's middle: right across the date line too. */
function middleOf(positions: readonly Position[]): Position {
  let x = 0;
  let y = 0;
  let z = 0;
  for (const { lat, lon } of positions) {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    x += Math.cos(phi) * Math.cos(lambda);
    y += Math.cos(phi) * Math.sin(lambda);
    z += Math.sin(phi);
  }
  const round = (radians: number) => Math.round((radians * 180 * 1e4) / Math.PI) / 1e4;
  return { lat: round(Math.atan2(z, Math.hypot(x, y))), lon: wrapLon(round(Math.atan2(y, x))) };
}

const countryNames = new Intl.DisplayNames(["en"], { type: "region", fallback: "code" });
const countryNamesByCode = new Map<string, string>();

/** A country's English name; asking Intl anew for each of 60,000 places would take a second. */
function countryName(code: string): string {
  let name = countryNamesByCode.get(code);
  if (name === undefined) {
    name = /^[A-Z]{2}$/.test(code) ? countryNames.of(code) ?? code : code;
    countryNamesByCode.set(code, name);
  }
  return name;
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}
