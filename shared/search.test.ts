import fc from "fast-check";
import console from "node:console";
import { describe, expect, test } from "vitest";
import { SearchAnswer, type SearchItem } from "./api.ts";
import { DockKind } from "./dock.ts";
import { docks, questions, RATES } from "./search-arbitrary.fixture.ts";
import { refusePoorWorld } from "./search-coverage.fixture.ts";
import { offsetMinutes, oracleSearch } from "./search-oracle.fixture.ts";
import type { WaterSearch } from "./search-terms.ts";
import { dateToDay, dayToDate } from "./stay.ts";
import { findDocks, searchTiles } from "./search.ts";
import { writeAnswer } from "./search-answer.ts";
import { STATIONS, tileDock, toTile } from "./tile-dock.fixture.ts";
import type { TileDock } from "./tile-dock.ts";
import type { Tile } from "./tile.ts";

const NOW = Date.parse("2027-07-01T12:00:00Z");
const ASK: WaterSearch = {
  area: { near: { lat: 41.49, lon: -71.33 }, radiusM: 20_000 },
  vessel: {},
  kinds: [],
  amenities: [],
  instantOnly: false,
  limit: 20,
};
const STAY = { from: "2027-07-03", to: "2027-07-10" };

/** Docks dealt out to tiles: which one holds a dock must not matter. */
function toTiles(all: readonly TileDock[], nowMs = NOW, count = 3): Tile[] {
  const baseDay = Math.floor(nowMs / 86_400_000) - 2;
  return Array.from(
    { length: count },
    (_, page) => toTile(all.filter((_, i) => i % count === page), { page, pages: count, baseDay }),
  );
}

const PHOTO_URL = (key: string) => `/photos/${key}`;

function contextAt(nowMs: number) {
  return { nowMs, rates: RATES, photoUrl: PHOTO_URL };
}

function search(all: readonly TileDock[], ask: Partial<WaterSearch> = {}, nowMs = NOW) {
  return searchTiles(toTiles(all, nowMs), { ...ASK, ...ask }, contextAt(nowMs));
}

function allPages(tiles: readonly Tile[], ask: WaterSearch, nowMs: number): SearchItem[] {
  const items: SearchItem[] = [];
  for (let cursor: string | undefined, page = 0; page < 100; page++) {
    const paged = { ...ask, ...(cursor ? { cursor } : {}) };
    const answer = searchTiles(tiles, paged, contextAt(nowMs));
    items.push(...answer.items);
    if (!answer.nextCursor) return items;
    cursor = answer.nextCursor;
  }
  throw new Error("the pages have no end");
}

/** Answers of these sorts must be among those that are compared. */
const SORTS = [
  ...DockKind.options,
  "fits",
  "conditional",
  "unknown",
  "nothing",
  "pages",
  "priced per_night loa",
  "priced per_length_night loa",
  "priced per_length_night max_loa_berth",
  "packed quay",
  "maxPrice",
  "instant",
  "text",
  "tide",
  "no tide",
  "antimeridian",
  "180°",
  "pole",
  "circle over a pole",
  "whole world",
  "arrival today",
  "clocks forward",
  "clocks back",
];

/** The sorts of an answer that a dock is. */
function sortsOf(dock: TileDock, ask: WaterSearch, nowMs: number): string[] {
  const { area, stay } = ask;
  const today = Math.floor(nowMs / 86_400_000 + offsetMinutes(dock.timeZone, nowMs) / 1_440);
  const isPolar = Math.abs(dock.lat) > 89.5;
  const { basis, billable } = dock.rate;
  const passes = (date: string) => !!stay && stay.from <= date && date < stay.to;
  const isInNewYork = dock.timeZone === "America/New_York";
  const table = STATIONS.find(({ id }) => id === dock.tideStation)?.table;
  const sorts: [string, boolean][] = [
    [dock.kind, true],
    [`priced ${basis} ${billable}`, !!stay],
    ["packed quay", !!stay && dock.lengthCm !== null && dock.occupied.length > 0],
    ["maxPrice", ask.maxPriceMinor !== undefined],
    ["instant", ask.instantOnly],
    ["text", ask.text !== undefined],
    ["tide", !!stay && ask.vessel.draftCm !== undefined && !!table],
    ["no tide", !!stay && ask.vessel.draftCm !== undefined && !table],
    ["antimeridian", "bbox" in area && area.bbox.west > area.bbox.east],
    ["180°", Math.abs(dock.lon) === 180],
    ["pole", isPolar],
    ["circle over a pole", "near" in area && isPolar && area.radiusM >= 60_000],
    ["whole world", "bbox" in area && area.bbox.west === -180 && area.bbox.east === 180],
    ["arrival today", !!stay && dateToDay(stay.from) === today],
    ["clocks forward", isInNewYork && passes("2027-03-13")],
    ["clocks back", isInNewYork && passes("2027-11-06")],
  ];
  return sorts.flatMap(([sort, isSo]) => isSo ? [sort] : []);
}

