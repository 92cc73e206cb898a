import type { NewPhoto, PhotoUpload } from "../../shared/dock.ts";
import type { Person } from "../identity/identity.ts";
import type { Blobs } from "../platform/blobs.ts";
import type { Sql } from "../platform/sql.ts";
import { seeManagedDock } from "./dock-access.ts";
import { refuseIssues } from "./dock-rules.ts";
import { PHOTO_ENDINGS } from "./photo-bytes.ts";
import { countPhotos, deleteAbandonedUploads, insertUpload, lockPhotos } from "./photo-queries.ts";
import { photoUrl } from "./photo-url.ts";

const ACTION = "Cannot add photo";
const MAX_PHOTOS = 12;
const UPLOAD_SECONDS = 15 * 60;

export interface PhotoAnnouncement {
  upload: PhotoUpload;
  /** Keys of pictures that were announced and never shown: to be removed from the store. */
  abandonedKeys: string[];
}

/**
 * Lets a host upload one picture of a dock to the store. Nobody sees it before `showPhoto`.
 *
 * @throws {Problem} `invalid` beyond 12 pictures, `forbidden`, `not-found`.
 */
export async function createPhoto(
  sql: Sql,
  blobs: Blobs,
  person: Person,
  ask: { dockId: number; photoId: string; photo: NewPhoto; nowMs: number },
): Promise<PhotoAnnouncement> {
  const { dockId, photoId, photo, nowMs } = ask;
  const { contentType, bytes, width, height } = photo;
  const blobKey = `docks/${dockId}/${photoId}.${PHOTO_ENDINGS[contentType]}`;
  const abandonedKeys = await sql.transaction(async (tx) => {
    await seeManagedDock(tx, person, dockId, ACTION);
    await lockPhotos(tx, dockId);
    if (await countPhotos(tx, dockId) >= MAX_PHOTOS) {
      refuseIssues(ACTION, [{ path: "", message: `a dock has ${MAX_PHOTOS} photos at most` }]);
    }
    await insertUpload(tx, dockId, { id: photoId, blobKey, ...photo });
    return deleteAbandonedUploads(tx, dockId);
  });
  const uploadUrl = await blobs.presignPut({
    key: blobKey,
    contentType,
    bytes,
    expiresSeconds: UPLOAD_SECONDS,
  });
  return {
    upload: {
      uploadUrl,
      expiresAt: new Date(nowMs + UPLOAD_SECONDS * 1_000).toISOString(),
      photo: { id: photoId, url: photoUrl(blobKey), width, height },
    },
    abandonedKeys,
  };
}
