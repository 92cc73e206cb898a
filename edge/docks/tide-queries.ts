import { dateToDay, dayToDate } from "../../shared/stay.ts";
import type { TideDays } from "../../shared/tide.ts";
import type { Sql } from "../platform/sql.ts";
import { TIDE_MODEL, type TideHarmonics } from "./tide-prediction.ts";

/** A station that can be predicted, with the days that were. */
export interface TideRecord {
  station: string;
  /** Whose local days its table has. */
  timeZone: string;
  harmonics: TideHarmonics;
  table: TideDays | undefined;
}

interface TideRow {
  station: string;
  time_zone: string;
  harmonics: TideHarmonics;
  first_day: string | null;
  lows: number[] | null;
  highs: number[] | null;
}

/** A station's constants and its table; undefined where its constants are not known. */
export async function selectTide(sql: Sql, station: string): Promise<TideRecord | undefined> {
  const [row] = await sql.query<TideRow>(
    `SELECT h.station, h.time_zone, h.harmonics, t.first_day, to_jsonb(t.lows) AS lows,
       to_jsonb(t.highs) AS highs
     FROM tide_harmonics h LEFT JOIN tide_table t ON t.station = h.station AND t.model = $2
     WHERE h.station = $1`,
    [station, TIDE_MODEL],
  );
  if (!row) return undefined;
  const { time_zone: timeZone, harmonics, first_day: first, lows, highs } = row;
  const table = first === null || lows === null || highs === null ? undefined : {
    firstDay: dateToDay(first),
    lowsCm: Int16Array.from(lows),
    highsCm: Int16Array.from(highs),
  };
  return { station, timeZone, harmonics, table };
}

/** Stations of harbours whose table is missing, old, or ends before a day. */
export async function selectDueStations(
  sql: Sql,
  untilDay: number,
  limit: number,
): Promise<string[]> {
  const rows = await sql.query<{ station: string }>(
    `SELECT h.station FROM tide_harmonics h LEFT JOIN tide_table t ON t.station = h.station
     WHERE (t.station IS NULL OR t.model < $1 OR t.until < $2::date)
       AND EXISTS (SELECT FROM harbour a WHERE a.tide_station = h.station)
     ORDER BY t.until NULLS FIRST, h.station LIMIT $3`,
    [TIDE_MODEL, dayToDate(untilDay), limit],
  );
  return rows.map(({ station }) => station);
}

/**
 * Keeps a station's table, unless another process has kept a newer or a longer one. What is kept is
 * the same whoever predicts it. Tiles without it are out of date: one dock of each leaf that has
 * the station's docks gets a new version, which is what tiles are told apart by.
 */
export async function keepTideTable(sql: Sql, station: string, days: TideDays): Promise<void> {
  await sql.query(
    `WITH kept AS (
       INSERT INTO tide_table AS kept (station, model, first_day, until, lows, highs)
       VALUES ($1, $2, $3, $4, $5::smallint[], $6::smallint[])
       ON CONFLICT (station) DO UPDATE SET model = EXCLUDED.model, first_day = EXCLUDED.first_day,
         until = EXCLUDED.until, lows = EXCLUDED.lows, highs = EXCLUDED.highs
       WHERE kept.model < EXCLUDED.model
         OR (kept.model = EXCLUDED.model AND kept.until < EXCLUDED.until)
       RETURNING station),
     told AS (
       SELECT DISTINCT ON (d.leaf) d.id, d.cell
       FROM kept JOIN harbour h ON h.tide_station = kept.station JOIN dock d ON d.harbour_id = h.id
       WHERE d.leaf IS NOT NULL ORDER BY d.leaf, d.id),
     -- In the order of ids, as everybody who takes more than one.
     taken AS MATERIALIZED (
       SELECT dock_id FROM calendar WHERE dock_id IN (SELECT id FROM told)
       ORDER BY dock_id FOR UPDATE),
     touched AS (
       UPDATE calendar c SET version = c.version + 1 FROM taken WHERE c.dock_id = taken.dock_id
       RETURNING c.dock_id, c.version)
     INSERT INTO event (dock_id, version, kind, cell, body, relayed_at)
     SELECT told.id, touched.version, 'tide.predicted', told.cell,
       jsonb_build_object('station', $1::text), now()
     FROM told JOIN touched ON touched.dock_id = told.id`,
    [
      station,
      TIDE_MODEL,
      dayToDate(days.firstDay),
      dayToDate(days.firstDay + days.lowsCm.length),
      Array.from(days.lowsCm),
      Array.from(days.highsCm),
    ],
  );
}

/** The tables of some stations, for what answers many docks at once; those without one are left out. */
export async function selectTideTables(
  sql: Sql,
  stations: readonly string[],
): Promise<Map<string, { timeZone: string; days: TideDays }>> {
  const rows = await sql.query<Omit<TideRow, "harmonics"> & { lows: number[]; highs: number[] }>(
    `SELECT h.station, h.time_zone, t.first_day, to_jsonb(t.lows) AS lows,
       to_jsonb(t.highs) AS highs
     FROM tide_table t JOIN tide_harmonics h ON h.station = t.station
     WHERE t.station = ANY ($1::text[]) AND t.model = $2`,
    [stations, TIDE_MODEL],
  );
  return new Map(rows.map((row) => [row.station, {
    timeZone: row.time_zone,
    days: {
      firstDay: dateToDay(row.first_day ?? ""),
      lowsCm: Int16Array.from(row.lows),
      highsCm: Int16Array.from(row.highs),
    },
  }]));
}
