import type { Thread } from "../../shared/api.ts";
import { Problem } from "../../shared/problem.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";
import { isBlockedPair } from "./block-person.ts";
import { findThread } from "./thread-queries.ts";

/** Strangers that one person may write to in a day; whoever books is none. */
const FIRST_CONTACTS_A_DAY = 20;

/**
 * The conversation of a guest with a dock's host; opened once, found again after that.
 *
 * @throws {Problem} `not-found`, `forbidden`, `rate-limited` for too many strangers in a day.
 */
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
  if (!await hasThread(sql, guestId, dockId)) {
    if (await isBlockedPair(sql, guestId, dock.host_id)) {
      throw new Problem(
        "forbidden",
        "Cannot open thread: its host does not take messages from you",
      );
    }
    await limitFirstContacts(sql, guestId);
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

async function hasThread(sql: Sql, guestId: string, dockId: number): Promise<boolean> {
  const rows = await sql.query(`SELECT 1 FROM thread WHERE dock_id = $1 AND guest_id = $2`, [
    dockId,
    guestId,
  ]);
  return rows.length > 0;
}

async function limitFirstContacts(sql: Sql, guestId: string): Promise<void> {
  const { count } = onlyRow(
    await sql.query<{ count: number }>(
      `SELECT count(*) AS count FROM thread_member m JOIN thread t ON t.id = m.thread_id
       WHERE m.person_id = $1 AND m.role = 'guest' AND t.created_at > now() - interval '1 day'
         AND NOT EXISTS (SELECT FROM booking b WHERE b.thread_id = t.id)`,
      [guestId],
    ),
  );
  if (count < FIRST_CONTACTS_A_DAY) return;
  throw new Problem(
    "rate-limited",
    `Cannot open thread: ${FIRST_CONTACTS_A_DAY} new hosts a day are enough, unless you book`,
  );
}
