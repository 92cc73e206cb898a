import type { Thread } from "../../shared/api.ts";
import type { Http } from "../api/http.ts";
import { openThread } from "../api/threads-api.ts";

/** The conversation with a dock's host, made where there was none. */
export function openThreadWithHost(http: Http, dockId: number, key: string): Promise<Thread> {
  return openThread(http, dockId, key);
}
