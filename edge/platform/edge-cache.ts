/**
 * The runtime's own cache, nearer than any that processes share: bytes by name. What it has lost,
 * or cannot say, is found elsewhere; it never fails.
 */
export interface EdgeCache {
  /** The names' bytes, undefined where it has none. */
  getMany(names: readonly string[]): Promise<(Uint8Array<ArrayBuffer> | undefined)[]>;
  /** Keeps bytes for so many seconds. */
  setMany(
    entries: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[],
    ttlSeconds: number,
  ): Promise<void>;
}

/** What the runtimes' Cache APIs have in common. */
export interface RuntimeCache {
  match(url: string): Promise<Response | undefined>;
  put(url: string, response: Response): Promise<void>;
}

/** Opens the cache of an area, whose entries mean nothing in another one. */
export type OpenRuntimeCache = (area: string) => Promise<RuntimeCache>;

/** When an entry is too old: Deno's Cache API has no notion of age, workerd's one of its own. */
const UNTIL_HEADER = "X-Until-Ms";

/** The edge cache of an area on a runtime's Cache API. */
export function createEdgeCache(
  area: string,
  open: OpenRuntimeCache,
  now: () => number,
): EdgeCache {
  let opened: Promise<RuntimeCache> | undefined;
  // No such host can be: nothing is ever asked there.
  const urlOf = (name: string) => `https://cache.invalid/${area}/${name}`;

  async function use<T>(work: (cache: RuntimeCache) => Promise<T>): Promise<T | undefined> {
    try {
      return await work(await (opened ??= open(area)));
    } catch {
      // The runtimes throw what they like, also where another process has deleted the cache.
      opened = undefined;
      return undefined;
    }
  }

  return {
    async getMany(names) {
      return await Promise.all(names.map((name) =>
        use(async (cache) => {
          const response = await cache.match(urlOf(name));
          if (!response) return undefined;
          const bytes = new Uint8Array(await response.arrayBuffer());
          return Number(response.headers.get(UNTIL_HEADER)) > now() ? bytes : undefined;
        })
      ));
    },

    async setMany(entries, ttlSeconds) {
      const headers = {
        "Cache-Control": `max-age=${ttlSeconds}`,
        [UNTIL_HEADER]: String(now() + ttlSeconds * 1_000),
      };
      for (const [name, bytes] of entries) {
        await use((cache) => cache.put(urlOf(name), new Response(bytes, { headers })));
      }
    },
  };
}
