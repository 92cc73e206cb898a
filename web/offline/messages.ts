/**
 * What the worker tells a page: that it was answered from this device, and as of when (ISO 8601;
 * null where the network answered again), or that the API is too new for this client.
 */
export type KeptNews = { type: "kept"; asOf: string | null } | { type: "too-old" };

/** What a page tells the worker. */
export type PageNews =
  /** It searched before the worker was there. */
  { type: "searched"; query: string };

/** Asks the worker for what this device knows, at once and of nobody else. */
export const ONLY_KEPT = "Dokkerr-Only-Kept";
