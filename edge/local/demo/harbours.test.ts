import { beforeAll, describe, expect, test } from "vitest";
import { DockStatus } from "../../../shared/dock.ts";
import { distanceM } from "../../../shared/geo.ts";
import { parseGeoNames } from "../../docks/geonames.ts";
import { berthsOf } from "./berths.ts";
import { type Coastline, readCoastline } from "./coastline.ts";
import { DEMO_CURRENCIES, habitsOf } from "./countries.ts";
import { DEMO_PER_EURO } from "./exchange-rates.ts";
import { type HarbourSite, stationSites, townSites } from "./harbour-sites.ts";
import { chooseHarbours, shareOut } from "./harbours.ts";
import { PointGrid } from "../bulk/point-grid.ts";
import { createRandom } from "./random.ts";
import { readCities } from "./read-cities.ts";
import { usableTideStations } from "./tide-stations.ts";

let coast: Coastline;
let stations: HarbourSite[];
let towns: HarbourSite[];

beforeAll(async () => {
  coast = await readCoastline();
  const cities = await readCities();
  stations = stationSites(usableTideStations(), cities, () => true);
  towns = townSites(cities, stations, coast, () => true);
}, 60_000);

describe("coast", () => {
  test("is near where harbours are and far from where none can be", () => {
    expect(coast.nearest({ lat: 41.4841, lon: -71.3266 })!.km).toBeLessThan(2);
    expect(coast.nearest({ lat: -18.1333, lon: 178.425 })!.km).toBeLessThan(3);
    expect(coast.nearest({ lat: 48.857, lon: 2.352 })).toBeUndefined();
    expect(coast.nearest({ lat: 30, lon: -40 })).toBeUndefined();
  });

  test("knows no shore where land is cut at the date line and at the pole", () => {
    expect(coast.nearest({ lat: 67.5, lon: 179.98 })).toBeUndefined();
    expect(coast.nearest({ lat: -89.9, lon: 10 })).toBeUndefined();
  });
});

describe("sites", () => {
  test("Tahiti lies in French Polynesia, whoever the station's country is", () => {
    const tahiti = stations.filter((site) => site.timeZone === "Pacific/Tahiti");
    expect(tahiti.length).toBeGreaterThan(3);
    for (const site of tahiti) expect(site.country).toBe("PF");
  });

  test("gauges in marshes and at bridges give no harbour", () => {
    expect(stations.map((site) => site.name).filter((name) => / nr |bridge\)|\d/i.test(name)))
      .toEqual([]);
  });

  test("towns stand in for the Mediterranean's missing stations, by the water", () => {
    const names = new Set(towns.map((town) => `${town.country} ${town.name}`));
    for (const name of ["IT Portofino", "FR Antibes", "HR Hvar", "GR Náxos", "TR Bodrum"]) {
      expect(names).toContain(name);
    }
    for (const town of towns) expect(coast.nearest(town)!.km).toBeLessThan(0.1);
  });

  test("no two sites are one harbour", () => {
    const grid = new PointGrid<HarbourSite>();
    for (const site of [...stations, ...towns]) {
      expect(grid.nearest(site, 1_400)).toBeUndefined();
      grid.add(site);
    }
  });
});

