import type { Inlet } from "../../shared/boat.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AMENITIES } from "../../shared/dock.ts";
import { parseDockSearch } from "../../shared/search-query.ts";
import { dayToDate } from "../../shared/stay.ts";
import { EMPTY_SEARCH, paramsToSearch, searchToApi, searchToParams } from "./search-query.ts";
import type { SearchQuery } from "./search-query.ts";

function parse(text: string): SearchQuery {
  return paramsToSearch(Object.fromEntries(new URLSearchParams(text)));
}

const degree = (limit: number) =>
  fc.integer({ min: -limit * 1e5, max: limit * 1e5 }).map((value) => value / 1e5);

const search: fc.Arbitrary<SearchQuery> = fc.record({
  area: fc.oneof(
    fc.constant(null),
    fc.record({
      kind: fc.constant("near" as const),
      centre: fc.record({ lat: degree(90), lon: degree(180) }),
      radiusM: fc.integer({ min: 1, max: 900_000 }),
      label: fc.string(),
    }),
    fc.record({
      kind: fc.constant("box" as const),
      box: fc.record({
        west: degree(180),
        south: degree(90),
        east: degree(180),
        north: degree(90),
      }),
    }),
  ),
  from: fc.constant("2027-07-03"),
  to: fc.integer({ min: 21_003, max: 21_030 }).map(dayToDate),
  vessel: fc.oneof(
    fc.constant({}),
    fc.record({
      loaCm: fc.integer({ min: 100, max: 30_000 }),
      draftCm: fc.integer({ min: 5, max: 2000 }),
      hullType: fc.constantFrom("mono" as const, "multi" as const, "power" as const),
      takesGround: fc.constant(true),
      inlets: fc.constant<Inlet[]>([
        { plug: "cee_16", volts: 230, amps: 16, phases: 1, required: true },
        { plug: "cee_32", volts: 400, amps: 32, phases: 3, required: false },
      ]),
    }),
  ),
  kinds: fc.constantFrom([], ["slip" as const], ["side_tie" as const, "t_head" as const]),
  amenities: fc.subarray([...AMENITIES]),
  instant: fc.boolean(),
  maxPrice: fc.constant(null),
  currency: fc.constant(""),
  sort: fc.constantFrom(null, "price" as const, "distance" as const),
});

describe("searchToParams", () => {
  it("comes back from paramsToSearch as the same search", () => {
    fc.assert(fc.property(search, (asked) => {
      const back = parse(searchToParams(asked));
      // JSON knows no negative zero, and neither does an address.
      expect(JSON.stringify(back)).toEqual(JSON.stringify({ ...EMPTY_SEARCH, ...asked }));
    }));
  });

  it("keeps the highest price in the units that the person typed", () => {
    const asked = { ...EMPTY_SEARCH, maxPrice: 450, currency: "EUR" };
    expect(searchToParams(asked)).toBe("maxPrice=450&currency=EUR");
    const stay = { from: "2027-07-03", to: "2027-07-10" };
    expect(searchToApi({ ...asked, ...stay }, 2))
      .toMatchObject({ maxPrice: 45_000, currency: "EUR" });
    expect(searchToApi({ ...asked, ...stay, currency: "JPY" }, 0)).toMatchObject({ maxPrice: 450 });
  });
});

describe("searchToApi", () => {
  it("asks for nothing about prices before there are nights to price", () => {
    const asked = { ...EMPTY_SEARCH, maxPrice: 450, currency: "EUR", sort: "price" as const };
    const query = new Map(Object.entries(searchToApi(asked, 2)));
    expect([query.get("maxPrice"), query.get("sort")]).toEqual([undefined, undefined]);
  });

  it("asks what the API's own parser reads back", () => {
    fc.assert(fc.property(search, (asked) => {
      fc.pre(
        asked.area !== null &&
          !(asked.area.kind === "box" && asked.area.box.south > asked.area.box.north),
      );
      const given = Object.entries(searchToApi(asked, 2)).filter(([, value]) =>
        value !== undefined
      );
      const params = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
      const read = parseDockSearch(params);
      expect(read.vessel).toEqual(asked.vessel);
      expect(read.kinds).toEqual(asked.kinds);
      expect(read.stay).toEqual({ from: asked.from, to: asked.to });
    }));
  });
});

describe("paramsToSearch", () => {
  it("leaves out what is malformed", () => {
    expect(parse("bbox=1,2,3&near=41&from=2027-07-10&to=2027-07-03&loaCm=-4&sort=best&kind=<b>"))
      .toEqual(EMPTY_SEARCH);
  });

  it("reads a box that crosses the antimeridian", () => {
    expect(parse("bbox=177,-19,-178,-15").area).toEqual({
      kind: "box",
      box: { west: 177, south: -19, east: -178, north: -15 },
    });
  });
});
