import type { HostDock } from "../../shared/dock.ts";
import { Problem } from "../../shared/problem.ts";
import type { Person } from "../identity/identity.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Sql } from "../platform/sql.ts";
import { recordDockEvent } from "./change-queries.ts";
import { lockManagedDock, readHostDock, seeManagedDock } from "./dock-access.ts";
import { bumpDock } from "./dock-queries.ts";
import { refuseIssues } from "./dock-rules.ts";
import { readHead, sniffPhotoType } from "./photo-bytes.ts";
import { type PendingPhoto, selectUpload, showUpload } from "./photo-queries.ts";

const ACTION = "Cannot show photo";

/**
 * Shows a picture of a dock once it is in the store and is what was announced. Asked again, it
 * answers the dock as it is.
 *
 * @throws {Problem} `not-found`, `invalid` where the file is missing or another, `forbidden`.
 */
export async function showPhoto(
  sql: Sql,
  blobs: Blobs,
  person: Person,
  dockId: number,
  photoId: string,
): Promise<HostDock> {
  const dock = await seeManagedDock(sql, person, dockId, ACTION);
  if (dock.photos.some((photo) => photo.id === photoId)) return readHostDock(sql, person, dockId);
  const pending = await selectUpload(sql, dockId, photoId);
  if (pending === undefined) {
    throw new Problem("not-found", `${ACTION}: the dock expects no photo ${photoId}`);
  }
  // Before the transaction: it must not wait for the store.
  await checkFile(blobs, pending);
  return sql.transaction(async (tx) => {
    const { calendarVersion } = await lockManagedDock(tx, person, dockId, ACTION);
    if (await showUpload(tx, dockId, photoId)) {
      await bumpDock(tx, dockId);
      await recordDockEvent(tx, {
        dockId,
        version: calendarVersion,
        kind: "dock.edited",
        body: { actorId: person.id, fields: ["photos"] },
      });
    }
    return readHostDock(tx, person, dockId);
  });
}

async function checkFile(blobs: Blobs, photo: PendingPhoto): Promise<void> {
  const blob = await blobs.get(photo.blobKey);
  if (blob === undefined) {
    return refuseIssues(ACTION, [{ path: "", message: "the file has not been uploaded" }]);
  }
  const head = await readHead(blob);
  if (sniffPhotoType(head) !== photo.contentType) {
    refuseIssues(ACTION, [{ path: "contentType", message: "is not what the file is" }]);
  }
  if (blob.bytes !== undefined && blob.bytes !== photo.bytes) {
    refuseIssues(ACTION, [{ path: "bytes", message: "is not how long the file is" }]);
  }
}
