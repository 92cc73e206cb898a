import { HostDock, NewPhoto, PhotoUpload } from "../../shared/dock.ts";
import { isUuid, uuidV7 } from "../../shared/ids.ts";
import { Problem } from "../../shared/problem.ts";
import type { Deps } from "../deps.ts";
import { personEndpoint, publicEndpoint, Reply } from "../http/endpoint.ts";
import { idParam, uuidParam } from "../http/query.ts";
import { createPhoto } from "./create-photo.ts";
import { removePhoto } from "./remove-photo.ts";
import { noted } from "./dock-routes.ts";
import { showPhoto } from "./show-photo.ts";

export const postPhoto = personEndpoint({
  summary: "Announce a photo of a dock: answers where to PUT it",
  body: NewPhoto,
  answer: PhotoUpload,
  status: 201,
  async handle({ deps, sql, person, params, body, nowMs, background }) {
    const photoId = uuidV7(nowMs, deps.randomBytes(10));
    const dockId = idParam(params, "id");
    const { upload, abandonedKeys } = await createPhoto(sql, deps.blobs, person, {
      dockId,
      photoId,
      photo: body,
      nowMs,
    });
    background(forget(deps, abandonedKeys));
    return upload;
  },
});

export const postPhotoShow = personEndpoint({
  summary: "Show a photo that has been uploaded",
  answer: HostDock,
  handle: ({ deps, sql, person, params }) =>
    noted(
      deps,
      showPhoto(sql, deps.blobs, person, idParam(params, "id"), uuidParam(params, "photoId")),
    ),
});

export const deletePhoto = personEndpoint({
  summary: "Remove a photo of a dock",
  status: 204,
  async handle({ deps, sql, person, params, background }) {
    const [dockId, photoId] = [idParam(params, "id"), uuidParam(params, "photoId")];
    const blobKey = await noted(deps, removePhoto(sql, person, dockId, photoId));
    background(forget(deps, [blobKey]));
    return new Reply(undefined, 204);
  },
});

const PHOTO_FILE = /^([0-9a-f-]{36})\.(jpg|png|webp|avif)$/;

export const getPhoto = publicEndpoint({
  summary: "A photo's file; its URL never changes content",
  async handle({ deps, params }) {
    const { file = "" } = params;
    const dockId = idParam(params, "dockId");
    const isFile = isUuid(PHOTO_FILE.exec(file)?.[1] ?? "");
    const blob = isFile ? await deps.blobs.get(`docks/${dockId}/${file}`) : undefined;
    if (blob === undefined) throw new Problem("not-found", "Cannot find photo: there is none");
    const headers = new Headers({
      "Content-Type": blob.contentType,
      "Cache-Control": "public, max-age=31536000, immutable",
      // A file that a host uploaded is a picture and never a page.
      "Content-Security-Policy": "default-src 'none'; sandbox",
    });
    if (blob.bytes !== undefined) headers.set("Content-Length", String(blob.bytes));
    if (blob.tag !== undefined) headers.set("ETag", blob.tag);
    return new Response(blob.body, { headers });
  },
});

async function forget({ blobs }: Pick<Deps, "blobs">, keys: readonly string[]): Promise<void> {
  await Promise.all(keys.map((key) => blobs.delete(key)));
}
