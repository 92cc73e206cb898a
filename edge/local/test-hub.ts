import { randomUUID } from "node:crypto";
import { createHub, type Hub } from "../platform/hub.ts";

/** A caller of real rooms, with this process's clock and network. */
export function createTestHub(host: string, secret: string): Hub {
  return createHub({
    host,
    secret,
    fetch: (url, init) => fetch(url, init),
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
}
