import type pg from "pg";
import type { Collection } from "../../../shared/dock.ts";

/**
 * What the peer searches, made of the product's own rows: a narrow row a dock behind a GiST index
 * of points, the taken nights of whole berths as a multirange in it, so that no candidate costs
 * another look-up, and what is equal in many docks (rates, lists of outlets) once.
 */
export async function makePeerTables(client: pg.Client): Promise<void> {
  await client.query("DROP SCHEMA IF EXISTS peer CASCADE");
  await client.query(`
    CREATE SCHEMA peer;
    CREATE TABLE peer.rate AS
      SELECT row_number() OVER ()::int AS no, rate
      FROM (SELECT DISTINCT rate FROM public.dock) AS every;
    CREATE TABLE peer.outlets AS
      SELECT row_number() OVER ()::int AS no, outlets
      FROM (SELECT DISTINCT outlets FROM public.dock) AS every;
    CREATE TABLE peer.dock AS
      SELECT d.id, point(d.public_lon, d.public_lat) AS at, d.kind, d.min_loa_cm, d.max_loa_cm,
        d.max_beam_cm, d.depth_lat_cm, d.overhead_cm IS NOT NULL AS has_overhead,
        d.overhead_lat_cm, d.max_displacement_kg, o.no AS outlets_no, d.hull_types,
        d.requires_insurance, d.amenities, d.instant_book, d.min_nights, d.max_nights,
        d.notice_hours, d.window_days, to_char(d.check_in_from, 'HH24:MI') AS check_in_from,
        d.time_zone, r.no AS rate_no, d.collection, d.length_cm, d.gap_cm, s.high_cm,
        CASE WHEN d.length_cm IS NULL THEN coalesce(
          (SELECT range_agg(t.nights) FROM public.occupancy t WHERE t.dock_id = d.id),
          '{}'::datemultirange) END AS taken
      FROM public.dock d
      JOIN peer.rate r USING (rate)
      JOIN peer.outlets o USING (outlets)
      JOIN public.harbour h ON h.id = d.harbour_id
      LEFT JOIN public.tide_station s ON s.id = h.tide_station
      WHERE d.status = 'published'
      -- Neighbours lie on neighbouring pages.
      ORDER BY d.cell;
    CREATE INDEX ON peer.dock USING gist (at);
    ANALYZE peer.dock, peer.rate, peer.outlets;`);
}

/** A row of `CANDIDATES`, in the order of its columns. */
export type CandidateRow = [
  id: number,
  kind: string,
  minLoaCm: number | null,
  maxLoaCm: number,
  maxBeamCm: number | null,
  depthLatCm: number | null,
  hasOverhead: boolean,
  overheadLatCm: number | null,
  maxDisplacementKg: number | null,
  outletsNo: number,
  hullTypes: string[],
  requiresInsurance: boolean,
  minNights: number,
  maxNights: number,
  noticeHours: number,
  windowDays: number,
  checkInFrom: string,
  timeZone: string,
  rateNo: number,
  lengthCm: number | null,
  gapCm: number,
  highCm: number | null,
  collection: Collection,
  occupied: number[] | null,
];

/**
 * The docks of a box that are not kept out by what SQL compares cheaply: nights, kind, amenities,
 * length, beam, depth, height, weight, hull, terms of the stay. $5 and $6 are the nights, $7 the
 * kinds or null, $8 the amenities, $9 whether instant only, $10… the boat, null where not known.
 */
export const CANDIDATES = `
  SELECT id::int, kind, min_loa_cm, max_loa_cm, max_beam_cm, depth_lat_cm, has_overhead, overhead_lat_cm,
    max_displacement_kg, outlets_no, hull_types, requires_insurance, min_nights, max_nights,
    notice_hours, window_days, check_in_from, time_zone, rate_no, length_cm, gap_cm, high_cm, collection,
    CASE WHEN taken IS NULL THEN (
      SELECT array_agg(ARRAY[lower(o.nights) - date '1970-01-01',
        upper(o.nights) - date '1970-01-01', lower(o.span), coalesce(upper(o.span), -1)])
      FROM public.occupancy o
      WHERE o.dock_id = d.id AND o.nights && daterange($5, $6)) END
  FROM peer.dock d
  WHERE at <@ box(point($1, $2), point($3, $4))
    AND (taken IS NULL OR NOT taken && daterange($5, $6))
    AND ($7::text[] IS NULL OR kind = ANY ($7))
    AND amenities & $8 = $8
    AND (NOT $9 OR instant_book)
    AND max_loa_cm >= $10 AND coalesce(min_loa_cm, 0) <= $10
    AND (max_beam_cm IS NULL OR kind IN ('mooring', 'side_tie', 't_head') OR max_beam_cm >= $11)
    AND (depth_lat_cm IS NULL OR depth_lat_cm >= $12
      OR ($13 AND (high_cm IS NULL OR depth_lat_cm + high_cm >= $12)))
    AND (overhead_lat_cm IS NULL OR $14::int IS NULL
      OR overhead_lat_cm - coalesce(high_cm, 0) >= $14)
    AND ($15 = ANY (hull_types))
    AND min_nights <= $6::date - $5::date AND max_nights >= $6::date - $5::date`;

/** What a list shows of docks, for those of a page. */
export const SHOWN = `
  SELECT d.id::int, c.version::int, d.name, d.kind, d.public_lat, d.public_lon,
    h.id::int AS harbour_id, h.name AS harbour_name, h.country, d.max_loa_cm, d.max_beam_cm,
    d.depth_cm, d.depth_datum, d.amenities, d.instant_book, d.collection,
    (SELECT blob_key FROM public.photo p WHERE p.dock_id = d.id ORDER BY rank LIMIT 1) AS photo,
    d.rating
  FROM public.dock d
  JOIN public.calendar c ON c.dock_id = d.id
  JOIN public.harbour h ON h.id = d.harbour_id
  WHERE d.id = ANY ($1)`;
