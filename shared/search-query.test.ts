import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Sort } from "./api.ts";
import { HullType, Plug } from "./boat.ts";
import { Amenity, DockKind } from "./dock.ts";
import { Problem } from "./problem.ts";
import { addShown, pinnedRates, readCursor, writeCursor } from "./search-cursor.ts";
import { dockSearchToParams } from "./search-link.ts";
import {
  parseDockSearch,
  parseStayParams,
  parseVesselParams,
  refuseUnknownParams,
} from "./search-query.ts";
import { type DockSearch, sortOf } from "./search-terms.ts";
import { dayToDate } from "./stay.ts";

const NEAR = "near=41.49,-71.33";
const STAY = "from=2027-07-03&to=2027-07-10";

function parse(query: string, nowMs?: number): DockSearch {
  return parseDockSearch(new URLSearchParams(query), nowMs);
}

/** The paths of the issues that a query is refused with. */
function refused(query: string, nowMs?: number): string[] {
  try {
    parse(query, nowMs);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    expect(error.code).toBe("invalid");
    expect(error.message).toMatch(/^Cannot search docks: /);
    const issues = error.extra.issues as { path: string; message: string }[];
    for (const { message } of issues) expect(message).not.toMatch(/invalid input|undefined/i);
    return issues.map((issue) => issue.path);
  }
  return [];
}

describe("parseDockSearch", () => {
  test("reads the contract's example", () => {
    expect(parse(`${NEAR}&radiusM=20000&${STAY}&loaCm=1200&draftCm=180`)).toEqual({
      area: { near: { lat: 41.49, lon: -71.33 }, radiusM: 20_000 },
      stay: { from: "2027-07-03", to: "2027-07-10" },
      vessel: { loaCm: 1200, draftCm: 180 },
      kinds: [],
      amenities: [],
      instantOnly: false,
      limit: 20,
    });
  });

  test("reads everything", () => {
    const search = parse(
      `bbox=175,-20,-175,-15&${STAY}&beamCm=390&airDraftCm=1800&hullType=multi&displacementKg=9000` +
        "&takesGround=true&inlets=cee_16:230:16:1,cee_32:400:32:3:optional&kind=slip,side_tie" +
        "&insuranceExpires=2028-01-01&amenities=wifi,fuel&maxPrice=50000&currency=USD" +
        "&instant=true&sort=rating&limit=100&cursor=r_-450_7_1_H&q=Old+harbour",
    );
    expect(search).toMatchObject({
      area: { bbox: { west: 175, south: -20, east: -175, north: -15 } },
      kinds: ["slip", "side_tie"],
      amenities: ["wifi", "fuel"],
      maxPriceMinor: 50_000,
      currency: "USD",
      instantOnly: true,
      sort: "rating",
      limit: 100,
      cursor: "r_-450_7_1_H",
      text: "Old harbour",
    });
    expect(search.vessel.takesGround).toBe(true);
    expect(search.vessel.inlets).toEqual([
      { plug: "cee_16", volts: 230, amps: 16, phases: 1, required: true },
      { plug: "cee_32", volts: 400, amps: 32, phases: 3, required: false },
    ]);
  });

  test("looks twenty kilometres around a point", () => {
    expect(parse(NEAR).area).toMatchObject({ radiusM: 20_000 });
    expect(parse("place=harbour:7").area).toEqual({ place: "harbour:7" });
  });

  test.each([
    ["", ["bbox"]],
    [`${NEAR}&place=x`, ["bbox"]],
    [`${NEAR}&colour=red`, ["colour"]],
    [`${NEAR}&host=me`, ["host"]],
    [`${NEAR}&${NEAR}`, ["near"]],
    ["near=91,0", ["near"]],
    ["near=0,181", ["near"]],
    ["near=0", ["near"]],
    ["near=north,0", ["near"]],
    ["near=", ["near"]],
    ["near=NaN,0", ["near"]],
    ["near=0x10,0", ["near"]],
    ["radiusM=5", ["radiusM"]],
    ["place=x&radiusM=5", ["radiusM"]],
    [`${NEAR}&radiusM=0`, ["radiusM"]],
    [`${NEAR}&radiusM=20038001`, ["radiusM"]],
    [`${NEAR}&radiusM=1.5`, ["radiusM"]],
    ["bbox=1,2,3", ["bbox"]],
    ["bbox=1,2,3,4,5", ["bbox"]],
    ["bbox=0,10,1,9", ["bbox"]],
    ["bbox=0,0,181,1", ["bbox"]],
    ["bbox=0,-91,1,1", ["bbox"]],
    [`${NEAR}&from=2027-07-03`, ["to"]],
    [`${NEAR}&to=2027-07-03`, ["from"]],
    [`${NEAR}&from=2027-07-03&to=2027-07-03`, ["to"]],
    [`${NEAR}&from=2027-07-03&to=2028-07-03`, ["to"]],
    [`${NEAR}&from=2027-02-30&to=2027-03-02`, ["from"]],
    [`${NEAR}&from=tomorrow&to=2027-03-02`, ["from"]],
    [`${NEAR}&loaCm=12m`, ["loaCm"]],
    [`${NEAR}&loaCm=99`, ["loaCm"]],
    [`${NEAR}&draftCm=-1`, ["draftCm"]],
    [`${NEAR}&hullType=raft`, ["hullType"]],
    [`${NEAR}&takesGround=yes`, ["takesGround"]],
    [`${NEAR}&inlets=cee_16:230:16`, ["inlets"]],
    [`${NEAR}&inlets=schuko:230:16:1`, ["inlets.0.plug"]],
    [`${NEAR}&inlets=cee_16:230:16:2`, ["inlets.0.phases"]],
    [`${NEAR}&insuranceExpires=soon`, ["insuranceExpires"]],
    [`${NEAR}&kind=slip,hammock`, ["kind"]],
    [`${NEAR}&amenities=jacuzzi`, ["amenities"]],
    [`${NEAR}&maxPrice=5&currency=EUR`, ["maxPrice"]],
    [`${NEAR}&${STAY}&maxPrice=5`, ["currency"]],
    [`${NEAR}&${STAY}&maxPrice=-5&currency=EUR`, ["maxPrice"]],
    [`${NEAR}&currency=euro`, ["currency"]],
    [`${NEAR}&instant=1`, ["instant"]],
    [`${NEAR}&sort=size`, ["sort"]],
    [`${NEAR}&sort=price`, ["sort"]],
    [`${NEAR}&limit=0`, ["limit"]],
    [`${NEAR}&limit=101`, ["limit"]],
    [`${NEAR}&cursor=page2`, ["cursor"]],
    [`${NEAR}&cursor=r_1_1_1_`, ["cursor"]],
    [`${NEAR}&q=${"x".repeat(101)}`, ["q"]],
    [`${NEAR}&q=%20`, ["q"]],
  ])("refuses %s", (query, paths) => {
    expect(refused(query)).toEqual(paths);
  });

  test("names every fault at once", () => {
    expect(refused("near=91,0&from=2027-07-03&limit=0&loaCm=1")).toEqual([
      "near",
      "to",
      "loaCm",
      "limit",
    ]);
  });

  test("refuses nights that are over everywhere on Earth", () => {
    const query = `${NEAR}&from=2027-07-03&to=2027-07-05`;
    expect(refused(query, Date.parse("2027-07-04T11:59:59Z"))).toEqual([]);
    expect(refused(query, Date.parse("2027-07-04T12:00:00Z"))).toEqual(["from"]);
  });

  test("never throws anything but a Problem", () => {
    const name = fc.constantFrom("bbox", "near", "radiusM", "from", "to", "inlets", "limit", "q");
    fc.assert(fc.property(fc.array(fc.tuple(name, fc.string())), (entries) => {
      try {
        parseDockSearch(new URLSearchParams(entries));
      } catch (error) {
        expect(error).toBeInstanceOf(Problem);
      }
    }));
  });
});

