import type { Deps } from "../deps.ts";
import { threadMembers } from "./thread-queries.ts";

/**
 * Tells the inbox of each member, or of those named, that a thread has news up to a seq. It is a hint to look, and may be
 * lost: an inbox that opens reads its threads from Postgres.
 */
export async function tellInboxes(
  { sql, hub }: Pick<Deps, "sql" | "hub">,
  threadId: string,
  seq: number,
  userIds?: readonly string[],
): Promise<void> {
  const list = await threadMembers(sql, threadId);
  const told = (list?.members ?? []).filter(({ userId }) => userIds?.includes(userId) ?? true);
  await Promise.all(
    told.map(({ userId }) =>
      hub.publish("inbox", userId, { kind: "thread", thread: { threadId, seq } })
    ),
  );
}
