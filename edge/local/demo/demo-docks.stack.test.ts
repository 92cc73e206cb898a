import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  AMENITIES,
  type Datum,
  dockFaults,
  DockKind,
  isLinear,
  NewDock,
} from "../../../shared/dock.ts";
import { distanceM } from "../../../shared/geo.ts";
import { Rate } from "../../../shared/rate.ts";
import { DOCK_COLUMNS, DOCK_TABLES, type DockRow, rowToNewDock } from "../../docks/dock-row.ts";
import { depthToLat, overheadToLat, type StationDatums } from "../../docks/tide-datums.ts";
import { createTestDatabase, type TestDatabase } from "../testing.ts";
import { seedDemo } from "./seed-demo.ts";

const DOCKS = 2_000;

type SeededDock = DockRow & {
  depth_lat_cm: number | null;
  overhead_lat_cm: number | null;
  harbour_lat: number;
  harbour_lon: number;
  datums: StationDatums | null;
};

let database: TestDatabase;
let client: pg.Client;
let docks: SeededDock[];

beforeAll(async () => {
  database = await createTestDatabase();
  await seedDemo({ databaseUrl: database.databaseUrl, docks: DOCKS });
  client = new pg.Client(database.databaseUrl);
  await client.connect();
  const { rows } = await client.query<SeededDock>(
    `SELECT ${DOCK_COLUMNS}, d.depth_lat_cm, d.overhead_lat_cm,
            h.lat AS harbour_lat, h.lon AS harbour_lon, s.datums
     FROM ${DOCK_TABLES} ORDER BY d.id`,
  );
  docks = rows;
}, 120_000);

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