describe("the parts of a query", () => {
  test("are read by themselves, whatever is beside them", () => {
    const params = new URLSearchParams(`${STAY}&loaCm=1200&boatId=x`);
    expect(parseStayParams(params)).toEqual({ from: "2027-07-03", to: "2027-07-10" });
    expect(parseVesselParams(params)).toEqual({ loaCm: 1200 });
    expect(parseStayParams(new URLSearchParams("boatId=x"))).toBeUndefined();
    expect(parseVesselParams(new URLSearchParams("boatId=x"))).toEqual({});
  });

  test("are refused with a Problem", () => {
    expect(() => parseStayParams(new URLSearchParams("from=2027-07-03"))).toThrow(
      "Cannot read stay: to is missing",
    );
    expect(() => parseVesselParams(new URLSearchParams("loaCm=x"))).toThrow("Cannot read boat");
    expect(() => refuseUnknownParams(new URLSearchParams("a=1&b=2"), ["a"])).toThrow(
      "Cannot read query: b is not a parameter here",
    );
  });
});

const degrees = (max: number) =>
  fc.double({ min: -max, max, noNaN: true }).map((value) => value === 0 ? 0 : value);
const position = fc.record({ lat: degrees(90), lon: degrees(180) });
const area = fc.oneof(
  fc.record({ near: position, radiusM: fc.integer({ min: 1, max: 20_038_000 }) }),
  fc.tuple(position, position).map(([a, b]) => ({
    bbox: {
      west: a.lon,
      south: Math.min(a.lat, b.lat),
      east: b.lon,
      north: Math.max(a.lat, b.lat),
    },
  })),
  fc.record({ place: fc.constantFrom("harbour:7", "city:42", "a b&c=d") }),
);
const stay = fc.tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 365 }))
  .map(([day, nights]) => ({ from: dayToDate(day), to: dayToDate(day + nights) }));
