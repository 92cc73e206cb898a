import { dateToDay } from "./stay.ts";
import type { TileContent, TileDock, TileStation } from "./tile-dock.ts";
import { decodeTile, encodeTile, type Tile } from "./tile.ts";

/** The first night that tests' calendars tell of. */
export const BASE_DAY = dateToDay("2027-01-01");

/** A table of levels that no two days share by more than chance; at times below LAT. */
function table(timeZone: string, salt: number, from: string, to: string): TileStation["table"] {
  const firstDay = dateToDay(from);
  const days = Array.from({ length: dateToDay(to) - firstDay }, (_, i) => firstDay + i);
  const springs = (day: number) => Math.cos((2 * Math.PI * (day + salt)) / 14.77);
  const wobble = (day: number) => ((day * 7_919 + salt * 104_729) % 23) - 11;
  return {
    timeZone,
    days: {
      firstDay,
      lowsCm: Int16Array.from(days, (day) => Math.round(30 - 30 * springs(day)) + wobble(day)),
      highsCm: Int16Array.from(
        days,
        (day) => Math.round(250 + 60 * springs(day)) + wobble(day + 5),
      ),
    },
  };
}

/** Stations of tests: without a table, in several zones, and with a table for a part of the year. */
export const STATIONS: readonly TileStation[] = [
  { id: "bare", highCm: 150, table: null },
  { id: "newport", highCm: 310, table: table("America/New_York", 3, "2026-12-01", "2028-12-01") },
  { id: "utc", highCm: 320, table: table("UTC", 5, "2026-12-01", "2028-12-01") },
  {
    id: "kiritimati",
    highCm: 90,
    table: table("Pacific/Kiritimati", 8, "2026-12-01", "2028-12-01"),
  },
  { id: "short", highCm: 330, table: table("UTC", 9, "2027-05-01", "2027-08-01") },
];

/** What a tile of tests is made from. */
export function tileContent(docks: readonly TileDock[], more: Partial<TileContent> = {}) {
  const sorted = docks.toSorted((a, b) => a.id - b.id);
  return {
    quadkey: "",
    page: 0,
    pages: 1,
    asOf: "1",
    baseDay: BASE_DAY,
    stations: STATIONS,
    ...more,
    docks: sorted,
  } satisfies TileContent;
}

/** A tile as it is after it was sent and received. */
export function toTile(docks: readonly TileDock[], more: Partial<TileContent> = {}): Tile {
  return decodeTile(encodeTile(tileContent(docks, more)));
}

/** A plain slip of tests, with the values that a test is about. */
export function tileDock(values: Partial<TileDock> & { id: number }): TileDock {
  return {
    version: 1,
    lat: 41.49,
    lon: -71.33,
    name: `Berth ${values.id}`,
    kind: "slip",
    harbourId: 1,
    harbourName: "Newport",
    country: "US",
    timeZone: "America/New_York",
    minLoaCm: null,
    maxLoaCm: 1_500,
    maxBeamCm: 450,
    depthCm: 300,
    depthDatum: "MLLW",
    depthLatCm: 290,
    hasOverhead: false,
    overheadLatCm: null,
    maxDisplacementKg: null,
    outlets: [],
    hullTypes: ["mono", "multi", "power"],
    requiresInsurance: false,
    amenities: 0,
    instantBook: true,
    collection: "at_dock",
    minNights: 1,
    maxNights: 90,
    noticeHours: 0,
    windowDays: 548,
    checkInFrom: "14:00",
    rate: {
      currency: "EUR",
      basis: "per_night",
      billable: "loa",
      minor: 8_000,
      seasons: [],
      weekdayPercents: [100, 100, 100, 100, 100, 100, 100],
      weeklyDiscountPercent: 0,
      monthlyDiscountPercent: 0,
      multihullPercent: 100,
      fees: { cleaningMinor: 0, powerPerNightMinor: 0 },
      taxPercent: 0,
      depositMinor: 0,
    },
    rating: null,
    photo: null,
    lengthCm: null,
    gapCm: 0,
    tideStation: "bare",
    occupied: [],
    ...values,
  };
}