describe("chooseHarbours", () => {
  test.each([1, 7, 60, 2_000, 20_000])("shares out exactly %i docks", (docks) => {
    const harbours = chooseHarbours({ docks, seed: 1, stations, towns });
    expect(harbours.reduce((sum, harbour) => sum + harbour.berths, 0)).toBe(docks);
    for (const { berths } of harbours) expect(berths).toBeGreaterThanOrEqual(1);
    for (const { berths } of harbours) expect(berths).toBeLessThanOrEqual(300);
    expect(new Set(harbours.map((harbour) => harbour.key)).size).toBe(harbours.length);
  });

  test("serves Newport and both sides of Fiji's date line well", () => {
    const harbours = chooseHarbours({ docks: 20_000, seed: 7, stations, towns });
    const berths = (accept: (harbour: HarbourSite) => boolean) =>
      harbours.filter(accept).reduce((sum, harbour) => sum + harbour.berths, 0);
    const newport = { lat: 41.49, lon: -71.33 };
    expect(berths((harbour) => distanceM(harbour, newport) < 20_000)).toBeGreaterThan(200);
    expect(berths(({ country, lon }) => country === "FJ" && lon > 0)).toBeGreaterThan(40);
    expect(berths(({ country, lon }) => country === "FJ" && lon < 0)).toBeGreaterThan(5);
    const own = harbours.filter((harbour) => harbour.owner);
    expect(new Set(own.map((harbour) => harbour.owner))).toEqual(new Set(["host", "host2"]));
    expect(new Set(own.map((harbour) => harbour.country))).toEqual(
      new Set(["US", "FR", "IT", "HR"]),
    );
  });

  test("another seed chooses others", () => {
    const keys = (seed: number) =>
      chooseHarbours({ docks: 2_000, seed, stations, towns }).map((harbour) => harbour.key);
    expect(keys(1)).toEqual(keys(1));
    expect(keys(1)).not.toEqual(keys(2));
  });
});

test("shareOut has a long tail", () => {
  const sizes = shareOut(20_000, 2_500, 1).sort((a, b) => a - b);
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(20_000);
  expect(sizes[1_250]).toBeLessThanOrEqual(4);
  expect(sizes.at(-1)).toBe(300);
});

test("berths lie within a kilometre and a half of their harbour, no two in one place", () => {
  for (const [number, site] of [...stations, ...towns].entries()) {
    if (number % 97 !== 0) continue;
    const berths = berthsOf({ ...site, berths: 300 }, number, 1);
    expect(berths).toHaveLength(300);
    expect(new Set(berths.map((berth) => `${berth.lat} ${berth.lon}`)).size).toBe(300);
    expect(new Set(berths.map((berth) => berth.name)).size).toBe(300);
    expect(Math.max(...berths.map((berth) => distanceM(berth, site)))).toBeLessThan(1_500);
    expect(Math.min(...berths.map((berth) => berth.maxLoaCm))).toBeGreaterThanOrEqual(600);
    expect(Math.max(...berths.map((berth) => berth.maxLoaCm))).toBeLessThanOrEqual(6_000);
    expect(berths.filter((berth) => !DockStatus.options.includes(berth.status))).toEqual([]);
  }
});

test("every country's currency has a rate, and no rate is for nobody", () => {
  expect(Object.keys(DEMO_PER_EURO).sort()).toEqual([...DEMO_CURRENCIES].sort());
  for (const site of [...stations, ...towns]) expect(habitsOf(site.country)).toBeDefined();
});

test("PointGrid finds what looking at every point finds, across the date line too", () => {
  const random = createRandom(1, 2);
  const points = Array.from({ length: 3_000 }, () => ({
    lat: 100 * random.next() - 50,
    lon: 179 + 2 * random.next() - (random.chance(0.5) ? 360 : 0),
  })).map(({ lat, lon }) => ({ lat, lon: lon > 180 ? lon - 360 : Math.max(-180, lon) }));
  const grid = new PointGrid(points);
  for (let i = 0; i < 200; i++) {
    const from = { lat: 100 * random.next() - 50, lon: random.chance(0.5) ? 179.95 : -179.95 };
    const within = points.map((point) => distanceM(from, point)).filter((away) => away <= 60_000);
    const found = grid.nearest(from, 60_000);
    expect(found ? distanceM(from, found) : Infinity).toBe(Math.min(...within));
  }
});

test("GeoNames' own file has no line that is not understood", async () => {
  const cities = await readCities();
  expect(cities.length).toBeGreaterThan(190_000);
  const odd = cities.filter(({ lat, lon, population, country, timeZone }) =>
    !(Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && population >= 0) ||
    !/^[A-Z]{2}$/.test(country) || !timeZone.includes("/")
  );
  expect(odd).toEqual([]);
  expect(parseGeoNames(new Uint8Array())).toEqual([]);
});
