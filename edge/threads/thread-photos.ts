import type { NewPhoto, PhotoUpload } from "../../shared/dock.ts";
import { isUuid } from "../../shared/ids.ts";
import type { MessagePhoto } from "../../shared/chat.ts";
import { Problem } from "../../shared/problem.ts";
import type { Deps } from "../deps.ts";
import { PHOTO_ENDINGS, readHead, sniffPhotoType } from "../docks/photo-bytes.ts";
import type { Blobs, StoredBlob } from "../platform/blobs.ts";
import type { Sql } from "../platform/sql.ts";
import {
  bindPhoto,
  countWaiting,
  deletePhotoRow,
  hasPhoto,
  insertThreadPhoto,
  photosToForget,
  selectFreePhoto,
  type ThreadPhoto,
} from "./photo-queries.ts";

const UPLOAD_SECONDS = 15 * 60;
/** Pictures that one person may have on their way in one conversation. */
const MAX_WAITING = 20;
/** Pictures that one tick removes from the store. */
const FORGET_A_TICK = 20;

/** Lets a member upload a picture; it is seen once a message carries it. @throws {Problem} `invalid`. */
export async function announcePhoto(
  sql: Sql,
  blobs: Blobs,
  ask: { threadId: string; senderId: string; photoId: string; photo: NewPhoto; nowMs: number },
): Promise<PhotoUpload> {
  const { threadId, senderId, photoId, photo, nowMs } = ask;
  if (await countWaiting(sql, threadId, senderId) >= MAX_WAITING) {
    const message = `${MAX_WAITING} pictures are on their way already`;
    throw new Problem("invalid", `Cannot add photo: ${message}`, {
      issues: [{ path: "", message }],
    });
  }
  const { contentType, bytes, width, height } = photo;
  const blobKey = `threads/${threadId}/${photoId}.${PHOTO_ENDINGS[contentType]}`;
  await insertThreadPhoto(sql, threadId, senderId, { id: photoId, blobKey, ...photo });
  return {
    uploadUrl: await blobs.presignPut({
      key: blobKey,
      contentType,
      bytes,
      expiresSeconds: UPLOAD_SECONDS,
    }),
    expiresAt: new Date(nowMs + UPLOAD_SECONDS * 1_000).toISOString(),
    photo: { id: photoId, url: urlOf(threadId, blobKey), width, height },
  };
}

/**
 * Hangs a sender's picture on a message, once it is in the store and is what was announced.
 *
 * @throws {Problem} `not-found` where it is not theirs, not there, or another message's.
 */
export async function attachPhoto(
  sql: Sql,
  blobs: Blobs,
  threadId: string,
  ask: { senderId: string; photoId: string; clientId: string },
): Promise<MessagePhoto> {
  const isName = isUuid(ask.photoId) && isUuid(ask.senderId);
  const photo = isName ? await selectFreePhoto(sql, threadId, ask) : undefined;
  if (!photo || !await isStored(blobs, photo) || !await bindPhoto(sql, photo.id, ask.clientId)) {
    throw new Problem("not-found", "Cannot attach photo: it was not uploaded to this thread");
  }
  const { id, blobKey, width, height } = photo;
  return { id, url: urlOf(threadId, blobKey), width, height };
}

async function isStored(blobs: Blobs, photo: ThreadPhoto): Promise<boolean> {
  const blob = await blobs.get(photo.blobKey);
  if (blob === undefined) return false;
  const isSameType = sniffPhotoType(await readHead(blob)) === photo.contentType;
  return isSameType && (blob.bytes === undefined || blob.bytes === photo.bytes);
}

const FILE = /^([0-9a-f-]{36})\.(?:jpg|png|webp|avif)$/;

/** A picture's file; undefined where there is none, or it was taken back. */
export async function readPhoto(
  { sql, blobs }: Pick<Deps, "sql" | "blobs">,
  threadId: string,
  file: string,
): Promise<StoredBlob | undefined> {
  const photoId = FILE.exec(file)?.[1] ?? "";
  if (!isUuid(photoId) || !await hasPhoto(sql, threadId, photoId)) return undefined;
  return await blobs.get(`threads/${threadId}/${file}`);
}

/** Removes pictures that were taken back or never sent; what fails stays for the next time. */
export async function forgetPhotos({ sql, blobs }: Pick<Deps, "sql" | "blobs">): Promise<number> {
  const gone = await photosToForget(sql, FORGET_A_TICK);
  for (const { id, blobKey } of gone) {
    await blobs.delete(blobKey);
    await deletePhotoRow(sql, id);
  }
  return gone.length;
}

function urlOf(threadId: string, blobKey: string): string {
  return `/api/threads/${threadId}/photos/${blobKey.slice(blobKey.lastIndexOf("/") + 1)}`;
}
