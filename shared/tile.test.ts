import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { docks } from "./search-arbitrary.fixture.ts";
import { dateToDay } from "./stay.ts";
import { TileDamaged } from "./tile-bytes.ts";
import { HORIZON_NIGHTS, MOST_DOCKS, splitPages } from "./tile-dock.ts";
import { BASE_DAY, STATIONS, tileContent, tileDock, toTile } from "./tile-dock.fixture.ts";
import { checksum } from "./tile-format.ts";
import {
  decodeTile,
  dockAt,
  encodeTile,
  placeOfDock,
  tileDocks,
  tileToContent,
  versionOfDock,
} from "./tile.ts";

const LARGEST = tileDock({
  id: 0xffff_ffff,
  version: 0xffff_ffff,
  lat: -90,
  lon: 180,
  name: "Стоянка № 007 — 𝒢\u0001 \u0002",
  harbourId: 0xffff_ffff,
  harbourName: "Ærøskøbing 12",
  kind: "side_tie",
  lengthCm: 30_000,
  gapCm: 125,
  minLoaCm: 0,
  maxDisplacementKg: 20_000_000,
  outlets: [{ plug: "cee_63", volts: 400, amps: 63, phases: 3 }],
  hullTypes: ["power"],
  collection: "online",
  amenities: 2 ** 18 - 1,
  rating: 4.333_333_3,
  photo: "docks/1/a.jpg",
  occupied: [BASE_DAY, BASE_DAY + 9, 0, 1_200, BASE_DAY, BASE_DAY + HORIZON_NIGHTS, 1_200, -1],
});
const PLAIN = tileDock({
  id: 1,
  maxBeamCm: null,
  depthCm: null,
  depthDatum: null,
  depthLatCm: null,
  tideStation: null,
  occupied: [BASE_DAY + 3, BASE_DAY + 5, 0, -1, BASE_DAY + 7, BASE_DAY + 8, 0, -1],
});
const CONTENT = tileContent([PLAIN, LARGEST], {
  quadkey: "0302",
  page: 1,
  pages: 3,
  asOf: "7412",
  stations: STATIONS.filter(({ id }) => id === LARGEST.tideStation),
});

/** The tests' stations with tables so short that a tile's other parts are as many bytes. */
const FEW_DAYS = STATIONS.map((station) => ({
  ...station,
  table: station.table && {
    timeZone: station.table.timeZone,
    days: { firstDay: BASE_DAY, lowsCm: [4, -3, 90, 4], highsCm: [120, 300, 299, 7] },
  },
}));

/** Bytes whose checksum is right again after somebody changed them. */
function sealed(bytes: Uint8Array): Uint8Array {
  new DataView(bytes.buffer).setUint32(12, checksum(bytes, 16), true);
  return bytes;
}

/** What becomes of bytes; anything but a tile or its refusal is thrown. */
function outcomeOf(bytes: Uint8Array): "read" | "refused" {
  try {
    const tile = decodeTile(bytes);
    tileDocks(tile);
    for (const { table } of tile.tides.stations) void table?.days.lowsCm[0];
    return "read";
  } catch (error) {
    if (error instanceof TileDamaged) return "refused";
    throw error;
  }
}

