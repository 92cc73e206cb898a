import type { Thread } from "../../shared/api.ts";
import type { Message } from "../../shared/chat.ts";
import type { PhotoUpload } from "../../shared/dock.ts";
import type { NewReport } from "../../shared/report.ts";
import type { WaterRoom } from "../room/connect-water.ts";
import { ApiFailure } from "./http.ts";
import type { Http, Page } from "./http.ts";

/** As long as a picture may take to leave. */
const UPLOAD_MS = 120_000;

/** One's conversations, the latest first. */
export function listThreads(
  http: Http,
  cursor?: string,
  signal?: AbortSignal,
): Promise<Page<Thread>> {
  return http.get("threads", { cursor, limit: 50 }, signal);
}

export function readThread(http: Http, id: string, signal?: AbortSignal): Promise<Thread> {
  return http.get(`threads/${encodeURIComponent(id)}`, undefined, signal);
}

/** The conversation with a dock's host: the one there is, or a new one. */
export function openThread(http: Http, dockId: number, idempotencyKey: string): Promise<Thread> {
  return http.send("POST", "threads", { body: { dockId }, idempotencyKey });
}

/** Messages older than `before`, or the newest. */
export function readHistory(
  http: Http,
  id: string,
  before?: number,
  signal?: AbortSignal,
): Promise<Page<Message>> {
  return http.get(`threads/${id}/messages`, { before, limit: 50 }, signal);
}

/** Brings a picture to the store, for a message to carry; answers its id. `onPart`: 0 to 1. */
export async function uploadThreadPhoto(
  http: Http,
  threadId: string,
  { file, width, height }: { file: Blob; width: number; height: number },
  onPart: (part: number) => void,
): Promise<string> {
  const body = { contentType: file.type, bytes: file.size, width, height };
  const upload: PhotoUpload = await http.send("POST", `threads/${threadId}/photos`, { body });
  await putFile(upload.uploadUrl, file, onPart);
  return upload.photo.id;
}

/** fetch does not say how much of a body has left. */
function putFile(url: string, file: Blob, onPart: (part: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const fail = () => reject(new ApiFailure("unavailable", "The picture could not be stored"));
    request.open("PUT", url);
    request.setRequestHeader("Content-Type", file.type);
    // A network that swallows what it is given must not hold up the messages behind it for good.
    request.timeout = UPLOAD_MS;
    request.upload.addEventListener("progress", ({ loaded }) => onPart(loaded / file.size));
    request.addEventListener("load", () => request.status < 300 ? resolve() : fail());
    for (const end of ["error", "abort", "timeout"]) request.addEventListener(end, fail);
    request.send(file);
  });
}

/** Blocks somebody one has talked with, or takes the block back. */
export function setPersonBlocked(http: Http, id: string, isBlocked: boolean): Promise<void> {
  return http.send(isBlocked ? "POST" : "DELETE", `people/${id}/block`);
}

/** Tells the administrators of a conversation, or of one of its messages. */
export async function reportThread(http: Http, id: string, body: NewReport): Promise<void> {
  await http.send("POST", `threads/${id}/reports`, { body });
}

/** The live rooms of a view's water; none where it shows too much of it. */
export async function readWaters(
  http: Http,
  { west, south, east, north }: { west: number; south: number; east: number; north: number },
  signal?: AbortSignal,
): Promise<WaterRoom[]> {
  const bbox = [west, south, east, north].map((side) => side.toFixed(4)).join(",");
  return (await http.get<{ rooms: WaterRoom[] }>("realtime/water", { bbox }, signal)).rooms;
}
