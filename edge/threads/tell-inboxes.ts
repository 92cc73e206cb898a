import type { Deps } from "../deps.ts";
import { threadMembers } from "./thread-queries.ts";

/**
 * Tells each member's inbox that a thread has news up to a seq. It is a hint to look, and may be
 * lost: an inbox that opens reads its threads from Postgres.
 */
export async function tellInboxes(
  { sql, hub }: Pick<Deps, "sql" | "hub">,
  threadId: string,
  seq: number,
): Promise<void> {
  const list = await threadMembers(sql, threadId);
  await Promise.all(
    (list?.members ?? []).map(({ userId }) =>
      hub.publish("inbox", userId, { kind: "thread", thread: { threadId, seq } })
    ),
  );
}
