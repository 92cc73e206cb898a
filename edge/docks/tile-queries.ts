import type { TileContent, TileDock, TileStation } from "../../shared/tile-dock.ts";
import type { Sql } from "../platform/sql.ts";
import { TIDE_MODEL } from "./tide-prediction.ts";

/** Nowhere on Earth is it still the day before this one. */
const FIRST_NIGHT = "(current_date - 2)";

interface TileRow {
  leaf: string;
  snapshot: string;
  directory_version: number;
  as_of: string;
  base_day: number;
  docks: (Omit<TileDock, "occupied"> & { occupied: number[][] })[];
  stations: StationRow[];
}

interface StationRow {
  id: string;
  highCm: number;
  timeZone: string | null;
  firstDay: number | null;
  lowsCm: number[] | null;
  highsCm: number[] | null;
}

function rowToStation(
  { id, highCm, timeZone, firstDay, lowsCm, highsCm }: StationRow,
): TileStation {
  const isKnown = timeZone !== null && firstDay !== null && lowsCm !== null && highsCm !== null;
  return { id, highCm, table: isKnown ? { timeZone, days: { firstDay, lowsCm, highsCm } } : null };
}

/** What a leaf's tiles are made from, and as of when. */
export interface LeafContent extends Omit<TileContent, "page" | "pages"> {
  /** Text of a Snapshot. */
  snapshot: string;
  /** Which list of leaves held then. */
  directoryVersion: number;
}

/** The docks of some leaves, each leaf as of one snapshot; one that holds nothing has none. */
export async function loadLeaves(sql: Sql, quadkeys: readonly string[]): Promise<LeafContent[]> {
  const rows = await sql.query<TileRow>(
    `SELECT leaf, pg_snapshot_xmin(pg_current_snapshot())::text AS as_of,
       pg_current_snapshot()::text AS snapshot,
       (SELECT version FROM tile_directory) AS directory_version,
       ${FIRST_NIGHT} - date '1970-01-01' AS base_day, coalesce((
       SELECT jsonb_agg(jsonb_build_object(
         'id', d.id, 'version', c.version, 'lat', d.public_lat, 'lon', d.public_lon,
         'name', d.name, 'kind', d.kind, 'harbourId', h.id, 'harbourName', h.name,
         'country', h.country, 'timeZone', d.time_zone, 'minLoaCm', d.min_loa_cm,
         'maxLoaCm', d.max_loa_cm, 'maxBeamCm', d.max_beam_cm, 'depthCm', d.depth_cm,
         'depthDatum', d.depth_datum, 'depthLatCm', d.depth_lat_cm,
         'hasOverhead', d.overhead_cm IS NOT NULL, 'overheadLatCm', d.overhead_lat_cm,
         'maxDisplacementKg', d.max_displacement_kg, 'outlets', d.outlets)
         || jsonb_build_object(
         'hullTypes', d.hull_types, 'requiresInsurance', d.requires_insurance,
         'amenities', d.amenities, 'instantBook', d.instant_book, 'collection', d.collection,
         'minNights', d.min_nights, 'maxNights', d.max_nights, 'noticeHours', d.notice_hours,
         'windowDays', d.window_days, 'checkInFrom', to_char(d.check_in_from, 'HH24:MI'),
         'rate', d.rate, 'rating', d.rating, 'lengthCm', d.length_cm, 'gapCm', d.gap_cm,
         'tideStation', h.tide_station,
         'photo', (SELECT blob_key FROM photo p WHERE p.dock_id = d.id ORDER BY rank LIMIT 1),
         'occupied', (
           SELECT coalesce(jsonb_agg(jsonb_build_array(
             lower(o.nights) - date '1970-01-01', upper(o.nights) - date '1970-01-01',
             lower(o.span), coalesce(upper(o.span), -1)) ORDER BY o.nights), '[]')
           FROM occupancy o
           WHERE o.dock_id = d.id AND o.nights && daterange(${FIRST_NIGHT}, NULL)))
         ORDER BY d.id)
       FROM dock d
       JOIN calendar c ON c.dock_id = d.id
       JOIN harbour h ON h.id = d.harbour_id
       WHERE d.leaf = asked.leaf), '[]') AS docks, coalesce((
       SELECT jsonb_agg(jsonb_build_object(
         'id', s.id, 'highCm', s.high_cm, 'timeZone', m.time_zone,
         'firstDay', t.first_day - date '1970-01-01', 'lowsCm', to_jsonb(t.lows),
         'highsCm', to_jsonb(t.highs)) ORDER BY s.id)
       FROM tide_station s
       LEFT JOIN tide_table t ON t.station = s.id AND t.model = $2
       LEFT JOIN tide_harmonics m ON m.station = t.station
       WHERE s.id IN (
         SELECT h.tide_station FROM harbour h
         WHERE h.id IN (SELECT harbour_id FROM dock WHERE leaf = asked.leaf))), '[]') AS stations
     FROM unnest($1::text[]) AS asked(leaf)`,
    [quadkeys, TIDE_MODEL],
  );
  return rows.map((row) => ({
    quadkey: row.leaf,
    snapshot: row.snapshot,
    directoryVersion: row.directory_version,
    asOf: row.as_of,
    baseDay: row.base_day,
    docks: row.docks.map((dock) => ({ ...dock, occupied: dock.occupied.flat() })),
    stations: row.stations.map(rowToStation),
  }));
}
