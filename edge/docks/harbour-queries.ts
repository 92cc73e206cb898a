import { bitsToAmenities, type Harbour } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import { onlyRow, type Sql, type SqlValue } from "../platform/sql.ts";
import type { HarbourPlace } from "./places.ts";
import { lockTileDirectory } from "./dock-queries.ts";
import { rowToStation } from "./dock-row.ts";

interface HarbourRow {
  id: number;
  version: number;
  name: string;
  place: string;
  country: string;
  lat: number;
  lon: number;
  time_zone: string;
  vhf_channel: string | null;
  approach: string;
  facilities: number;
  station_id: string | null;
  station_name: string | null;
  station_attribution: string | null;
  dock_count: number;
}

const HARBOUR_SELECT = `
  SELECT h.id, h.version, h.name, h.place, h.country, h.lat, h.lon, h.time_zone, h.vhf_channel,
    h.approach, h.facilities, s.id AS station_id, s.name AS station_name,
    s.attribution AS station_attribution,
    (SELECT count(*) FROM dock d WHERE d.harbour_id = h.id AND d.status = 'published') AS dock_count
  FROM harbour h LEFT JOIN tide_station s ON s.id = h.tide_station`;

function rowToHarbour(row: HarbourRow): Harbour {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    place: row.place,
    country: row.country,
    position: { lat: row.lat, lon: row.lon },
    timeZone: row.time_zone,
    vhfChannel: row.vhf_channel ?? undefined,
    approach: row.approach,
    facilities: bitsToAmenities(row.facilities),
    tideStation: rowToStation(row),
    dockCount: row.dock_count,
  };
}

/** A harbour with its count of published docks. @throws {Problem} `not-found`. */
export async function seeHarbour(sql: Sql, harbourId: number): Promise<Harbour> {
  const rows = await sql.query<HarbourRow>(`${HARBOUR_SELECT} WHERE h.id = $1`, [harbourId]);
  if (rows[0] === undefined) {
    throw new Problem("not-found", `Cannot find harbour: there is no harbour ${harbourId}`);
  }
  return rowToHarbour(rows[0]);
}

/** The harbours that a person is staff of, in id order, `limit` at most. */
export async function selectHarboursOf(
  sql: Sql,
  personId: string,
  page: { after: number | undefined; limit: number },
): Promise<Harbour[]> {
  const rows = await sql.query<HarbourRow>(
    `${HARBOUR_SELECT}
     JOIN harbour_staff staff ON staff.harbour_id = h.id AND staff.person_id = $1
     WHERE h.id > $2 ORDER BY h.id LIMIT $3`,
    [personId, page.after ?? 0, page.limit],
  );
  return rows.map(rowToHarbour);
}

/**
 * Every harbour as a place, or those that were made or edited since an earlier answer was read;
 * `asOf` is what to ask the next time with.
 */
export async function selectHarbourPlaces(
  sql: Sql,
  since: string | undefined,
): Promise<{ asOf: string; harbours: HarbourPlace[] }> {
  // All docks are counted in one pass; those of a few harbours by their index.
  const counts = since === undefined
    ? `LEFT JOIN (
         SELECT harbour_id, count(*) AS docks FROM dock WHERE status = 'published'
         GROUP BY harbour_id) AS c ON c.harbour_id = h.id`
    : `CROSS JOIN LATERAL (
         SELECT count(*) AS docks FROM dock d
         WHERE d.harbour_id = h.id AND d.status = 'published') AS c
       -- What was open for long commits late: each answer reaches back behind the last.
       WHERE h.changed_at > $1::timestamptz - interval '1 minute'`;
  const values = since === undefined ? [] : [since];
  return onlyRow(
    await sql.query<{ asOf: string; harbours: HarbourPlace[] }>(
      `SELECT now()::text AS "asOf", coalesce(jsonb_agg(jsonb_build_object(
         'id', h.id, 'name', h.name, 'place', h.place, 'country', h.country, 'lat', h.lat,
         'lon', h.lon, 'docks', coalesce(c.docks, 0))), '[]') AS harbours
       FROM harbour h ${counts}`,
      values,
    ),
  );
}

