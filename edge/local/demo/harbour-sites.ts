import type { City } from "../../docks/geonames.ts";
import type { Coastline } from "./coastline.ts";
import { habitsOf } from "./countries.ts";
import { PointGrid } from "../bulk/point-grid.ts";
import type { TideStation } from "./tide-stations.ts";

/** Where a harbour could be: a tide station's harbour or a coastal town, by its real name. */
export interface HarbourSite {
  /** Stable for the same data: `station/ID` or `town/GEONAMEID`. */
  key: string;
  name: string;
  place: string;
  country: string;
  timeZone: string;
  lat: number;
  lon: number;
  /** Radians from east, counter-clockwise: where the open water is; undefined where not known. */
  seaward?: number;
}

/** What says that a station is a gauge in a marsh or at sea and no harbour. */
const NO_HARBOUR =
  /\b(nr|blw|abv|rv|crk|rd|rte|hwy|ctrl|offshore|platform|buoy|unreferenced|ssn|daymark|lock|weir|sill|gates?|flood|sluice|pump|sewage|highway|route|canal|bayou|marsh|lighthouse|light|entrance to|radar|gauge)\b|\d|[()]/i;
const MIN_APART_M = 1_500;
const TOWN_APART_M = 4_000;
const STATION_TO_TOWN_M = 6_000;
const TOWN_TO_SEA_KM = 2;
const TOWN_MIN_PEOPLE = 400;
const BIGGER_TOWN_M = 30_000;
const BIGGER_TOWN_PEOPLE = 15_000;

/**
 * Harbours that bear a tide station's name. The country is the one whose time zone the station
 * has (the database files Tahiti under France); where the two cannot agree, it is left out.
 */
export function stationSites(
  stations: readonly TideStation[],
  cities: readonly City[],
  knowsZone: (zone: string) => boolean,
): HarbourSite[] {
  const countriesByZone = new Map<string, Set<string>>();
  for (const { timeZone, country } of cities) {
    const known = countriesByZone.get(timeZone);
    if (known) known.add(country);
    else countriesByZone.set(timeZone, new Set([country]));
  }
  const sites: HarbourSite[] = [];
  const taken = new PointGrid<HarbourSite>();
  // The better record of two in one harbour first.
  const ordered = stations.toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  for (const station of ordered) {
    const { id, name, locality, region, timeZone, lat, lon } = station;
    const countries = countriesByZone.get(timeZone);
    const country = countries?.has(station.country)
      ? station.country
      : countries?.size === 1
      ? [...countries][0]!
      : undefined;
    if (country === undefined || !habitsOf(country) || !knowsZone(timeZone)) continue;
    if (NO_HARBOUR.test(name) || name.length < 3 || (locality === "" && region === "")) continue;
    if (taken.nearest(station, MIN_APART_M)) continue;
    const place = [locality, region].filter((part) => part !== "").join(", ");
    const site = { key: `station/${id}`, name, place, country, timeZone, lat, lon };
    sites.push(site);
    taken.add(site);
  }
  return sites;
}

/** Towns by the sea with no station's harbour near; the larger of two neighbours. */
export function townSites(
  cities: readonly City[],
  stations: readonly HarbourSite[],
  coast: Coastline,
  knowsZone: (zone: string) => boolean,
): HarbourSite[] {
  const harbours = new PointGrid<HarbourSite>(stations);
  const larger = new PointGrid<City>(
    cities.filter((city) => city.population >= BIGGER_TOWN_PEOPLE),
  );
  const taken = new PointGrid<HarbourSite>();
  const sites: HarbourSite[] = [];
  const ordered = cities.toSorted((a, b) => b.population - a.population || a.id - b.id);
  for (const city of ordered) {
    if (city.population < TOWN_MIN_PEOPLE || !habitsOf(city.country)) continue;
    if (!knowsZone(city.timeZone)) continue;
    const shore = coast.nearest(city);
    if (!shore || shore.km > TOWN_TO_SEA_KM) continue;
    const position = { lat: round(shore.lat), lon: round(shore.lon) };
    if (harbours.nearest(position, STATION_TO_TOWN_M)) continue;
    if (taken.nearest(position, TOWN_APART_M)) continue;
    const isLarger = (other: City) =>
      other.country === city.country && other.population > city.population;
    const bigger = larger.nearest(city, BIGGER_TOWN_M, isLarger);
    const site: HarbourSite = {
      ...position,
      key: `town/${city.id}`,
      name: city.name,
      place: bigger && bigger.name !== city.name ? bigger.name : city.region || city.name,
      country: city.country,
      timeZone: city.timeZone,
      seaward: Math.atan2(shore.lat - city.lat, shore.lon - city.lon),
    };
    sites.push(site);
    taken.add(site);
  }
  return sites;
}

function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