const vessel = fc.record({
  hullType: fc.constantFrom(...HullType.options),
  loaCm: fc.integer({ min: 100, max: 30_000 }),
  beamCm: fc.integer({ min: 30, max: 6_000 }),
  draftCm: fc.integer({ min: 5, max: 2_000 }),
  airDraftCm: fc.integer({ min: 30, max: 12_000 }),
  displacementKg: fc.integer({ min: 50, max: 20_000_000 }),
  takesGround: fc.boolean(),
  inlets: fc.array(
    fc.record({
      volts: fc.integer({ min: 12, max: 690 }),
      amps: fc.integer({ min: 1, max: 800 }),
      phases: fc.constantFrom<1 | 3>(1, 3),
      plug: fc.constantFrom(...Plug.options),
      required: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  insuranceExpires: fc.integer({ min: 0, max: 40_000 }).map(dayToDate),
}, { requiredKeys: [] });
const anySearch = fc.record({
  area,
  stay,
  vessel,
  kinds: fc.subarray([...DockKind.options]),
  amenities: fc.subarray([...Amenity.options]),
  maxPriceMinor: fc.nat(),
  currency: fc.constantFrom("EUR", "XPF"),
  instantOnly: fc.boolean(),
  text: fc.constantFrom("Ærø & sons", "50% + more", "münster"),
  sort: fc.constantFrom(...Sort.options),
  limit: fc.integer({ min: 1, max: 100 }),
  id: fc.nat(0xffff_ffff),
}, { requiredKeys: ["area", "vessel", "kinds", "amenities", "instantOnly", "limit"] })
  .filter((search) => search.maxPriceMinor === undefined || !!(search.stay && search.currency))
  .filter((search) => search.sort !== "price" || search.stay !== undefined)
  .map(({ id, ...search }): DockSearch =>
    id === undefined ? search : { ...search, cursor: cursorOf(sortOf(search), id) }
  );

function cursorOf(sort: Sort, id: number): string {
  return writeCursor({ sort, key: id, id, ratesVersion: 1, shown: [] });
}

test("dockSearchToParams writes what parseDockSearch reads back", () => {
  fc.assert(fc.property(anySearch, (search) => {
    expect(parseDockSearch(new URLSearchParams(dockSearchToParams(search)))).toEqual(search);
  }));
});

describe("cursors", () => {
  test("come back as they were", () => {
    const key = fc.oneof(fc.maxSafeInteger(), fc.constant(Infinity));
    const sort = fc.constantFrom(...Sort.options);
    const id = fc.integer({ min: 1, max: 0xffff_ffff });
    const ids = fc.oneof(fc.array(id), fc.array(fc.integer({ min: 1, max: 300 })))
      .map((some) => addShown([], some));
    fc.assert(fc.property(sort, key, id, fc.nat(), ids, (sort, key, id, ratesVersion, shown) => {
      const cursor = { sort, key, id, ratesVersion, shown };
      expect(readCursor(writeCursor(cursor))).toEqual(cursor);
      expect(writeCursor(cursor)).toMatch(/^[\w-]+$/);
    }));
  });

  test("are told from other texts", () => {
    const heads = ["", "p_1_2", "q_1_2_3", "p_1.5_2_3", "p_1_2_3 ", "p__2_3", "p_1_-2_3"];
    // Of what was shown: nothing after a digit that has more, a dock twice, one beyond all ids.
    const tails = ["g", "BA", "______E", "B.", "p".repeat(99)];
    for (
      const text of [
        ...heads.map((head) => `${head}_`),
        ...tails.map((end) => `p_1_2_3_${end}`),
      ]
    ) {
      expect([text, readCursor(text)]).toEqual([text, undefined]);
    }
    expect(readCursor("p_1_2_3_")).toBeDefined();
    expect(readCursor("p_1_2_3")).toBeUndefined();
  });

  test("remember a thousand docks in a few KB, so that they fit into an address", () => {
    const page = Array.from({ length: 700 }, (_, i) => 4_000_000_000 + i * 40);
    const shown = addShown(addShown([], page), page.map((id) => id + 7));
    expect(shown).toHaveLength(1_000);
    expect(shown).toEqual(shown.toSorted((a, b) => a - b));
    const cursor = { sort: "price" as const, key: 1, id: 1, ratesVersion: 1, shown };
    expect(writeCursor(cursor).length).toBeLessThan(4_000);
  });

  test("of a search by price pin the exchange rates", () => {
    expect(pinnedRates("p_1_2_3_")).toBe(3);
    expect(pinnedRates("d_1_2_3_")).toBeUndefined();
    expect(pinnedRates("none")).toBeUndefined();
    expect(pinnedRates(undefined)).toBeUndefined();
  });
});
