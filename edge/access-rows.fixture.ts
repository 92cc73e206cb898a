import { uuidV7 } from "../shared/ids.ts";
import type { newDock } from "./local/test-docks.ts";

/** `removed` was in the thread once; `guest` has the booking, the thread and the boat. */
export const ACTORS = ["anonymous", "stranger", "removed", "guest", "host", "admin"] as const;
export type Actor = (typeof ACTORS)[number];

export const ALL: readonly Actor[] = [...ACTORS];
export const SIGNED_IN: readonly Actor[] = ["stranger", "removed", "guest", "host", "admin"];
export const NOBODY: readonly Actor[] = [];

/** What there is to see or to do. */
export interface World {
  dockId: number;
  draftId: number;
  harbourId: number;
  harbour: Parameters<typeof newDock>[0];
  bookingId: string;
  /** Waits for its payment. */
  heldId: string;
  threadId: string;
  boatId: string;
  /** Blocks another night of the dock. */
  newBlock: () => Promise<string>;
  /** A quote for the guest's boat, for another night. */
  newQuote: () => Promise<{ quote: string; from: string; to: string }>;
}

export interface Ask {
  path: string;
  body?: object;
  headers?: Record<string, string>;
}

export type Row = readonly [
  route: string,
  allowed: readonly Actor[],
  ask: (world: World) => Ask | Promise<Ask>,
];

export const STALE = { "If-Match": '"999999"' };
export const at = (path: string, more: Omit<Ask, "path"> = {}): Ask => ({ path, ...more });
export const unused = () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));

export const MANAGERS = ["host", "admin"] as const;
export const PARTIES = ["guest", "host", "admin"] as const;
export const MEMBERS = ["guest", "host"] as const;
