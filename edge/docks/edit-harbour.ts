import { amenitiesToBits, type Harbour, type HarbourPatch } from "../../shared/dock.ts";
import { applyPatch } from "../../shared/patch.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { refuseIssues } from "./dock-rules.ts";
import {
  isStaff,
  lockHarbour,
  seeHarbour,
  touchDocksOfHarbour,
  updateHarbour,
} from "./harbour-queries.ts";

const ACTION = "Cannot edit harbour";

/**
 * Changes what a patch names. Its docks change with it: each shows the harbour's words.
 *
 * @throws {Problem} `stale` with the `current` record, `invalid`, `forbidden`, `not-found`.
 */
export async function editHarbour(
  sql: Sql,
  person: Person,
  harbourId: number,
  version: number,
  patch: HarbourPatch,
): Promise<Harbour> {
  const fields = Object.keys(patch);
  if (fields.length === 0) {
    refuseIssues(ACTION, [{ path: "", message: "the patch names nothing to change" }]);
  }
  return await sql.transaction(async (tx) => {
    await lockHarbour(tx, harbourId);
    const before = await seeHarbour(tx, harbourId);
    if (person.role !== "admin" && !await isStaff(tx, harbourId, person.id)) {
      throw new Problem("forbidden", `${ACTION}: it belongs to somebody else`);
    }
    if (before.version !== version) {
      throw new Problem("stale", `${ACTION}: it has version ${before.version}`, {
        current: before,
      });
    }
    const after = applyPatch(before, patch);
    await updateHarbour(tx, harbourId, {
      name: after.name,
      place: after.place,
      country: after.country,
      vhf_channel: after.vhfChannel ?? null,
      approach: after.approach,
      facilities: amenitiesToBits(after.facilities),
    });
    await touchDocksOfHarbour(tx, harbourId, { actorId: person.id, harbourId, fields });
    return seeHarbour(tx, harbourId);
  });
}
