import type { Boat, NewBoat } from "../../shared/boat.ts";
import type { Sql } from "../platform/sql.ts";

interface BoatRow {
  id: string;
  version: number;
  record: NewBoat;
}

const COLUMNS = "id, version, record";

function toBoat({ id, version, record }: BoatRow): Boat {
  return { ...record, id, version };
}

export async function insertBoat(
  sql: Sql,
  ownerId: string,
  id: string,
  record: NewBoat,
): Promise<Boat> {
  const rows = await sql.query<BoatRow>(
    `INSERT INTO boat (id, owner_id, record) VALUES ($1, $2, $3) RETURNING ${COLUMNS}`,
    [id, ownerId, JSON.stringify(record)],
  );
  return toBoat(rows[0]!);
}

/** A person's own boat, locked until the transaction ends where `lock` says so. */
export async function selectBoat(
  sql: Sql,
  ownerId: string,
  id: string,
  lock: "lock" | "read" = "read",
): Promise<Boat | undefined> {
  const rows = await sql.query<BoatRow>(
    `SELECT ${COLUMNS} FROM boat WHERE id = $1 AND owner_id = $2
     ${lock === "lock" ? "FOR UPDATE" : ""}`,
    [id, ownerId],
  );
  return rows[0] && toBoat(rows[0]);
}

/** A person's boats, newest first, older than `before`. */
export async function selectBoats(
  sql: Sql,
  ownerId: string,
  before: string | undefined,
  limit: number,
): Promise<Boat[]> {
  const rows = await sql.query<BoatRow>(
    `SELECT ${COLUMNS} FROM boat
     WHERE owner_id = $1 AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
    [ownerId, before ?? null, limit],
  );
  return rows.map(toBoat);
}

export async function updateBoat(sql: Sql, id: string, record: NewBoat): Promise<Boat> {
  const rows = await sql.query<BoatRow>(
    `UPDATE boat SET record = $2, version = version + 1, updated_at = now()
     WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, JSON.stringify(record)],
  );
  return toBoat(rows[0]!);
}

export async function removeBoat(sql: Sql, id: string): Promise<void> {
  await sql.query(`DELETE FROM boat WHERE id = $1`, [id]);
}
