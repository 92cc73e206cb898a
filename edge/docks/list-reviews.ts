import type { Sql } from "../platform/sql.ts";
import { type Reader, seeDock } from "./dock-access.ts";

/**
 * What guests wrote of a dock: nothing yet, for nobody can write a review.
 *
 * @throws {Problem} `not-found`.
 */
export async function listReviews(sql: Sql, reader: Reader, dockId: number): Promise<never[]> {
  await seeDock(sql, reader, dockId);
  return [];
}
