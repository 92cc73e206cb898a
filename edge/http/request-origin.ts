import { Problem } from "../../shared/problem.ts";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

/** Whether a URL's host is this machine. */
export function isLoopback(url: string): boolean {
  return URL.canParse(url) && LOOPBACK.has(new URL(url).hostname);
}

/**
 * Refuses a write that another site's page asks for with the visitor's cookie. A request without
 * `Origin` is no browser's: it carries only what its caller gave it.
 */
export function checkOrigin(request: Request, publicUrl: string): void {
  const origin = request.headers.get("Origin");
  if (origin === null || SAFE.has(request.method) || isOwnOrigin(origin, publicUrl)) return;
  throw new Problem("forbidden", `Cannot do that: the request came from a page of ${origin}`);
}

function isOwnOrigin(origin: string, publicUrl: string): boolean {
  const own = new URL(publicUrl);
  if (origin === own.origin) return true;
  if (!LOOPBACK.has(own.hostname) || !isLoopback(origin)) return false;
  const other = new URL(origin);
  return other.port === own.port && other.protocol === own.protocol;
}
