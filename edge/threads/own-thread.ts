import type { Thread } from "../../shared/api.ts";
import { Problem } from "../../shared/problem.ts";
import type { Sql } from "../platform/sql.ts";
import { findThread } from "./thread-queries.ts";

/** A thread of the person's. @throws {Problem} `not-found` for another's and for none alike. */
export async function ownThread(sql: Sql, personId: string, id: string): Promise<Thread> {
  const thread = await findThread(sql, personId, id);
  if (!thread) {
    throw new Problem("not-found", "Cannot find thread: there is none of yours by that id");
  }
  return thread;
}

/** The same for whoever wants to write there. @throws {Problem} also `forbidden`. */
export async function writableThread(sql: Sql, personId: string, id: string): Promise<Thread> {
  const thread = await ownThread(sql, personId, id);
  if (thread.isClosed || thread.isBlocked) {
    throw new Problem(
      "forbidden",
      thread.isBlocked
        ? "Cannot write: you have blocked the other one"
        : "Cannot write: this conversation is closed",
    );
  }
  return thread;
}
