import type { NewPhoto, PhotoType } from "../../shared/dock.ts";
import type { Sql } from "../platform/sql.ts";

/** A picture that a member may upload, or has. */
export interface ThreadPhoto extends NewPhoto {
  id: string;
  blobKey: string;
}

/** Pictures of a person's in a thread that hang on no message yet. */
export async function countWaiting(
  sql: Sql,
  threadId: string,
  senderId: string,
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*) AS count FROM thread_photo
     WHERE thread_id = $1 AND sender_id = $2 AND client_id IS NULL
       AND created_at > now() - interval '1 hour'`,
    [threadId, senderId],
  );
  return row?.count ?? 0;
}

export async function insertThreadPhoto(
  sql: Sql,
  threadId: string,
  senderId: string,
  photo: ThreadPhoto,
): Promise<void> {
  const { id, blobKey, contentType, bytes, width, height } = photo;
  await sql.query(
    `INSERT INTO thread_photo
       (id, thread_id, sender_id, blob_key, content_type, bytes, width, height)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, threadId, senderId, blobKey, contentType, bytes, width, height],
  );
}

/** A sender's picture that hangs on no message, or on this one. */
export async function selectFreePhoto(
  sql: Sql,
  threadId: string,
  { senderId, photoId, clientId }: { senderId: string; photoId: string; clientId: string },
): Promise<ThreadPhoto | undefined> {
  const [photo] = await sql.query<{
    id: string;
    blobKey: string;
    contentType: PhotoType;
    bytes: number;
    width: number;
    height: number;
  }>(
    `SELECT id, blob_key AS "blobKey", content_type AS "contentType", bytes, width, height
     FROM thread_photo
     WHERE id = $1 AND thread_id = $2 AND sender_id = $3 AND deleted_at IS NULL
       AND coalesce(client_id, $4) = $4`,
    [photoId, threadId, senderId, clientId],
  );
  return photo;
}

/** Hangs a picture on a message; false where another message has it meanwhile. */
export async function bindPhoto(sql: Sql, photoId: string, clientId: string): Promise<boolean> {
  const rows = await sql.query(
    `UPDATE thread_photo SET client_id = $2
     WHERE id = $1 AND deleted_at IS NULL AND coalesce(client_id, $2) = $2 RETURNING 1`,
    [photoId, clientId],
  );
  return rows.length > 0;
}

/** Whether a picture of the thread is there to be seen. */
export async function hasPhoto(sql: Sql, threadId: string, photoId: string): Promise<boolean> {
  const rows = await sql.query(
    `SELECT 1 FROM thread_photo WHERE id = $1 AND thread_id = $2 AND deleted_at IS NULL`,
    [photoId, threadId],
  );
  return rows.length > 0;
}

/** Pictures to be removed from the store: deleted, or a day old and never sent. */
export async function photosToForget(
  sql: Sql,
  limit: number,
): Promise<{ id: string; blobKey: string }[]> {
  return await sql.query<{ id: string; blobKey: string }>(
    `SELECT id, blob_key AS "blobKey" FROM thread_photo
     WHERE deleted_at IS NOT NULL
       OR (client_id IS NULL AND created_at < now() - interval '1 day')
     ORDER BY created_at LIMIT $1`,
    [limit],
  );
}

export async function deletePhotoRow(sql: Sql, photoId: string): Promise<void> {
  await sql.query(`DELETE FROM thread_photo WHERE id = $1`, [photoId]);
}
