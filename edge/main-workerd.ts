import { AsyncLocalStorage } from "node:async_hooks";
import { type App, createApp } from "./app.ts";
import { assemble } from "./assemble.ts";
import { parseConfig } from "./config.ts";
import type { Deps } from "./deps.ts";
import { createLatePlaces } from "./docks/late-places.ts";
import type { RuntimeCache } from "./platform/edge-cache.ts";
import { createNeonSql } from "./platform/neon-sql.ts";

/** What this root uses of workerd's ExecutionContext. */
interface Execution {
  waitUntil(work: Promise<unknown>): void;
}

/** A tenth of an isolate's memory is not worth a tile; more would leave none for answers. */
const TILE_BYTES = 48 * 1024 * 1024;

/** The data centre's cache, which is workerd's own addition. */
declare const caches: { default: RuntimeCache };

/** Whose request is being answered: work that goes on after it must be tied to it. */
const executions = new AsyncLocalStorage<Execution>();

let app: App | undefined;

const log: Deps["log"] = (level, message, fields = {}) => {
  console.log(JSON.stringify({ at: new Date().toISOString(), level, message, ...fields }));
};

function background(work: Promise<unknown>): void {
  const watched = work.catch((error: unknown) => {
    log("error", "work failed", { error: String(error) });
  });
  executions.getStore()?.waitUntil(watched);
}

/** One app an isolate, so that its tiles stay warm; it holds no connection between requests. */
function makeApp(bindings: Readonly<Record<string, unknown>>): App {
  const env = Object.entries(bindings).filter((entry): entry is [string, string] =>
    typeof entry[1] === "string"
  );
  const config = parseConfig(Object.fromEntries(env));
  const { url, gateway, replicaUrls } = config.database;
  const connect = (databaseUrl: string) => createNeonSql({ databaseUrl, gateway, poolSize: 0 });
  const sql = connect(url);
  // No file of city names here: places are the harbours.
  const places = createLatePlaces(sql, () => Promise.resolve(undefined));
  background(places.load());
  return createApp(assemble(config, {
    sql,
    replicas: replicaUrls.map(connect),
    places,
    // The platform serves the client's files before it asks this.
    assets: undefined,
    now: Date.now,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fetch: (url, init) => fetch(url, init),
    log,
    background,
    tileBytes: TILE_BYTES,
    openCache: () => Promise.resolve(caches.default),
  }));
}

export default {
  fetch(
    request: Request,
    bindings: Readonly<Record<string, unknown>>,
    execution: Execution,
  ): Promise<Response> {
    return executions.run(execution, () => {
      app ??= makeApp(bindings);
      const address = request.headers.get("CF-Connecting-IP");
      const answer = app.fetch(request, {
        background,
        ...(address === null ? {} : { remoteAddress: address }),
      });
      // Others may wait for a tile that this request loads, also when its client has gone.
      background(answer);
      return answer;
    });
  },
};
