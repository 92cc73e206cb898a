import * as z from "zod/mini";

/** What the build says of itself at `/shell.json`: the first script, and what pages need of it. */
export const Shell = z.object({ entry: z.string(), files: z.array(z.string()) });
export type Shell = z.infer<typeof Shell>;

export const SHELL_PATH = "/shell.json";
/** One page serves all addresses. */
const PAGE = "/";
const PREFIX = "dokkerr-shell-";
/** The one in use, and the one that open pages may still be of. */
const MOST_SHELLS = 2;

export interface ShellDeps {
  caches: CacheStorage;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
}

export interface ShellCache {
  /** Brings the newest shell to this device, all of it or nothing; `entry` is its first script. */
  renew(): Promise<string>;
  /** The page of the newest shell that is here. */
  page(): Promise<Response | undefined>;
  file(request: Request): Promise<Response | undefined>;
}

/** The client's own files, a cache for each build. */
export function createShellCache({ caches, fetch }: ShellDeps): ShellCache {
  async function names(): Promise<string[]> {
    return (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  }

  async function read(path: string, init?: RequestInit): Promise<Response> {
    const response = await fetch(path, init);
    if (!response.ok) throw new Error(`Cannot keep shell: ${path} answered ${response.status}`);
    return response;
  }

  return {
    async renew() {
      const { entry, files } = Shell.parse(
        await (await read(SHELL_PATH, { cache: "no-cache" })).json(),
      );
      const page = await read(PAGE, { cache: "no-cache" });
      const html = await page.clone().text();
      if (!html.includes(entry)) throw new Error("Cannot keep shell: a newer one is on its way");
      const name = PREFIX + entry;
      const known = await names();
      const cache = await caches.open(name);
      if (!await cache.match(PAGE, { ignoreVary: true })) {
        const staged = await Promise.all(
          files.map(async (path) => [path, await read(path)] as const),
        );
        for (const [path, response] of staged) await cache.put(path, response);
      }
      // Last: a cache without a page is no shell.
      await cache.put(PAGE, page);
      const at = known.includes(name) ? known.indexOf(name) : known.length;
      // A build that was taken back must not be found before the one that took its place.
      for (
        const other of [...known.slice(0, at).slice(0, 1 - MOST_SHELLS), ...known.slice(at + 1)]
      ) {
        await caches.delete(other);
      }
      return entry;
    },
    async page() {
      for (const name of (await names()).toReversed()) {
        const page = await (await caches.open(name)).match(PAGE, { ignoreVary: true });
        if (page) return page;
      }
      return undefined;
    },
    async file(request) {
      for (const name of (await names()).toReversed()) {
        const file = await (await caches.open(name)).match(request, { ignoreVary: true });
        if (file) return file;
      }
      return undefined;
    },
  };
}
