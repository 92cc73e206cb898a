import type { Thread } from "../../shared/api.ts";
import type { Http } from "../api/http.ts";
import { listThreads } from "../api/threads-api.ts";
import { readAll } from "./read-all.ts";

/** One's conversations, the one with the newest message above. */
export async function readOwnThreads(http: Http, abort: AbortSignal): Promise<Thread[]> {
  const threads = await readAll((cursor) => listThreads(http, cursor, abort));
  return threads.toSorted((a, b) => Date.parse(momentOf(b)) - Date.parse(momentOf(a)));
}

/** When something last happened in a conversation. */
export function momentOf({ lastMessage, createdAt }: Thread): string {
  return lastMessage?.sentAt ?? createdAt;
}

/** Whom one talks to in a thread. */
export function partnerIn(thread: Pick<Thread, "guest" | "host">, myId: string): Thread["guest"] {
  return thread.guest.id === myId ? thread.host : thread.guest;
}
