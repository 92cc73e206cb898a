/** Caches as a browser has them, as far as the worker uses them: Node has none. */
export function createFakeCaches(): CacheStorage {
  const caches = new Map<string, Map<string, Response>>();
  const urlOf = (request: RequestInfo | URL) =>
    new URL(request instanceof Request ? request.url : String(request), "http://localhost").href;

  function open(name: string) {
    const entries = caches.get(name) ?? new Map<string, Response>();
    caches.set(name, entries);
    return {
      match: (request: RequestInfo) => Promise.resolve(entries.get(urlOf(request))?.clone()),
      put(request: RequestInfo, response: Response) {
        const url = urlOf(request);
        // What is put again goes to the end, as the specification says it.
        entries.delete(url);
        entries.set(url, response);
        return Promise.resolve();
      },
      keys: () => Promise.resolve([...entries.keys()].map((url) => new Request(url))),
      delete: (request: RequestInfo) => Promise.resolve(entries.delete(urlOf(request))),
    };
  }

  // Only these parts of the interface are asked for.
  return {
    open: (name: string) => Promise.resolve(open(name)),
    keys: () => Promise.resolve([...caches.keys()]),
    has: (name: string) => Promise.resolve(caches.has(name)),
    delete: (name: string) => Promise.resolve(caches.delete(name)),
  } as unknown as CacheStorage;
}