describe("searchTiles against the oracle", () => {
  test("finds the same docks in the same order, with the same prices and verdicts", () => {
    refusePoorWorld(fc.sample(docks, 150).flat(), STATIONS);
    const seen = new Map<string, number>();
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);
    const drawn: TileDock[] = [];
    let questionsAsked = 0;
    let docksFound = 0;
    fc.assert(
      fc.property(docks, questions, (all, { search: ask, nowMs }) => {
        const expected = oracleSearch({ docks: all, stations: STATIONS }, ask, nowMs, RATES);
        const tiles = toTiles(all, nowMs);
        const first = searchTiles(tiles, ask, contextAt(nowMs));
        expect(first.total).toEqual({ value: expected.length, relation: "eq" });
        expect(first.items.length).toBe(Math.min(ask.limit, expected.length));
        const found = allPages(tiles, ask, nowMs).map((item) => ({
          id: item.id,
          distanceM: item.distanceM,
          totalMinor: item.price?.totalMinor,
          verdict: item.fit?.verdict,
        }));
        expect(found).toEqual(expected);
        const written = writeAnswer(findDocks(tiles, ask, contextAt(nowMs)), ask, PHOTO_URL);
        expect(written).toBe(JSON.stringify(first));

        questionsAsked++;
        docksFound += expected.length;
        if (drawn.length < 20_000) drawn.push(...all);
        if (expected.length === 0) count("nothing");
        if (expected.length > ask.limit) count("pages");
        for (const { id, verdict } of expected) {
          const dock = all.find((one) => one.id === id)!;
          for (const sort of sortsOf(dock, ask, nowMs)) count(sort);
          if (verdict) count(verdict);
        }
      }),
      { numRuns: 2_500 },
    );
    refusePoorWorld(drawn, STATIONS);
    console.info(
      `${questionsAsked} random questions, ${docksFound} docks found as the oracle does`,
    );
    // The comparison is worth nothing where the questions have no answers of these sorts.
    expect(SORTS.filter((sort) => (seen.get(sort) ?? 0) < 20)).toEqual([]);
  }, 180_000);

  test("says the same of the first and the last nights on sale, in every zone", () => {
    const edges = { soon: 0, late: 0 };
    const nights = fc.integer({ min: 1, max: 5 });
    const after = fc.integer({ min: -1, max: 1 });
    const hour = fc.integer({
      min: dateToDay("2027-03-10") * 24,
      max: dateToDay("2027-11-10") * 24,
    });
    fc.assert(
      fc.property(docks, hour, nights, after, fc.boolean(), (all, atHour, count, days, isLate) => {
        const nowMs = atHour * 3_600_000;
        const area = { bbox: { west: -180, south: -90, east: 180, north: 90 } };
        for (const { timeZone, windowDays } of all.slice(0, 5)) {
          const today = Math.floor(nowMs / 86_400_000 + offsetMinutes(timeZone, nowMs) / 1_440);
          const from = isLate ? today + windowDays + days - count : today + days;
          const stay = { from: dayToDate(from), to: dayToDate(from + count) };
          const ask = { ...ASK, area, stay, limit: 100 };
          const world = { docks: all, stations: STATIONS };
          const expected = oracleSearch(world, ask, nowMs, RATES).map(({ id }) => id);
          expect(search(all, ask, nowMs).items.map(({ id }) => id)).toEqual(expected);
          edges[isLate ? "late" : "soon"] += expected.length;
        }
      }),
      { numRuns: 200 },
    );
    expect(Math.min(edges.soon, edges.late)).toBeGreaterThan(200);
  }, 60_000);

  test("pages hold while docks come, go, and change between them", () => {
    let moved = 0;
    fc.assert(
      fc.property(
        docks,
        docks,
        questions,
        fc.nat(),
        (all, others, { search: ask, nowMs }, salt) => {
          const isSteady = (dock: TileDock) => dock.id % 3 !== salt % 3;
          const steady = all.filter(isSteady);
          const restless = all.filter((dock) => !isSteady(dock));
          const shown: SearchItem[] = [];
          let cursor: string | undefined;
          for (let page = 0; page < 100; page++) {
            // The restless ones are there, elsewhere and at other prices, or away, page by page.
            const now = restless.flatMap((dock, i) => {
              const state = (page + i + salt) % 3;
              const { rate, lat, lon, rating } = others[(page + i) % others.length]!;
              const changed = { ...dock, version: dock.version + page, rate, lat, lon, rating };
              return state === 0 ? [] : state === 1 && page > 0 ? [changed] : [dock];
            });
            const paged = { ...ask, ...(cursor ? { cursor } : {}) };
            const answer = search([...steady, ...now], paged, nowMs);
            shown.push(...answer.items);
            if (!answer.nextCursor) break;
            cursor = answer.nextCursor;
          }
          const ids = shown.map(({ id }) => id);
          const world = { docks: steady, stations: STATIONS };
          const expected = oracleSearch(world, ask, nowMs, RATES).map((item) => item.id);
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.filter((id) => expected.includes(id))).toEqual(expected);
          moved += ids.filter((id) => !steady.some((dock) => dock.id === id)).length;
        },
      ),
      { numRuns: 400 },
    );
    expect(moved).toBeGreaterThan(20);
  }, 60_000);

  test("a dock that was shown does not come again where its price has risen since", () => {
    const rateOf = (minor: number) => ({ ...tileDock({ id: 1 }).rate, minor });
    const docksAt = (first: number) =>
      [first, 2_000, 3_000, 4_000].map((minor, i) => tileDock({ id: i + 1, rate: rateOf(minor) }));
    const ask = { stay: STAY, sort: "price" as const, limit: 2 };
    const one = search(docksAt(1_000), ask);
    expect(one.items.map(({ id }) => id)).toEqual([1, 2]);
    const two = search(docksAt(3_500), { ...ask, cursor: one.nextCursor! });
    expect(two.items.map(({ id }) => id)).toEqual([3, 4]);
    expect(two.nextCursor).toBeNull();
  });
});