describe("a tile's bytes", () => {
  test("read back as what was written", () => {
    expect(tileToContent(decodeTile(encodeTile(CONTENT)))).toEqual(CONTENT);
    const empty = tileContent([], { stations: [] });
    expect(tileToContent(decodeTile(encodeTile(empty)))).toEqual(empty);
  });

  test("read back any docks; a whole berth's nights merged, their spans gone", () => {
    fc.assert(fc.property(docks, (all) => {
      const content = tileContent(all, { stations: FEW_DAYS });
      const expected = content.docks.map((dock) => ({
        ...dock,
        occupied: dock.lengthCm === null ? merged(dock.occupied) : byArrival(dock.occupied),
      }));
      const tile = decodeTile(encodeTile(content));
      expect(tileDocks(tile)).toEqual(expected);
      expect(encodeTile(tileToContent(tile))).toEqual(encodeTile(content));
    }));
  });

  test("read back tables of tides, whatever their levels", () => {
    const level = fc.oneof(
      fc.integer({ min: -20, max: 400 }),
      fc.integer({ min: -9_999, max: 9_999 }),
    );
    const tables = fc.array(fc.array(level, { minLength: 1, maxLength: 60 }), { maxLength: 4 });
    fc.assert(fc.property(tables, fc.integer({ min: -9, max: 9 }), (levels, offset) => {
      const stations = levels.map((lowsCm, i) => ({
        id: `s${i}`,
        highCm: i,
        table: {
          timeZone: i % 2 === 0 ? "UTC" : "Asia/Kolkata",
          days: { firstDay: BASE_DAY + offset, lowsCm, highsCm: lowsCm.map((low) => low + i) },
        },
      }));
      const { tides } = decodeTile(encodeTile(tileContent([], { stations })));
      expect(tides.stations.map(({ table, ...rest }) => ({
        ...rest,
        table: table && {
          timeZone: table.timeZone,
          days: {
            firstDay: table.days.firstDay,
            lowsCm: Array.from(table.days.lowsCm),
            highsCm: Array.from(table.days.highsCm),
          },
        },
      }))).toEqual(stations);
    }));
  });

  test("leave out nights before the first and beyond the horizon", () => {
    const end = BASE_DAY + HORIZON_NIGHTS;
    const occupied = [0, BASE_DAY + 1, 0, -1, end - 1, 99_999, 0, -1, 1, 2, 0, -1];
    expect(dockAt(toTile([tileDock({ id: 7, occupied })]), 0).occupied)
      .toEqual([BASE_DAY, BASE_DAY + 1, 0, -1, end - 1, end, 0, -1]);
  });

  test("read from the middle of other bytes", () => {
    const bytes = encodeTile(CONTENT);
    const larger = new Uint8Array(bytes.length + 20).fill(7);
    larger.set(bytes, 3);
    expect(tileToContent(decodeTile(larger.subarray(3, 3 + bytes.length)))).toEqual(CONTENT);
  });

  test("are refused when they are cut short, wherever, or too long", () => {
    const bytes = encodeTile(CONTENT);
    for (let length = 0; length < bytes.length; length++) {
      expect(() => decodeTile(bytes.subarray(0, length))).toThrow(TileDamaged);
    }
    expect(() => decodeTile(Uint8Array.of(...bytes, 0))).toThrow(TileDamaged);
  });

  test("are refused with any one bit turned", () => {
    const bytes = encodeTile(CONTENT);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => decodeTile(bytes)).toThrow(TileDamaged);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
  });

  test("are refused or read, and nothing else, whatever somebody writes and seals", () => {
    const outcomes = { read: 0, refused: 0 };
    fc.assert(
      fc.property(
        docks,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (all, changes) => {
          const bytes = encodeTile(tileContent(all, { stations: FEW_DAYS }));
          for (const [at, value] of changes) bytes[16 + at % (bytes.length - 16)] = value;
          outcomes[outcomeOf(sealed(bytes))]++;
        },
      ),
      { numRuns: 1_500 },
    );
    expect(outcomes.read).toBeGreaterThan(100);
    expect(outcomes.refused).toBeGreaterThan(100);
  }, 60_000);

  test("are refused with the fault named", () => {
    const bytes = encodeTile(CONTENT);
    expect(() => decodeTile(Uint8Array.of(...bytes.subarray(0, 4), 1, ...bytes.subarray(5))))
      .toThrow("Cannot read tile: format 1, expected 3");
    expect(() => decodeTile(new TextEncoder().encode('{"format":1,"docks":[]}')))
      .toThrow("Cannot read tile: it is no tile");
    expect(() => decodeTile(bytes.subarray(0, 100)))
      .toThrow(`it announces ${bytes.length} bytes and has 100`);
    bytes[200]! ^= 4;
    expect(() => decodeTile(bytes)).toThrow("its checksum is not that of its content");
  });

  test("are not made of what no tile holds", () => {
    const many = Array.from({ length: MOST_DOCKS + 1 }, (_, i) => tileDock({ id: i + 1 }));
    expect(() => toTile(many)).toThrow(RangeError);
    expect(() => encodeTile({ ...CONTENT, docks: [LARGEST, PLAIN] })).toThrow("out of order");
    expect(() => toTile([tileDock({ id: 1, version: -1 })])).toThrow(RangeError);
    expect(() => toTile([tileDock({ id: 1 })], { stations: [] })).toThrow("station is missing");
  });
});

