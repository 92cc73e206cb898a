import type { Boat, BoatPatch } from "../../shared/boat.ts";
import { applyPatch } from "../../shared/patch.ts";
import type { Sql } from "../platform/sql.ts";
import { updateBoat } from "./boat-queries.ts";
import { checkBoat, lockOwnBoat } from "./own-boat.ts";

/**
 * Changes what a patch names of a boat; bookings keep the boat that was agreed.
 *
 * @throws {Problem} `not-found`, `stale` with the `current` record, `invalid`.
 */
export async function editBoat(
  sql: Sql,
  ownerId: string,
  id: string,
  version: number,
  patch: BoatPatch,
): Promise<Boat> {
  return await sql.transaction(async (tx) => {
    const { id: _, version: __, ...before } = await lockOwnBoat(tx, ownerId, id, version);
    const after = applyPatch(before, patch);
    checkBoat(after);
    return await updateBoat(tx, id, after);
  });
}
