import type { Block } from "../../shared/api.ts";
import type { Stay } from "../../shared/stay.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";
import { touchCalendar } from "./change-queries.ts";

/** A stretch that is taken: nights `[from, to)`, centimetres `[lo, hi)`, hi -1 for a whole berth. */
export interface TakenRow {
  from: string;
  to: string;
  lo: number;
  hi: number;
}

/**
 * What is taken of a dock within some nights. A hold or request whose time is over takes nothing:
 * the next booking removes it.
 */
export function selectTaken(sql: Sql, dockId: number, nights: Stay): Promise<TakenRow[]> {
  return sql.query<TakenRow>(
    `SELECT lower(o.nights) AS "from", upper(o.nights) AS "to", lower(o.span) AS lo,
       coalesce(upper(o.span), -1) AS hi
     FROM occupancy o
     WHERE o.dock_id = $1 AND o.nights && daterange($2::date, $3::date)
       AND (o.expires_at IS NULL OR o.expires_at > clock_timestamp())
       AND NOT EXISTS (
         SELECT FROM booking b WHERE b.id = o.booking_id AND b.deadline <= clock_timestamp())`,
    [dockId, nights.from, nights.to],
  );
}

/**
 * Ends holds and requests whose time is over, and answers the number that the next change of the
 * dock has: each of them took one. The caller holds the calendar.
 */
export async function expireDue(tx: Sql, dockId: number, version: number): Promise<number> {
  const { expired } = onlyRow(
    await tx.query<{ expired: number }>("SELECT expire_due($1) AS expired", [dockId]),
  );
  return expired > 0 ? touchCalendar(tx, dockId) : version;
}

interface BlockRow {
  id: string;
  from: string;
  to: string;
  note: string;
  lo: number;
  hi: number | null;
}

const BLOCK_COLUMNS = `id, lower(nights) AS "from", upper(nights) AS "to", note,
  lower(span) AS lo, upper(span) AS hi`;

function rowToBlock({ lo, hi, ...block }: BlockRow): Block {
  return { ...block, spanCm: hi === null ? null : [lo, hi] };
}

/** Takes nights out of sale; undefined where any of them is taken. */
export async function insertBlock(
  tx: Sql,
  dockId: number,
  block: { from: string; to: string; note: string; spanCm: readonly [number, number] | undefined },
): Promise<Block | undefined> {
  const [lo, hi] = block.spanCm ?? [0, null];
  const rows = await tx.query<BlockRow>(
    `INSERT INTO occupancy (dock_id, span, nights, source, note)
     VALUES ($1, int4range($2::int, $3::int), daterange($4::date, $5::date), 'block', $6)
     ON CONFLICT DO NOTHING RETURNING ${BLOCK_COLUMNS}`,
    [dockId, lo, hi, block.from, block.to, block.note],
  );
  return rows[0] && rowToBlock(rows[0]);
}

/** Gives a block's nights back; undefined where the dock has no such block. */
export async function deleteBlockRow(
  tx: Sql,
  dockId: number,
  blockId: string,
): Promise<Block | undefined> {
  const rows = await tx.query<BlockRow>(
    `DELETE FROM occupancy WHERE id = $2 AND dock_id = $1 AND source = 'block'
     RETURNING ${BLOCK_COLUMNS}`,
    [dockId, blockId],
  );
  return rows[0] && rowToBlock(rows[0]);
}

/**
 * A dock's blocks that end after a date, by first night and id, `limit` at most. `after` is the
 * last one seen.
 */
export async function selectBlocks(
  sql: Sql,
  dockId: number,
  endAfter: string,
  page: { after: { from: string; id: string } | undefined; limit: number },
): Promise<Block[]> {
  const rows = await sql.query<BlockRow>(
    `SELECT ${BLOCK_COLUMNS} FROM occupancy
     WHERE dock_id = $1 AND source = 'block' AND upper(nights) > $2::date
       AND ($3::date IS NULL OR (lower(nights), id) > ($3::date, $4::uuid))
     ORDER BY lower(nights), id LIMIT $5`,
    [dockId, endAfter, page.after?.from ?? null, page.after?.id ?? null, page.limit],
  );
  return rows.map(rowToBlock);
}
