/** When an answer that is kept was given, by the server's clock: ISO 8601. */
export const AS_OF = "Dokkerr-As-Of";

export interface AnswerDeps {
  caches: CacheStorage;
  fetch: (request: Request) => Promise<Response>;
  /** Settles after so many ms. */
  pause: (ms: number) => Promise<void>;
}

export interface KeptAnswers {
  /** The newest answer; the kept one where there is no network, or where it takes too long. */
  freshFirst(request: Request, patienceMs: number): Promise<Response>;
  /** The kept answer, which never changes, else the newest. */
  keptFirst(request: Request): Promise<Response>;
  /** Forgets all, and whatever is still on its way. */
  forget(): Promise<void>;
}

/** Statuses of what was deleted, or is not this person's any more. */
const GONE = new Set([403, 404, 410]);
/** Statuses of a server, or what is before it, that is away for the moment. */
const AWAY = new Set([502, 503, 504]);

/** GET answers in one cache, at most so many: the longest unrenewed go first. */
export function createKeptAnswers(
  { caches, fetch, pause }: AnswerDeps,
  name: string,
  most: number,
): KeptAnswers {
  let epoch = 0;

  async function kept(request: Request): Promise<Response | undefined> {
    try {
      // Languages and encodings are told apart by whoever made the address.
      return await (await caches.open(name)).match(request, { ignoreVary: true });
    } catch {
      return undefined;
    }
  }

  async function keep(request: Request, response: Response, begun: number): Promise<void> {
    try {
      const headers = new Headers(response.headers);
      const date = Date.parse(headers.get("Date") ?? "");
      headers.set(AS_OF, new Date(Number.isNaN(date) ? Date.now() : date).toISOString());
      const body = await response.arrayBuffer();
      if (begun !== epoch) return;
      const cache = await caches.open(name);
      await cache.put(request, new Response(body, { status: response.status, headers }));
      const keys = await cache.keys();
      for (const oldest of keys.slice(0, Math.max(0, keys.length - most))) {
        await cache.delete(oldest);
      }
    } catch {
      // Storage full or refused: the answer serves now, and is not there without a network.
    }
  }

  async function drop(request: Request): Promise<void> {
    try {
      await (await caches.open(name)).delete(request, { ignoreVary: true });
    } catch {
      // Storage refused: nothing is kept in it either.
    }
  }

  async function fresh(request: Request): Promise<Response> {
    const begun = epoch;
    const response = await fetch(request);
    if (response.status === 200) void keep(request, response.clone(), begun);
    else if (GONE.has(response.status)) void drop(request);
    return response;
  }

  return {
    async freshFirst(request, patienceMs) {
      const answer = fresh(request);
      const old = await kept(request);
      if (!old) return await answer;
      const first = await Promise.race([
        answer.catch(() => undefined),
        pause(patienceMs).then(() => undefined),
      ]);
      return first && !AWAY.has(first.status) ? first : old;
    },
    keptFirst: async (request) => await kept(request) ?? await fresh(request),
    async forget() {
      epoch++;
      await caches.delete(name);
    },
  };
}
