import type { MessageBerth } from "../../shared/chat.ts";
import { isUuid } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";

/**
 * Where a thread's berth lies, for a message that says so: exactly from its host, and from a guest
 * who has booked; else as the public sees it. @throws {Problem} `not-found` for strangers.
 */
export async function berthOfThread(
  sql: Sql,
  threadId: string,
  senderId: string,
): Promise<MessageBerth> {
  const [berth] = isUuid(senderId)
    ? await sql.query<{ berth: MessageBerth }>(
      `SELECT jsonb_build_object('dockId', d.id, 'name', d.name,
         'lat', CASE WHEN e.is_exact THEN d.lat ELSE d.public_lat END,
         'lon', CASE WHEN e.is_exact THEN d.lon ELSE d.public_lon END) AS berth
       FROM thread t
       JOIN dock d ON d.id = t.dock_id
       JOIN thread_member m ON m.thread_id = t.id AND m.person_id = $2 AND m.removed_at IS NULL
       CROSS JOIN LATERAL (SELECT m.role = 'host' OR EXISTS (
         SELECT FROM booking b
         WHERE b.thread_id = t.id AND b.status IN ('confirmed', 'checked_in')) AS is_exact) e
       WHERE t.id = $1`,
      [threadId, senderId],
    )
    : [];
  if (!berth) throw new Problem("not-found", "Cannot tell berth: that is no member of the thread");
  return berth.berth;
}
