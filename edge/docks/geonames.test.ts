import { expect, test } from "vitest";
import { citiesWorthKnowing, parseGeoNames, readGeoNames } from "./geonames.ts";

interface Line {
  id: number;
  code?: string;
  ascii?: string;
  others?: string;
  country?: string;
  population?: number;
  more?: string;
}

function lineOf({ id, code, ascii, others, country, population, more }: Line): string {
  return `${id}\tÎle à Vache\t${ascii ?? ""}\t${others ?? ""}\t1.5\t-2\tP\t${code ?? "PPL"}\t` +
    `${country ?? "HT"}\t\t\t\t\t\t${population ?? 20_000}\t\t\tEurope/Paris\t2020${more ?? ""}`;
}

const bytesOf = (lines: readonly string[]) => new TextEncoder().encode(lines.join("\n"));

test("parseGeoNames reads a file without a last line end, and skips what is no place", () => {
  const cities = parseGeoNames(bytesOf([
    lineOf({ id: 1 }),
    lineOf({ id: 2, code: "PPLX" }),
    "",
    "short\tline",
    lineOf({ id: 4, more: "\ta column too many" }),
    lineOf({ id: 3, code: "PPLA", ascii: "Ile a Vache", others: "Isola,,Остров" }),
  ]));
  expect(cities.map((city) => city.id)).toEqual([1, 3]);
  expect(cities[1]).toEqual({
    id: 3,
    name: "Île à Vache",
    otherNames: ["Ile a Vache", "Isola", "Остров"],
    country: "HT",
    region: "",
    lat: 1.5,
    lon: -2,
    population: 20_000,
    timeZone: "Europe/Paris",
  });
});

test("parseGeoNames keeps of small places the names in their own script", () => {
  const others = "A1,B2,C3,D4,E5,F6,G7,Нисос,Νήσος,ნისოს,島";
  const namesOf = (country: string, population: number) =>
    parseGeoNames(bytesOf([lineOf({ id: 1, others, country, population })]))[0]!.otherNames;
  expect(namesOf("GR", 900)).toEqual(["Νήσος"]);
  expect(namesOf("GE", 0)).toEqual(["ნისოს"]);
  expect(namesOf("JP", 14_999)).toEqual(["島"]);
  expect(namesOf("FR", 900)).toEqual([]);
  const latin = ["A1", "B2", "C3", "D4", "E5", "F6"];
  expect(namesOf("GR", 15_000)).toEqual([...latin, "Νήσος", "Нисос", "ნისოს", "島"]);
  expect(namesOf("FR", 600_000)).toEqual([...latin, "G7", "Нисос", "Νήσος", "ნისოს", "島"]);
});

test("parseGeoNames keeps what a town is also called with more words, not its name again", () => {
  const others = "A1,B2,C3,D4,E5,F6,G7,Île à Vache,Île à Vache d'Haïti,Île à Vaches";
  expect(parseGeoNames(bytesOf([lineOf({ id: 1, others })]))[0]!.otherNames)
    .toEqual(["A1", "B2", "C3", "D4", "E5", "F6", "Île à Vache d'Haïti"]);
});

test("readGeoNames gives all places, in parts", () => {
  const bytes = bytesOf(Array.from({ length: 5_000 }, (_, id) => lineOf({ id })));
  const parts = Array.from(readGeoNames(bytes));
  expect(parts.length).toBeGreaterThan(4);
  expect(parts.flat().map(({ id }) => id)).toEqual(Array.from({ length: 5_000 }, (_, id) => id));
  expect(Array.from(readGeoNames(new Uint8Array())).flat()).toEqual([]);
});

test("citiesWorthKnowing takes large towns, and all by a harbour, also across the date line", () => {
  const keep = citiesWorthKnowing([{ lat: -16.8, lon: 179.99 }, { lat: 89.99, lon: 0 }]);
  const takes = (lat: number, lon: number, population = 500) => keep({ lat, lon, population });
  expect(takes(-16.85, -179.95)).toBe(true);
  expect(takes(-16.75, 179.9)).toBe(true);
  expect(takes(-16.8, 179.5)).toBe(false);
  expect(takes(-16.8, 179.5, 15_000)).toBe(true);
  expect(takes(90, 0.1)).toBe(true);
});
