import type { Sql } from "../platform/sql.ts";
import { removeBoat } from "./boat-queries.ts";
import { lockOwnBoat } from "./own-boat.ts";

/** Forgets a boat. @throws {Problem} `not-found`, `stale` with the `current` record. */
export async function deleteBoat(
  sql: Sql,
  ownerId: string,
  id: string,
  version: number,
): Promise<void> {
  await sql.transaction(async (tx) => {
    await lockOwnBoat(tx, ownerId, id, version);
    await removeBoat(tx, id);
  });
}
