import type { Water } from "./fit.ts";
import { tideMargin, waterOverDays } from "./tide.ts";
import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { StationTable, TileContent, TileStation } from "./tile-dock.ts";
import { Listing, NONE, readInts, readPlaces, writeInts, writePlaces } from "./tile-ints.ts";

/**
 * A tile's tide stations and their days. A dock's water is its station's, by days of the station's
 * zone: water 2n is of station n for docks of that zone, 2n + 1 for those of any other.
 */
export interface TideColumns {
  stations: TileStation[];
}

const MOST_DAYS = 2_000;
const MOST_LEVEL_CM = 2 ** 15 - 1;

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
    writeLevels(writer, table.days.lowsCm);
    writeLevels(writer, table.days.highsCm);
  }
}

export function readTides(reader: ByteReader, baseDay: number): TideColumns {
  const ids = reader.texts();
  const zones = reader.texts();
  const zoneOf = readPlaces(reader, ids.length, zones.length);
  const highs = readInts(reader, ids.length, { min: -MOST_LEVEL_CM, max: MOST_LEVEL_CM });
  const stations = ids.map((id, i): TileStation => ({
    id,
    highCm: highs[i]!,
    table: readTable(reader, baseDay, zones[zoneOf[i]!]!),
  }));
  reader.finish();
  return { stations };
}

function readTable(reader: ByteReader, baseDay: number, timeZone: string): StationTable | null {
  const count = reader.upTo(MOST_DAYS);
  if (count === 0) return null;
  const firstDay = baseDay + reader.signed();
  const lowsCm = readLevels(reader, count);
  const highsCm = readLevels(reader, count);
  return { timeZone, days: { firstDay, lowsCm, highsCm } };
}

/**
 * What a level is expected to be from the two before it, around the middle: springs and neaps come
 * back every 14.8 days. Fitted to the days of 46 stations; what is left of a level is 3.3 bits.
 */
function expected(last: number, beforeLast: number): number {
  return (14 * last - 7 * beforeLast) >> 3;
}

function writeLevels(writer: ByteWriter, levels: ArrayLike<number>): void {
  let sum = 0;
  for (let i = 0; i < levels.length; i++) sum += levels[i]!;
  const middle = Math.round(sum / levels.length);
  writer.signed(middle);
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < levels.length; i++) {
    const level = levels[i]! - middle;
    writer.signed(level - expected(last, beforeLast));
    beforeLast = last;
    last = level;
  }
}

function readLevels(reader: ByteReader, count: number): Int32Array {
  if (count > reader.left) reader.fail("it ends too early");
  const levels = reader.ints(count);
  const middle = checkLevel(reader, reader.signed());
  let last = 0;
  let beforeLast = 0;
  for (let i = 0; i < count; i++) {
    const next = expected(last, beforeLast) + reader.signed();
    levels[i] = checkLevel(reader, middle + next);
    beforeLast = last;
    last = next;
  }
  return levels;
}

function checkLevel(reader: ByteReader, cm: number): number {
  if (cm < -MOST_LEVEL_CM || cm > MOST_LEVEL_CM) reader.fail(`${cm} is no level of water`);
  return cm;
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

/** How much memory a tile's tables take. */
export function tidesBytes({ stations }: TideColumns): number {
  return stations.reduce((sum, { table }) => sum + (table ? table.days.lowsCm.length * 8 : 0), 0);
}
