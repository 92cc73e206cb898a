import type { Water } from "./fit.ts";
import { type TideDays, tideMargin, waterOverDays } from "./tide.ts";
import { type ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { StationTable, TileContent, TileStation } from "./tile-dock.ts";
import { MOST_LEVEL_CM, readLevels, writeLevels } from "./tile-levels.ts";
import { Listing, NONE, readInts, readPlaces, writeInts, writePlaces } from "./tile-ints.ts";

/**
 * A tile's tide stations and their days. A dock's water is its station's, by days of the station's
 * zone: water 2n is of station n for docks of that zone, 2n + 1 for those of any other.
 */
export interface TideColumns {
  stations: TileStation[];
  /** How many days all their tables have. */
  days: number;
}

const MOST_DAYS = 2_000;

/** Writes a tile's stations with all their days. */
export function writeTides(
  writer: ByteWriter,
  { stations, baseDay }: Pick<TileContent, "stations" | "baseDay">,
): void {
  const zones = new Listing<string>(String);
  const zoneOf = stations.map(({ table }) => zones.placeOf(table?.timeZone ?? ""));
  writer.texts(stations.map(({ id }) => id));
  writer.texts(zones.items);
  writePlaces(writer, zoneOf);
  writeInts(writer, stations.map(({ highCm }) => highCm));
  for (const { table } of stations) {
    writer.varint(table ? table.days.lowsCm.length : 0);
    if (!table) continue;
    writer.signed(table.days.firstDay - baseDay);
    const levels = new ByteWriter();
    writeLevels(levels, table.days.lowsCm);
    writeLevels(levels, table.days.highsCm);
    const bytes = levels.finish();
    writer.varint(bytes.length);
    writer.bytes(bytes);
  }
}

/** A tile's stations; a table's days are added up once somebody asks for them. */
export function readTides(reader: ByteReader, baseDay: number): TideColumns {
  const ids = reader.texts();
  const zones = reader.texts();
  const zoneOf = readPlaces(reader, ids.length, zones.length);
  const highs = readInts(reader, ids.length, { min: -MOST_LEVEL_CM, max: MOST_LEVEL_CM });
  let days = 0;
  const stations = ids.map((id, i): TileStation => {
    const count = reader.upTo(MOST_DAYS);
    days += count;
    const table = count === 0 ? null : readTable(reader, baseDay, count, zones[zoneOf[i]!]!);
    return { id, highCm: highs[i]!, table };
  });
  reader.finish();
  return { stations, days };
}

function readTable(
  reader: ByteReader,
  baseDay: number,
  count: number,
  timeZone: string,
): StationTable {
  const firstDay = baseDay + reader.signed();
  // A copy, or all of the tile's bytes would be kept with it.
  const bytes = reader.bytes(reader.count()).slice();
  // Each level has a bit at least.
  if (bytes.length * 4 < count) reader.fail("a table is not as long as it says");
  let days: TideDays | undefined;
  return {
    timeZone,
    get days() {
      return days ??= readDays(bytes, firstDay, count);
    },
  };
}

function readDays(bytes: Uint8Array, firstDay: number, count: number): TideDays {
  const lowsCm = new Int16Array(count);
  const highsCm = new Int16Array(count);
  readLevels(bytes, readLevels(bytes, 0, lowsCm), highsCm);
  return { firstDay, lowsCm, highsCm };
}

/** The water of a harbour's docks in one zone; NONE where it has no station. */
export function waterAt(
  { stations }: TideColumns,
  { station, timeZone }: { station: number; timeZone: string },
): number {
  if (station === NONE) return NONE;
  const { table } = stations[station]!;
  return 2 * station + (table && table.timeZone !== timeZone ? 1 : 0);
}

/**
 * The lowest and the highest water of nights `[fromDay, toDay)` and the day of departure: by the
 * station's table, else by LAT and HAT, which is every tide; so too without days. Undefined where
 * there is no station. The same as a quote's.
 */
export function waterOfStay(
  { stations }: TideColumns,
  water: number,
  stay: { fromDay: number; toDay: number } | undefined,
): Water | undefined {
  if (water === NONE) return undefined;
  const { highCm, table } = stations[water >> 1]!;
  if (stay && table) {
    const margin = tideMargin((water & 1) === 1);
    const first = stay.fromDay - margin;
    const last = stay.toDay + margin;
    const known = waterOverDays(table.days, first, last);
    if (known) return known;
  }
  return { lowCm: 0, highCm };
}

/** How much memory a tile's tables take once somebody has asked for all of them. */
export function tidesBytes({ days }: TideColumns): number {
  return days * 6;
}
