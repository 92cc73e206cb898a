import type { Thread } from "../../shared/api.ts";
import { Problem } from "../../shared/problem.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";
import { findThread } from "./thread-queries.ts";

/** The conversation of a guest with a dock's host; opened once, found again after that. */
export async function openThread(
  sql: Sql,
  guestId: string,
  dockId: number,
  newId: string,
): Promise<Thread> {
  const [dock] = await sql.query<{ host_id: string }>(
    `SELECT host_id FROM dock WHERE id = $1 AND status <> 'draft'`,
    [dockId],
  );
  if (!dock) throw new Problem("not-found", `Cannot open thread: there is no dock ${dockId}`);
  if (dock.host_id === guestId) {
    throw new Problem("forbidden", "Cannot open thread: this dock is your own");
  }
  const { id } = onlyRow(
    await sql.query<{ id: string }>(`SELECT open_thread($1, $2, $3, $4) AS id`, [
      newId,
      dockId,
      guestId,
      dock.host_id,
    ]),
  );
  const thread = await findThread(sql, guestId, id);
  if (!thread) throw new Problem("forbidden", "Cannot open thread: you were removed from it");
  return thread;
}
