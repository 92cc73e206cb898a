import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock } from "./dock-access.ts";
import { bumpDock } from "./dock-queries.ts";
import { deletePhotoRow } from "./photo-queries.ts";

const ACTION = "Cannot remove photo";

/**
 * Takes a picture off a dock; answers its key, for the store to forget it afterwards.
 *
 * @throws {Problem} `forbidden`, `not-found`.
 */
export function removePhoto(
  sql: Sql,
  person: Person,
  dockId: number,
  photoId: string,
): Promise<string> {
  return sql.transaction(async (tx) => {
    const { calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    const blobKey = await deletePhotoRow(tx, dockId, photoId);
    if (blobKey === undefined) {
      throw new Problem("not-found", `${ACTION}: the dock has no photo ${photoId}`);
    }
    await bumpDock(tx, dockId);
    await recordDockEvent(tx, {
      dockId,
      version: calendarVersion,
      kind: "dock.edited",
      body: { actorId: person.id, fields: ["photos"] },
    });
    return blobKey;
  });
}
