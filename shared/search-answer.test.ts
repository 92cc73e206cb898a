import { describe, expect, test } from "vitest";
import { ANSWER_FORMAT, isWideAnswer, writeAnswer } from "./search-answer.ts";
import type { WaterSearch } from "./search-terms.ts";
import { findDocks } from "./search.ts";
import { tileDock, toTile } from "./tile-dock.fixture.ts";

const SEARCH: WaterSearch = {
  area: { bbox: { west: -72, south: 41, east: -71, north: 42 } },
  stay: { from: "2027-05-01", to: "2027-05-03" },
  vessel: { loaCm: 1_200, beamCm: 400, draftCm: 180, hullType: "mono" },
  kinds: [],
  amenities: [],
  instantOnly: false,
  limit: 20,
};
const CONTEXT = { nowMs: Date.UTC(2027, 3, 1), rates: { version: 1, perEuro: {} } };
const photoUrl = (key: string) => `/p/${key}`;

function found(names: readonly string[]) {
  const docks = names.map((name, i) => tileDock({ id: i + 1, name }));
  return findDocks([toTile(docks)], SEARCH, CONTEXT);
}

test("an answer's text: where this changes, ANSWER_FORMAT does, or tags name two texts", () => {
  expect({ format: ANSWER_FORMAT, text: writeAnswer(found(["A"]), SEARCH, photoUrl) })
    .toMatchInlineSnapshot(`
      {
        "format": 1,
        "text": "{"items":[{"id":1,"version":1,"name":"A","kind":"slip","lat":41.49,"lon":-71.33,"harbourId":1,"harbourName":"Newport","country":"US","maxLoaCm":1500,"maxBeamCm":450,"depthCm":300,"depthDatum":"MLLW","amenities":[],"instantBook":true,"collection":"at_dock","photo":null,"rating":null,"price":{"currency":"EUR","totalMinor":16000,"nightlyMinor":8000},"fit":{"verdict":"fits","reasons":[{"rule":"length","verdict":"fits","code":"length-fits","text":"Length 12.00 m; the berth takes up to 15.00 m","needed":1200,"available":1500},{"rule":"beam","verdict":"fits","code":"beam-fits","text":"Beam 4.00 m; the berth takes up to 4.50 m","needed":400,"available":450},{"rule":"depth","verdict":"fits","code":"deep-enough","text":"Draft 1.80 m + 0.30 m margin needs 2.10 m; 2.90 m at lowest water","needed":210,"available":290},{"rule":"hull_type","verdict":"fits","code":"hull-taken","text":"The berth takes monohulls"}]},"distanceM":14202}],"total":{"value":1,"relation":"eq"},"nextCursor":null}",
      }
    `);
});

describe("isWideAnswer", () => {
  test.each([
    [["Berth A", "Été"], false],
    [["Berth A", "Κέρκυρα"], true],
    [["Šibenik"], true],
    [[], false],
  ])("of %j: %s", (names, isWide) => {
    const docks = found(names);
    const text = writeAnswer(docks, SEARCH, photoUrl);
    expect(isWideAnswer(docks)).toBe(isWide);
    expect(/[^\0-\xff]/.test(text)).toBe(isWide);
  });
});
