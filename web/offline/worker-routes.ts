/** How the worker answers a request: see worker.ts. */
export type RequestKind = "pass" | "page" | "file" | "photo" | "search" | "record" | "session";

/** What of a request decides it. */
export interface AskedRequest {
  method: string;
  url: string;
  mode: string;
}

/** Offers, tickets, what pays, leaves that are kept elsewhere, files to save, and descriptions. */
const NEVER_KEPT =
  /^\/api\/(auth\/|realtime\/|docks\/tiles|docks\/\d+\/quote|bookings\/[^/]+\/payment|statements\.csv|openapi|reference)|^\/(internal|healthz|readyz|metrics)/;
/** Named by their content, or as good as that: a new one has another name. */
const FILE = /^\/(assets|land)\/|^\/(icon[\w-]*\.(svg|png)|manifest\.webmanifest)$/;

/** What a request of a page is to the worker. */
export function kindOf({ method, url, mode }: AskedRequest, origin: string): RequestKind {
  const { origin: asked, pathname, searchParams } = new URL(url);
  if (asked !== origin) return "pass";
  // Whoever signs in or out must not find what another person read here.
  if (method === "POST" && pathname.startsWith("/api/auth/sign-")) return "session";
  if (method !== "GET" || NEVER_KEPT.test(pathname)) return "pass";
  if (pathname.startsWith("/api/photos/")) return "photo";
  if (pathname === "/api/docks" && !searchParams.has("host")) return "search";
  if (pathname.startsWith("/api/")) return "record";
  if (FILE.test(pathname)) return "file";
  return mode === "navigate" && !/\.[a-z0-9]+$/i.test(pathname) ? "page" : "pass";
}