describe("docks", () => {
  test("each is one that its host could have written", () => {
    for (const row of docks) {
      // pg reads a bigint as text; without its undefined values it is what a client would send.
      const written = rowToNewDock({ ...row, harbour_id: Number(row.harbour_id) });
      const dock = NewDock.parse(JSON.parse(JSON.stringify(written)));
      expect(dockFaults(dock)).toEqual([]);
      expect(dock.description.length).toBeGreaterThan(20);
    }
  });

  test("are of all kinds, a tenth of them quays at least, from 6 to 60 m", () => {
    expect(new Set(docks.map((dock) => dock.kind))).toEqual(new Set(DockKind.options));
    const quays = docks.filter((dock) => isLinear(dock.kind));
    expect(quays.length).toBeGreaterThan(DOCKS * 0.12);
    for (const { length_cm, max_loa_cm, gap_cm } of quays) {
      expect(length_cm).toBeGreaterThanOrEqual(max_loa_cm + gap_cm);
    }
    expect(Math.min(...docks.map((dock) => dock.max_loa_cm))).toBeLessThan(800);
    expect(Math.max(...docks.map((dock) => dock.max_loa_cm))).toBeGreaterThan(3_000);
  });

  test("lie within a kilometre and a half of their harbour, some shown blurred", () => {
    for (const dock of docks) {
      const harbour = { lat: dock.harbour_lat, lon: dock.harbour_lon };
      expect(distanceM(dock, harbour)).toBeLessThan(1_500);
      const shown = { lat: dock.public_lat, lon: dock.public_lon };
      expect(distanceM(dock, shown)).toBeLessThanOrEqual(dock.blurred ? 1_700 : 0);
    }
    expect(docks.filter((dock) => dock.blurred).length).toBeGreaterThan(20);
  });

  test.each<[string, (rate: Rate) => boolean]>([
    ["a price a night", (rate) => rate.basis === "per_night"],
    ["a price a metre of the boat", (rate) => byLength(rate) && rate.billable === "loa"],
    ["a price a metre of the berth", (rate) => byLength(rate) && rate.billable !== "loa"],
    ["seasons", (rate) => rate.seasons.length > 0],
    ["a season over New Year", (rate) => rate.seasons.some(({ from, to }) => from > to)],
    ["dearer weekends", (rate) => new Set(rate.weekdayPercents).size > 1],
    ["a weekly discount", (rate) => rate.weeklyDiscountPercent > 0],
    ["a monthly discount", (rate) => rate.monthlyDiscountPercent > 0],
    ["a multihull's surcharge", (rate) => rate.multihullPercent > 100],
    ["a cleaning fee", (rate) => rate.fees.cleaningMinor > 0],
    ["power by the night", (rate) => rate.fees.powerPerNightMinor > 0],
    ["tax", (rate) => rate.taxPercent > 0],
    ["tax of a fraction of a percent", (rate) => rate.taxPercent % 1 !== 0],
    ["a deposit", (rate) => rate.depositMinor > 0],
  ])("rates have %s often, and sometimes not", (_name, has) => {
    const share = docks.filter((dock) => has(Rate.parse(dock.rate))).length / DOCKS;
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.98);
  });

  test("southern summers run over New Year", () => {
    const southern = docks.filter((dock) => dock.lat < -25 && dock.rate.seasons.length > 0);
    expect(southern.length).toBeGreaterThan(0);
    for (const { rate } of southern) expect(rate.seasons[0]!.from > rate.seasons[0]!.to).toBe(true);
  });

  test("depths and clearances carry their datum and are converted where the station can say", () => {
    const datums = new Set<Datum | null>();
    for (const dock of docks) {
      datums.add(dock.depth_datum).add(dock.overhead_datum);
      expect(dock.depth_lat_cm).toBe(depthToLat(dock.depth_cm, dock.depth_datum, dock.datums));
      expect(dock.overhead_lat_cm)
        .toBe(overheadToLat(dock.overhead_cm, dock.overhead_datum, dock.datums));
    }
    for (const datum of ["LAT", "MLLW", "MSL", "MHW", "HAT"] as const) {
      expect(datums).toContain(datum);
    }
    expect(docks.filter((dock) => dock.depth_lat_cm !== null).length).toBeGreaterThan(DOCKS * 0.7);
    const isMovedBy = docks.filter((dock) =>
      dock.depth_lat_cm !== null && dock.depth_lat_cm !== dock.depth_cm
    );
    expect(isMovedBy.length).toBeGreaterThan(100);
  });

  test.each<[string, (dock: SeededDock) => boolean]>([
    ["no depth", (dock) => dock.depth_cm === null && dock.kind !== "dry_rack"],
    [
      "a depth that cannot be converted",
      (dock) => dock.depth_cm !== null && dock.depth_lat_cm === null,
    ],
    ["no beam", (dock) => dock.max_beam_cm === null && dock.kind === "slip"],
    ["something overhead", (dock) => dock.overhead_cm !== null],
    ["a limit of weight", (dock) => dock.max_displacement_kg !== null],
    ["power", (dock) => dock.outlets.length > 0],
    ["American plugs", (dock) => dock.outlets.some(({ plug }) => plug.startsWith("nema"))],
    ["European plugs", (dock) => dock.outlets.some(({ plug }) => plug.startsWith("cee"))],
    ["an insurance rule", (dock) => dock.requires_insurance],
    ["hulls it does not take", (dock) => dock.hull_types.length < 3],
    ["step-free access", (dock) => dock.accessible],
    ["instant booking", (dock) => dock.instant_book],
    ["booking on request", (dock) => !dock.instant_book],
    ["a stay of some nights at least", (dock) => dock.min_nights > 1],
    ["notice to give", (dock) => dock.notice_hours > 0],
    ["a status that is not for sale", (dock) => dock.status !== "published"],
    ["no tide station near", (dock) => dock.station_id === null],
  ])("some have %s, as in life", (_name, has) => {
    const count = docks.filter(has).length;
    expect(count).toBeGreaterThan(4);
    expect(count).toBeLessThan(DOCKS * 0.9);
  });

  test("every amenity is somewhere, none everywhere", () => {
    for (let bit = 0; bit < AMENITIES.length; bit++) {
      const count = docks.filter((dock) => dock.amenities & (1 << bit)).length;
      expect(count).toBeGreaterThan(100);
      expect(count).toBeLessThan(DOCKS);
    }
  });

  test("bill in many currencies, each with an exchange rate", async () => {
    const currencies = new Set(docks.map((dock) => dock.rate.currency));
    expect(currencies.size).toBeGreaterThan(15);
    const { rows } = await client.query<{ per_euro: Record<string, number> }>(
      "SELECT per_euro FROM exchange_rates ORDER BY version DESC LIMIT 1",
    );
    for (const currency of currencies) expect(rows[0]!.per_euro[currency]).toBeGreaterThan(0);
  });

  test("lie at Newport and on both sides of the date line in Fiji", () => {
    const newport = { lat: 41.49, lon: -71.33 };
    const near = docks.filter((dock) => distanceM(dock, newport) < 20_000);
    expect(near.length).toBeGreaterThan(60);
    const fiji = docks.filter((dock) => dock.harbour_country === "FJ");
    expect(fiji.some((dock) => dock.lon > 0)).toBe(true);
    expect(fiji.some((dock) => dock.lon < 0)).toBe(true);
  });

  test("both hosts own docks at Newport and in the Mediterranean, instant and on request", () => {
    for (const email of ["Eleanor Hazard", "Luka Marinović"]) {
      const own = docks.filter((dock) => dock.host_name === email);
      const countries = new Set(own.map((dock) => dock.harbour_country));
      expect(countries).toContain("US");
      expect(countries.size).toBeGreaterThan(1);
      expect(new Set(own.map((dock) => dock.instant_book)).size).toBe(2);
    }
  });
});

function byLength(rate: Rate): boolean {
  return rate.basis === "per_length_night";
}
