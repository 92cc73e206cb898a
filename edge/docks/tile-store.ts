import type { Bbox } from "../../shared/geo.ts";
import type { Tile } from "../../shared/tile.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { EdgeCache } from "../platform/edge-cache.ts";
import { endsWithin } from "../platform/patience.ts";
import { isUnreachable, type Sql } from "../platform/sql.ts";
import { ChangeLog, PATIENCE_MS } from "./change-log.ts";
import type { LeafCopy } from "./known-changes.ts";
import { type LayerCounts, noLayers } from "./layer-counts.ts";
import { TileLoader } from "./tile-loader.ts";
import { type HeldLeaf, TileMemory } from "./tile-memory.ts";
import { leafTag, tilesVersion } from "./tile-version.ts";

/** A load that was overtaken by a change while it ran is done again, so many times at most. */
const MOST_LOADS = 4;

/** A load that takes longer is given up, so that another one can be tried. */
const LOAD_LIMIT_MS = 10_000;

/** The water of a view, as far as it was read. */
export interface Water {
  tiles: Tile[];
  /** Whether all leaves were read. */
  whole: boolean;
  /**
   * Says which docks at which versions its tiles hold; the same in another process that holds the
   * same. It says nothing of leaves that were not read.
   */
  version: string;
  layers: LayerCounts;
}

export interface TileStore {
  /**
   * Looks at the change log, where that is due. The number is another one whenever any tile may
   * show another thing than before: while it stays, so does every answer's water.
   */
  changesSeen(): Promise<number>;
  /** Tiles that cover a box, the nearest to its middle first, at most `most` of them. */
  waterIn(box: Bbox, most: number): Promise<Water>;
  /** One leaf's tiles; undefined where the quadkey is no leaf now. */
  leafOf(quadkey: string): Promise<readonly Tile[] | undefined>;
  /**
   * A leaf's tiles where those at hand have a tag: they are what it names, whatever has changed
   * since. The newest are fetched meanwhile.
   */
  tagged(quadkey: string, tag: string): readonly Tile[] | undefined;
  /** A dock was changed by this process: the next answer looks at the change log first. */
  noteWrite(): void;
}

export interface TileStoreOptions {
  sql: Sql;
  /** Copies of the database that may be behind it; none where there is nothing. */
  replicas?: readonly Sql[] | undefined;
  cache: SharedCache | undefined;
  /** The runtime's own cache for tiles of a database, where it has one. */
  edgeCacheOf?: ((database: string) => EdgeCache) | undefined;
  /** Where the database is, where caches are shared with other databases. */
  databaseHost?: string;
  now: () => number;
  /** Memory to spend on tiles, in bytes. */
  budgetBytes: number;
  /** Where work goes on after the answer. */
  background: (work: Promise<unknown>) => void;
}

/**
 * Tiles from this process's memory, else the runtime's cache, else Redis, else one SQL statement.
 * One load of a leaf serves everybody who asks meanwhile. What it holds decides nothing: the booking
 * transaction alone does.
 */
