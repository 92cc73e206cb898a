import type { NewPhoto } from "../../shared/dock.ts";
import { onlyRow, type Sql } from "../platform/sql.ts";

/** A picture that may be uploaded, as its host announced it. */
export interface PendingPhoto extends NewPhoto {
  id: string;
  blobKey: string;
}

/** Keeps others from adding pictures to a dock until the transaction ends. */
export async function lockPhotos(tx: Sql, dockId: number): Promise<void> {
  await tx.query("SELECT FROM dock WHERE id = $1 FOR NO KEY UPDATE", [dockId]);
}

/** How many pictures a dock has, with those that are on their way since an hour at most. */
export async function countPhotos(sql: Sql, dockId: number): Promise<number> {
  return onlyRow(
    await sql.query<{ count: number }>(
      `SELECT (SELECT count(*) FROM photo WHERE dock_id = $1)
         + (SELECT count(*) FROM photo_upload
            WHERE dock_id = $1 AND created_at > now() - interval '1 hour') AS count`,
      [dockId],
    ),
  ).count;
}

/** Notes a picture that is on its way. */
export async function insertUpload(sql: Sql, dockId: number, photo: PendingPhoto): Promise<void> {
  await sql.query(
    `INSERT INTO photo_upload (id, dock_id, blob_key, content_type, bytes, width, height)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      photo.id,
      dockId,
      photo.blobKey,
      photo.contentType,
      photo.bytes,
      photo.width,
      photo.height,
    ],
  );
}

/** Gives up a dock's pictures that never came; answers their keys in the store. */
export async function deleteAbandonedUploads(sql: Sql, dockId: number): Promise<string[]> {
  const rows = await sql.query<{ blob_key: string }>(
    `DELETE FROM photo_upload WHERE dock_id = $1 AND created_at < now() - interval '1 day'
     RETURNING blob_key`,
    [dockId],
  );
  return rows.map((row) => row.blob_key);
}

/** A picture on its way to a dock. */
export async function selectUpload(
  sql: Sql,
  dockId: number,
  photoId: string,
): Promise<PendingPhoto | undefined> {
  const rows = await sql.query<PendingPhoto>(
    `SELECT id, blob_key AS "blobKey", content_type AS "contentType", bytes, width, height
     FROM photo_upload WHERE dock_id = $1 AND id = $2`,
    [dockId, photoId],
  );
  return rows[0];
}

/** Shows a picture that has come, after the others; false where it was shown already. */
export async function showUpload(sql: Sql, dockId: number, photoId: string): Promise<boolean> {
  const rows = await sql.query(
    `WITH came AS (DELETE FROM photo_upload WHERE dock_id = $1 AND id = $2 RETURNING *)
     INSERT INTO photo (id, dock_id, blob_key, content_type, width, height, rank)
     SELECT id, dock_id, blob_key, content_type, width, height,
       (SELECT coalesce(max(rank) + 1, 0) FROM photo WHERE dock_id = $1)
     FROM came RETURNING id`,
    [dockId, photoId],
  );
  return rows.length > 0;
}

/** Removes a picture; answers its key in the store, undefined where the dock has none such. */
export async function deletePhotoRow(
  sql: Sql,
  dockId: number,
  photoId: string,
): Promise<string | undefined> {
  const rows = await sql.query<{ blob_key: string }>(
    "DELETE FROM photo WHERE dock_id = $1 AND id = $2 RETURNING blob_key",
    [dockId, photoId],
  );
  return rows[0]?.blob_key;
}