/** Whether a person is of a harbour's staff. */
export async function isStaff(sql: Sql, harbourId: number, personId: string): Promise<boolean> {
  const rows = await sql.query(
    "SELECT FROM harbour_staff WHERE harbour_id = $1 AND person_id = $2",
    [harbourId, personId],
  );
  return rows.length > 0;
}

/** Keeps others from editing a harbour until the transaction ends. */
export async function lockHarbour(tx: Sql, harbourId: number): Promise<void> {
  await tx.query("SELECT FROM harbour WHERE id = $1 FOR NO KEY UPDATE", [harbourId]);
}

/** A harbour's columns by name, as they are written. */
export type HarbourColumns = Readonly<Record<string, SqlValue>>;

/**
 * Writes a harbour, its first member of staff and the nearest tide station within `stationWithinM`
 * metres (great circle, haversine), if there is one.
 */
export async function insertHarbour(
  sql: Sql,
  columns: HarbourColumns & { lat: number; lon: number },
  personId: string,
  stationWithinM: number,
): Promise<number> {
  const names = Object.keys(columns);
  const at = (name: string) => `$${names.indexOf(name) + 1}`;
  const [person, within] = [`$${names.length + 1}`, `$${names.length + 2}`];
  const rows = await sql.query<{ harbour_id: number }>(
    `WITH near AS (
       SELECT id, 2 * 6371008.8 * asin(least(1, sqrt(
         sind((lat - ${at("lat")}) / 2) ^ 2
         + cosd(lat) * cosd(${at("lat")}) * sind((lon - ${at("lon")}) / 2) ^ 2))) AS metres
       FROM tide_station ORDER BY metres, id LIMIT 1),
     made AS (
       INSERT INTO harbour (${names.join(", ")}, tide_station)
       VALUES (${names.map((_, i) => `$${i + 1}`).join(", ")},
         (SELECT id FROM near WHERE metres <= ${within}))
       RETURNING id)
     INSERT INTO harbour_staff (harbour_id, person_id)
     SELECT id, ${person}::uuid FROM made RETURNING harbour_id`,
    [...Object.values(columns), personId, stationWithinM],
  );
  return onlyRow(rows).harbour_id;
}

/** Writes an edit of a harbour. */
export async function updateHarbour(
  sql: Sql,
  harbourId: number,
  columns: HarbourColumns,
): Promise<void> {
  const sets = Object.keys(columns).map((name, i) => `${name} = $${i + 2}`);
  await sql.query(
    `UPDATE harbour SET ${sets.join(", ")}, version = version + 1, changed_at = now()
     WHERE id = $1`,
    [harbourId, ...Object.values(columns)],
  );
}

/**
 * Says of each dock of a harbour that it has changed, for its harbour's words are part of it. Locks
 * the calendars in id order, then the tiles' directory, as a publication does.
 */
export async function touchDocksOfHarbour(
  tx: Sql,
  harbourId: number,
  body: Readonly<Record<string, unknown>>,
): Promise<void> {
  await tx.query(
    `SELECT FROM calendar WHERE dock_id IN (SELECT id FROM dock WHERE harbour_id = $1)
     ORDER BY dock_id FOR UPDATE`,
    [harbourId],
  );
  await lockTileDirectory(tx);
  await tx.query(
    `WITH edited AS (
       UPDATE dock SET version = version + 1, updated_at = now() WHERE harbour_id = $1
       RETURNING id, cell),
     touched AS (
       UPDATE calendar c SET version = c.version + 1 FROM edited WHERE c.dock_id = edited.id
       RETURNING c.dock_id, c.version)
     INSERT INTO event (dock_id, version, kind, cell, body, relayed_at)
     SELECT edited.id, touched.version, 'dock.edited', edited.cell, $2::jsonb, now()
     FROM edited JOIN touched ON touched.dock_id = edited.id`,
    [harbourId, JSON.stringify(body)],
  );
}
