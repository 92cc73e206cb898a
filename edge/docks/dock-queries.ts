import type { NewDock } from "../../shared/dock.ts";
import { onlyRow, type Sql, type SqlValue } from "../platform/sql.ts";
import { DOCK_COLUMNS, DOCK_TABLES, type DockRow } from "./dock-row.ts";
import type { StationDatums } from "./tide-datums.ts";

/** What the dock's harbour gives it. */
export interface DockHarbour {
  lat: number;
  lon: number;
  time_zone: string;
  datums: StationDatums | null;
  is_staff: boolean;
}

/** A dock's columns by name, as they are written. */
export type DockColumns = Readonly<Record<string, SqlValue>>;

/** A dock with what one reader is to it. */
export interface ReadDockRow extends DockRow {
  manages: boolean;
  /** Whether the reader has a stay there, agreed and not over. */
  has_stay: boolean;
}

/** A dock and what a person (or nobody: null) is to it. */
export async function selectDock(
  sql: Sql,
  dockId: number,
  personId: string | null,
): Promise<ReadDockRow | undefined> {
  const rows = await sql.query<ReadDockRow>(
    `SELECT ${DOCK_COLUMNS},
       coalesce(d.host_id = $2::uuid, false) OR EXISTS (
         SELECT FROM harbour_staff WHERE harbour_id = d.harbour_id AND person_id = $2) AS manages,
       EXISTS (
         SELECT FROM booking
         WHERE dock_id = d.id AND guest_id = $2 AND status IN ('confirmed', 'checked_in')
       ) AS has_stay
     FROM ${DOCK_TABLES} WHERE d.id = $1`,
    [dockId, personId],
  );
  return rows[0];
}

/** Docks that a person hosts, or whose harbour they staff, in id order, `limit` at most. */
export function selectDocksOf(
  sql: Sql,
  personId: string,
  page: { after: number | undefined; limit: number },
): Promise<DockRow[]> {
  return sql.query<DockRow>(
    // Each half by its own index: an OR of the two would walk all docks of the world.
    `SELECT ${DOCK_COLUMNS} FROM ${DOCK_TABLES}
     WHERE d.id IN (
       SELECT id FROM dock WHERE host_id = $1 AND id > $2
       UNION
       SELECT own.id FROM harbour_staff staff JOIN dock own ON own.harbour_id = staff.harbour_id
       WHERE staff.person_id = $1 AND own.id > $2
       ORDER BY 1 LIMIT $3)
     ORDER BY d.id`,
    [personId, page.after ?? 0, page.limit],
  );
}

/** Published docks of a harbour, in id order, `limit` at most. */
export function selectPublishedDocks(
  sql: Sql,
  harbourId: number,
  page: { after: number | undefined; limit: number },
): Promise<DockRow[]> {
  return sql.query<DockRow>(
    `SELECT ${DOCK_COLUMNS} FROM ${DOCK_TABLES}
     WHERE d.harbour_id = $1 AND d.status = 'published' AND d.id > $2
     ORDER BY d.id LIMIT $3`,
    [harbourId, page.after ?? 0, page.limit],
  );
}

/** A harbour as a dock needs it, and whether a person is of its staff. */
export async function selectDockHarbour(
  sql: Sql,
  harbourId: NewDock["harbourId"],
  personId: string,
): Promise<DockHarbour | undefined> {
  const rows = await sql.query<DockHarbour>(
    `SELECT h.lat, h.lon, h.time_zone, s.datums,
       EXISTS (
         SELECT FROM harbour_staff WHERE harbour_id = h.id AND person_id = $2) AS is_staff
     FROM harbour h LEFT JOIN tide_station s ON s.id = h.tide_station WHERE h.id = $1`,
    [harbourId, personId],
  );
  return rows[0];
}

/** The id of the next dock: its blurred position is made of it. */
export async function nextDockId(sql: Sql): Promise<number> {
  return onlyRow(
    await sql.query<{ id: number }>(
      "SELECT nextval(pg_get_serial_sequence('dock', 'id')) AS id",
    ),
  ).id;
}

/** Writes a draft and its calendar. */
export async function insertDock(sql: Sql, columns: DockColumns): Promise<void> {
  const names = Object.keys(columns);
  await sql.query(
    `WITH made AS (
       INSERT INTO dock (${names.join(", ")})
       VALUES (${names.map((_, i) => `$${i + 1}`).join(", ")}) RETURNING id)
     INSERT INTO calendar (dock_id) SELECT id FROM made`,
    Object.values(columns),
  );
}

/**
 * Writes an edit. The rates' version counts what moves a price: the rate itself, and the berth's
 * length where that is what is billed.
 */
export async function updateDock(sql: Sql, dockId: number, columns: DockColumns): Promise<void> {
  const names = Object.keys(columns);
  const at = (name: string) => `$${names.indexOf(name) + 2}`;
  await sql.query(
    `UPDATE dock SET ${names.map((name) => `${name} = ${at(name)}`).join(", ")},
       rates_version = rates_version + (
         rate <> ${at("rate")}::jsonb
         OR (max_loa_cm <> ${at("max_loa_cm")}
           AND rate @> '{"basis": "per_length_night", "billable": "max_loa_berth"}'))::int,
       version = version + 1, updated_at = now()
     WHERE id = $1`,
    [dockId, ...Object.values(columns)],
  );
}

/** Counts an edit that is not in the dock's own row: its photos, its status. */
export async function bumpDock(sql: Sql, dockId: number): Promise<void> {
  await sql.query("UPDATE dock SET version = version + 1, updated_at = now() WHERE id = $1", [
    dockId,
  ]);
}

/** Lays a dock's closures out among its taken nights, around what is there already. */
export async function layClosures(sql: Sql, dockId: number): Promise<void> {
  await sql.query("SELECT lay_closures($1)", [dockId]);
}

/** Gives a dock its status and its place among the tiles' leaves. */
export async function placeDock(
  sql: Sql,
  dockId: number,
  status: "published" | "paused",
): Promise<void> {
  await sql.query("SELECT place_dock($1, $2)", [dockId, status]);
}

/** Keeps leaves from splitting; taken before the row of a dock that is about to move. */
export async function lockTileDirectory(sql: Sql): Promise<void> {
  await sql.query("SELECT FROM tile_directory FOR UPDATE");
}

/**
 * Whether anything lies on the dock from a date on that its kind and length decided: stays, imports
 * and blocks of a part of a quay.
 */
export async function hasStaysAhead(sql: Sql, dockId: number, today: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT FROM occupancy
     WHERE dock_id = $1 AND upper(nights) > $2::date AND source <> 'closure'
       AND (source <> 'block' OR NOT upper_inf(span)) LIMIT 1`,
    [dockId, today],
  );
  return rows.length > 0;
}