export function createTileStore(options: TileStoreOptions): TileStore {
  const {
    sql,
    replicas = [],
    cache,
    edgeCacheOf,
    databaseHost = "",
    now,
    budgetBytes,
    background,
  } = options;
  const memory = new TileMemory(budgetBytes);
  const loading = new Map<string, { done: Promise<HeldLeaf | undefined>; startMs: number }>();
  /** Another one whenever all that was held has gone: a load that began before is not kept. */
  let era = 0;
  const log = new ChangeLog({
    sql,
    cache,
    databaseHost,
    now,
    background,
    onForget(leaves) {
      for (const quadkey of leaves) {
        const held = memory.use(quadkey);
        if (held && !isCurrent(held)) memory.drop(quadkey);
      }
    },
    onLost() {
      memory.clear();
      era++;
    },
  });
  const loader = new TileLoader({ sql, replicas, cache, edgeCacheOf, log, background });

  function isCurrent(held: HeldLeaf): boolean {
    if (held.currentAt === log.changesSeen) return true;
    if (log.known.missing(held)?.length !== 0) return false;
    held.currentAt = log.changesSeen;
    held.snapshot = log.known.until;
    return true;
  }

  async function loadAll(quadkeys: readonly string[], layers: LayerCounts) {
    const begun = era;
    const stale = new Map<string, LeafCopy>();
    for (const quadkey of quadkeys) {
      const held = memory.use(quadkey);
      if (held) stale.set(quadkey, held);
    }
    const found = new Map<string, HeldLeaf>();
    for (const [quadkey, { pages, snapshot }] of await loader.load(quadkeys, stale, layers)) {
      const held = { pages, snapshot, currentAt: -1 };
      found.set(quadkey, held);
      if (begun === era) memory.keep(quadkey, held);
    }
    return found;
  }

  /** Begins to load what nobody loads yet. */
  function beginLoads(quadkeys: readonly string[], layers: LayerCounts): void {
    const startMs = now();
    const missing = quadkeys.filter((quadkey) => {
      const load = loading.get(quadkey);
      return !load || startMs - load.startMs >= LOAD_LIMIT_MS;
    });
    layers.collapsed += quadkeys.length - missing.length;
    if (missing.length === 0) return;
    const batch = loadAll(missing, layers);
    for (const quadkey of missing) {
      const done = batch.then((found) => found.get(quadkey)).finally(() => {
        if (loading.get(quadkey)?.done === done) loading.delete(quadkey);
      });
      // Whoever asked hears of a failure; a load that nobody waits for any more must not end the
      // process.
      done.catch(() => {});
      loading.set(quadkey, { done, startMs });
    }
  }

  /** What a load brings; undefined where it cannot, and there is something to serve meanwhile. */
  async function loaded(quadkey: string, hasCopy: boolean): Promise<HeldLeaf | undefined> {
    const load = loading.get(quadkey);
    if (!load) return undefined;
    if (!hasCopy) return await load.done;
    try {
      const isDone = await endsWithin(load.done, load.startMs + PATIENCE_MS - now());
      if (isDone) return await load.done;
    } catch (error) {
      if (!isUnreachable(error)) throw error;
    }
    log.noteStale();
    return undefined;
  }

  /** All of some leaves, where all are in memory with every change that is known of. */
  function heldNow(quadkeys: readonly string[]): HeldLeaf[] | undefined {
    const all: HeldLeaf[] = [];
    for (const quadkey of quadkeys) {
      const held = memory.use(quadkey);
      if (!held || !isCurrent(held)) return undefined;
      all.push(held);
    }
    return all;
  }

  /** Leaves with every change that is known of. */
  async function leavesAt(quadkeys: readonly string[], layers: LayerCounts): Promise<HeldLeaf[]> {
    const known = heldNow(quadkeys);
    if (known) {
      layers.memory = known.length;
      return known;
    }
    const found = new Map<string, HeldLeaf>();
    for (const quadkey of quadkeys) {
      const held = memory.use(quadkey);
      if (held) found.set(quadkey, held);
    }
    let left = quadkeys.filter((quadkey) => {
      const held = found.get(quadkey);
      return !held || !isCurrent(held);
    });
    layers.memory = quadkeys.length - left.length;
    for (let loads = 0; left.length > 0 && loads < MOST_LOADS; loads++) {
      beginLoads(left, layers);
      const brought = await Promise.all(
        left.map(async (quadkey) => [quadkey, await loaded(quadkey, found.has(quadkey))] as const),
      );
      left = [];
      for (const [quadkey, held] of brought) {
        if (!held) continue;
        found.set(quadkey, held);
        if (!isCurrent(held)) left.push(quadkey);
      }
    }
    return quadkeys.flatMap((quadkey) => found.get(quadkey) ?? []);
  }

  async function refresh(quadkey: string): Promise<void> {
    await log.catchUp();
    if (log.directory.has(quadkey)) await leavesAt([quadkey], noLayers());
  }

  return {
    async changesSeen() {
      await log.catchUp();
      return log.changesSeen;
    },

    async waterIn(box, most) {
      for (let tries = 1;; tries++) {
        await log.catchUp();
        const { leaves, isAll } = log.directory.nearestIn(box, most);
        const layers = noLayers();
        const quadkeys = leaves.map(({ quadkey }) => quadkey);
        const tiles = (await leavesAt(quadkeys, layers)).flatMap(({ pages }) => pages);
        // A leaf that has split since the directory was read is empty: its docks lie elsewhere.
        if (log.isDirectoryOld && tries < MOST_LOADS) continue;
        const version = tilesVersion(tiles);
        return { tiles, whole: isAll, version, layers };
      }
    },

    async leafOf(quadkey) {
      for (let tries = 1;; tries++) {
        await log.catchUp();
        if (!log.directory.has(quadkey)) return undefined;
        const [held] = await leavesAt([quadkey], noLayers());
        if (!log.isDirectoryOld || tries === MOST_LOADS) return held?.pages;
      }
    },

    tagged(quadkey, tag) {
      const pages = memory.use(quadkey)?.pages;
      if (!pages || leafTag(pages) !== tag) return undefined;
      background(
        refresh(quadkey).catch(() => {
          // What was asked for has been answered; the next one asks again.
        }),
      );
      return pages;
    },

    noteWrite: () => log.noteWrite(),
  };
}