/** A record's stays put together the slow way. */
function merged(occupied: readonly number[]): number[] {
  const days = new Set<number>();
  for (let i = 0; i < occupied.length; i += 4) {
    for (let day = occupied[i]!; day < occupied[i + 1]!; day++) days.add(day);
  }
  const sorted = [...days].sort((a, b) => a - b);
  return sorted.flatMap((day) => {
    if (days.has(day - 1)) return [];
    let end = day;
    while (days.has(end)) end++;
    return [day, end, 0, -1];
  });
}

function byArrival(occupied: readonly number[]): number[] {
  return Array.from({ length: occupied.length / 4 }, (_, i) => occupied.slice(i * 4, i * 4 + 4))
    .sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]! || a[2]! - b[2]!)
    .flat();
}

describe("splitPages", () => {
  test("deals out 600 docks at one place, each once", () => {
    const docks = Array.from({ length: 600 }, (_, i) => tileDock({ id: 600 - i }));
    const pages = splitPages({
      quadkey: "0".repeat(21),
      asOf: "1",
      baseDay: BASE_DAY,
      docks,
      stations: STATIONS,
    });
    expect(pages.map(({ page, pages, docks }) => [page, pages, docks.length]))
      .toEqual([[0, 2, 512], [1, 2, 88]]);
    const read = pages.flatMap((page) => tileDocks(decodeTile(encodeTile(page))));
    expect(read.map(({ id }) => id)).toEqual(docks.map(({ id }) => id).reverse());
  });

  test("keeps of each station the days that stays can meet until the tile is a month old", () => {
    const dock = (id: number, tideStation: string, windowDays: number) =>
      tileDock({ id, tideStation, windowDays });
    const docks = [dock(1, "utc", 100), dock(2, "utc", 300), dock(3, "short", 730)];
    const [page] = splitPages({ ...tileContent(docks), quadkey: "" });
    expect(page!.stations.map(({ id }) => id)).toEqual(["utc", "short"]);
    const [utc, short] = page!.stations.map(({ table }) => table!.days);
    expect(utc!.firstDay).toBe(BASE_DAY);
    // A month on, at the end of its window, the day after departure and another zone's day more.
    const today = BASE_DAY + 3 + 30;
    expect(utc!.firstDay + utc!.lowsCm.length - 1).toBeGreaterThanOrEqual(today + 300 + 1);
    const whole = STATIONS.find(({ id }) => id === "utc")!.table!.days;
    expect(utc!.lowsCm[7]).toBe(whole.lowsCm[7 + BASE_DAY - whole.firstDay]);
    expect(utc!.highsCm[7]).toBe(whole.highsCm[7 + BASE_DAY - whole.firstDay]);
    expect(short).toEqual({
      firstDay: dateToDay("2027-05-01"),
      lowsCm: expect.objectContaining({ length: 92 }),
      highsCm: expect.objectContaining({ length: 92 }),
    });
  });

  test("has one page for no docks", () => {
    const empty = { quadkey: "", asOf: "1", baseDay: BASE_DAY, docks: [], stations: [] };
    const pages = splitPages(empty);
    expect(pages).toHaveLength(1);
  });
});

test("a dock is found by its id, and is not where it is not", () => {
  const tile = toTile([tileDock({ id: 3 }), tileDock({ id: 7, version: 5 })]);
  expect([2, 3, 4, 7, 8].map((id) => placeOfDock(tile, id))).toEqual([-1, 0, -1, 1, -1]);
  expect(versionOfDock(tile, 7)).toBe(5);
  expect(versionOfDock(tile, 8)).toBe(0);
});
