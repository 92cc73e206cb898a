import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";

/** Where in the product one is. `arrival` tells how: a step forth, a changed detail, a step back. */
export interface Location {
  url: string;
  path: string;
  query: Readonly<Record<string, string>>;
  arrival: "load" | "push" | "replace" | "pop";
}

/** The part of the browser's history that is used. */
export interface HistoryPort {
  /** Path and query of the current entry. */
  url(): string;
  push(url: string): void;
  replace(url: string): void;
}

export interface Router {
  location: Signal<Location>;
  /** Opens an address of the product; `isReplacing` where going back must not lead here. */
  go(url: string, isReplacing?: boolean): void;
  /** The person went back or forth. */
  popped(): void;
}

export function createRouter(history: HistoryPort): Router {
  const location = signal(read(history.url(), "load"));
  return {
    location,
    go(url, isReplacing = false) {
      if (url === location.value.url) return;
      if (isReplacing) history.replace(url);
      else history.push(url);
      location.value = read(url, isReplacing ? "replace" : "push");
    },
    popped() {
      location.value = read(history.url(), "pop");
    },
  };
}

function read(url: string, arrival: Location["arrival"]): Location {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  return {
    url,
    path: pathname.replace(/(.)\/+$/, "$1"),
    query: Object.fromEntries(searchParams),
    arrival,
  };
}

/** The values of a pattern's `:names` in a path; undefined where it is another path. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [i, part] of wanted.entries()) {
    if (part.startsWith(":") && given[i]) params[part.slice(1)] = decode(given[i]);
    else if (part !== given[i]) return undefined;
  }
  return params;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** A way back that an address carries, if it stays inside of the product. */
export function safeBack(back: string | undefined): string {
  return back && /^\/(?![/\\])/.test(back) ? back : "/";
}