describe("writeAnswer", () => {
  const found = (all: readonly TileDock[], ask: WaterSearch) =>
    findDocks(toTiles(all), ask, contextAt(NOW));

  test("says what was not read, and where", () => {
    const prices = [{ currency: "EUR", leastMinor: 4_000, mostMinor: 9_000 }];
    const clusters = [{ lat: 1, lon: -2.5, count: 7, kinds: { slip: 7 }, prices }];
    const text = writeAnswer(found([tileDock({ id: 7 })], ASK), ASK, PHOTO_URL, {
      total: { value: 8, relation: "gte" },
      clusters,
    });
    const { items, ...rest } = JSON.parse(text);
    expect(items).toHaveLength(1);
    expect(rest).toEqual({ total: { value: 8, relation: "gte" }, clusters, nextCursor: null });
    expect(SearchAnswer.safeParse(JSON.parse(text)).success).toBe(true);
  });

  test("bears any name, picture and cursor", () => {
    const name = 'A "berth" \\ \u2028 Ærø 港';
    const all = [tileDock({ id: 7, name, photo: 'a"b.jpg' }), tileDock({ id: 8 })];
    const ask = { ...ASK, limit: 1 };
    const { items: [item], nextCursor } = JSON.parse(writeAnswer(found(all, ask), ask, PHOTO_URL));
    expect(item).toMatchObject({ name, photo: '/photos/a"b.jpg' });
    expect(nextCursor).toBe(search(all, ask).nextCursor);
  });

  test("forgets pictures' addresses when they are made in another way", () => {
    const tiles = toTiles([tileDock({ id: 7, photo: "a.jpg" })]);
    for (const photoUrl of [PHOTO_URL, (key: string) => `https://cdn.example/${key}`]) {
      const text = writeAnswer(findDocks(tiles, ASK, contextAt(NOW)), ASK, photoUrl);
      expect(JSON.parse(text).items[0].photo).toBe(photoUrl("a.jpg"));
    }
  });
});

