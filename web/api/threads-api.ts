import type { Thread } from "../../shared/api.ts";
import type { Http, Page } from "./http.ts";

/** A message as the API's history gives it. */
export interface StoredMessage {
  seq: number;
  id: string;
  clientId: string;
  senderId: string;
  text: string;
  sentAt: string;
}

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
): Promise<Page<StoredMessage>> {
  return http.get(`threads/${id}/messages`, { before, limit: 50 }, signal);
}