describe("searchTiles", () => {
  test("answers with all that a list shows", () => {
    const dock = tileDock({ id: 7, amenities: 5, photo: "a.jpg", rating: 4.5 });
    const { items } = search([dock], { stay: STAY, vessel: { loaCm: 1200, draftCm: 180 } });
    expect(items).toEqual([{
      id: 7,
      version: 1,
      name: "Berth 7",
      kind: "slip",
      lat: 41.49,
      lon: -71.33,
      harbourId: 1,
      harbourName: "Newport",
      country: "US",
      maxLoaCm: 1500,
      maxBeamCm: 450,
      depthCm: 300,
      depthDatum: "MLLW",
      amenities: ["electricity", "pump_out"],
      instantBook: true,
      collection: "at_dock",
      photo: "/photos/a.jpg",
      rating: 4.5,
      price: { currency: "EUR", totalMinor: 56_000, nightlyMinor: 8_000 },
      fit: expect.objectContaining({ verdict: "unknown" }),
      distanceM: 0,
    }]);
  });

  test("asks nothing of a boat or nights that are not given", () => {
    const dock = tileDock({ id: 7, occupied: [0, 99_999, 0, -1] });
    const [item] = search([dock]).items;
    expect(item).toMatchObject({ fit: null, price: null });
    expect(search([dock], { stay: STAY }).items).toEqual([]);
  });

  test("has nothing to say of an empty sea", () => {
    const answer = { items: [], total: { value: 0, relation: "eq" }, nextCursor: null };
    expect(search([])).toEqual(answer);
    const context = { nowMs: NOW, rates: RATES, photoUrl: String };
    expect(searchTiles([], ASK, context)).toEqual(answer);
  });

  test("orders by distance around a point, else by price, else by rating", () => {
    const near = tileDock({ id: 1, rating: 3 });
    const cheap = tileDock({
      id: 2,
      lat: 41.5,
      rating: 4,
      rate: { ...near.rate, minor: 7_000 },
    });
    const best = tileDock({ id: 3, lat: 41.48, lon: -71.31, rating: 5 });
    const ids = (ask: Partial<WaterSearch>) =>
      search([best, cheap, near], ask).items.map((item) => item.id);
    const area = { bbox: { west: -72, south: 41, east: -71, north: 42 } };
    expect(ids({ stay: STAY })).toEqual([1, 2, 3]);
    expect(ids({ stay: STAY, area })).toEqual([2, 1, 3]);
    expect(ids({ area })).toEqual([3, 2, 1]);
    expect(ids({ area, sort: "distance" })).toEqual([2, 1, 3]);
  });

  test("believes the newer of two records of a dock, also where that one is elsewhere", () => {
    const old = tileDock({ id: 7, version: 3, name: "Old" });
    const renamed = tileDock({ id: 7, version: 4, name: "New" });
    const moved = tileDock({ id: 7, version: 4, lat: 0, lon: 0 });
    for (const order of [[old, renamed], [renamed, old]]) {
      expect(search(order).items.map((item) => item.name)).toEqual(["New"]);
    }
    for (const order of [[old, moved], [moved, old]]) {
      expect(search(order).items).toEqual([]);
    }
  });

  test("finds names without their diacritics", () => {
    const dock = tileDock({ id: 7, name: "Gästesteg", harbourName: "Ærøskøbing" });
    for (const text of ["gastesteg", "GÄSTE", "gaeste", "aeroskob", "gäste ærø"]) {
      expect(search([dock], { text }).total.value).toBe(1);
    }
    expect(search([dock], { text: "gast newport" }).total.value).toBe(0);
  });

  test("offers at once only what may be booked at once", () => {
    const request = tileDock({ id: 1, instantBook: false });
    const instant = tileDock({ id: 2 });
    const ids = (vessel: WaterSearch["vessel"]) =>
      search([request, instant], { instantOnly: true, vessel }).items.map((item) => item.id);
    expect(ids({})).toEqual([2]);
    expect(ids({ loaCm: 1200, beamCm: 390, draftCm: 180 })).toEqual([2]);
    expect(ids({ loaCm: 1200, beamCm: 390 })).toEqual([]);
  });

  test("compares prices of several currencies in the one asked for", () => {
    const { rate } = tileDock({ id: 1 });
    const euro = tileDock({ id: 1, rate: { ...rate, minor: 10_000 } });
    const dollar = tileDock({ id: 2, rate: { ...rate, currency: "USD", minor: 16_000 } });
    const unknown = tileDock({ id: 3, rate: { ...rate, currency: "ISK", minor: 1 } });
    const night = { from: "2027-07-03", to: "2027-07-04" };
    const ask = { stay: night, sort: "price" as const };
    const ids = (more: Partial<WaterSearch>) =>
      search([euro, dollar, unknown], { ...ask, ...more }).items.map((item) => item.id);
    expect(ids({})).toEqual([2, 1, 3]);
    expect(ids({ currency: "USD", maxPriceMinor: 19_999 })).toEqual([2]);
    expect(ids({ currency: "USD", maxPriceMinor: 20_000 })).toEqual([2, 1]);
  });

  test("refuses to continue another search, or one of other exchange rates", () => {
    const three = [1, 2, 3].map((id) => tileDock({ id }));
    const ask = { stay: STAY, sort: "price" as const, limit: 1 };
    const cursor = search(three, ask).nextCursor!;
    expect(search(three, { ...ask, cursor }).items.map((item) => item.id)).toEqual([2]);
    expect(() => search(three, { ...ask, sort: "rating", cursor })).toThrow("of another search");
    const context = { nowMs: NOW, rates: { ...RATES, version: 4 }, photoUrl: String };
    expect(() => searchTiles(toTiles(three), { ...ASK, ...ask, cursor }, context)).toThrow(
      "exchange rates have changed",
    );
  });
});
