import type { Bbox } from "../../shared/geo.ts";
import { splitPages } from "../../shared/tile-dock.ts";
import { decodeTile, encodeTile, type Tile, tileBytes } from "../../shared/tile.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { Sql } from "../platform/sql.ts";
import { ChangeLog } from "./change-log.ts";
import { loadLeaves } from "./tile-queries.ts";
import { readLeaf, sharedKey, writeLeaf } from "./shared-tiles.ts";
import { tilesVersion } from "./tile-version.ts";

/** How long Redis keeps a tile; it is checked against the change log whenever it is read. */
const SHARED_TTL_SECONDS = 10 * 60;

/** A leaf's docks: one tile, or several where more lie at one place than a tile holds. */
type Pages = readonly Tile[];

/** A load whose tile was overtaken by a change while it ran is done again, so many times at most. */
const MOST_LOADS = 3;

/**
 * How many of a view's leaves each layer gave, for `Cache-Status`: in the order in which they are
 * asked. Undefined where a layer was not asked.
 */
export interface LayerCounts {
  memory: number;
  /** Came by a load that somebody else had begun. */
  collapsed: number;
  /** The runtime's own cache. */
  edge: number | undefined;
  shared: number | undefined;
  origin: number | undefined;
}

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
  /** A dock was changed by this process: the next answer looks at the change log first. */
  noteWrite(): void;
}

export interface TileStoreOptions {
  sql: Sql;
  cache: SharedCache | undefined;
  now: () => number;
  /** Memory to spend on tiles, in bytes. */
  budgetBytes: number;
  /** Where work goes on after the answer. */
  background: (work: Promise<unknown>) => void;
}

/**
 * Tiles from this process's memory, else Redis, else one SQL statement. One load per tile serves
 * everybody who asks meanwhile. What it holds decides nothing: the booking transaction alone does.
 */
export function createTileStore(options: TileStoreOptions): TileStore {
  const { sql, cache, now, budgetBytes, background } = options;
  const log = new ChangeLog(sql, now);
  /** In the order of use, the longest unused first. */
  const memory = new Map<string, Pages>();
  const loading = new Map<string, Promise<Pages>>();
  let bytes = 0;

  function keep(quadkey: string, pages: Pages): void {
    drop(quadkey);
    memory.set(quadkey, pages);
    bytes += sizeOf(pages);
    for (const oldest of memory.keys()) {
      if (bytes <= budgetBytes || oldest === quadkey) break;
      drop(oldest);
    }
  }

  function drop(quadkey: string): void {
    const pages = memory.get(quadkey);
    if (!pages) return;
    memory.delete(quadkey);
    bytes -= sizeOf(pages);
  }

  function remembered(quadkey: string): Pages | undefined {
    const pages = memory.get(quadkey);
    if (!pages) return undefined;
    if (!log.isCurrent(pages)) {
      drop(quadkey);
      return undefined;
    }
    memory.delete(quadkey);
    memory.set(quadkey, pages);
    return pages;
  }

  async function loadFromShared(quadkeys: readonly string[]): Promise<Map<string, Pages>> {
    const texts = await cache?.getMany(quadkeys.map(sharedKey)) ?? [];
    const leaves = await Promise.all(
      texts.map(async (text) => text === undefined ? undefined : await readLeaf(text)),
    );
    const found = new Map<string, Pages>();
    for (const [i, pages] of leaves.entries()) {
      const quadkey = quadkeys[i];
      if (quadkey !== undefined && pages && log.isCurrent(pages)) found.set(quadkey, pages);
    }
    return found;
  }

  async function loadFromOrigin(quadkeys: readonly string[]): Promise<Map<string, Pages>> {
    const found = new Map<string, Pages>();
    const written: [string, Uint8Array<ArrayBuffer>[]][] = [];
    let left = quadkeys;
    for (let loads = 1; left.length > 0; loads++) {
      for (const leaf of await loadLeaves(sql, left)) {
        const encoded = splitPages(leaf).map(encodeTile);
        const pages = encoded.map(decodeTile);
        // What was read of the log meanwhile may be newer than the snapshot that the load saw.
        const isOvertaken = log.directory.has(leaf.quadkey) && !log.isCurrent(pages);
        if (isOvertaken && loads < MOST_LOADS) continue;
        found.set(leaf.quadkey, pages);
        written.push([sharedKey(leaf.quadkey), encoded]);
      }
      left = left.filter((quadkey) => !found.has(quadkey));
    }
    if (cache) background(share(cache, written));
    return found;
  }

  async function loadMissing(quadkeys: readonly string[], layers: LayerCounts) {
    const shared = await loadFromShared(quadkeys);
    const left = quadkeys.filter((quadkey) => !shared.has(quadkey));
    const origin = left.length > 0 ? await loadFromOrigin(left) : new Map<string, Pages>();
    if (cache) layers.shared = shared.size;
    if (left.length > 0) layers.origin = origin.size;
    const found = new Map([...shared, ...origin]);
    for (const [quadkey, pages] of found) keep(quadkey, pages);
    return found;
  }

  async function tilesOf(quadkeys: readonly string[], layers: LayerCounts): Promise<Tile[]> {
    const known = new Map<string, Promise<Pages>>();
    const missing: string[] = [];
    for (const quadkey of quadkeys) {
      const pages = remembered(quadkey);
      if (pages) layers.memory++;
      const waiting = pages ? Promise.resolve(pages) : loading.get(quadkey);
      if (waiting && !pages) layers.collapsed++;
      if (waiting) known.set(quadkey, waiting);
      else missing.push(quadkey);
    }
    if (missing.length > 0) {
      const batch = loadMissing(missing, layers);
      for (const quadkey of missing) {
        const one = batch
          .then((found) => found.get(quadkey) ?? [])
          .finally(() => loading.delete(quadkey));
        // Whoever asked hears of a failure; a load that nobody waits for any more must not end the
        // process.
        one.catch(() => {});
        loading.set(quadkey, one);
        known.set(quadkey, one);
      }
    }
    return (await Promise.all(known.values())).flat();
  }

  return {
    async changesSeen() {
      await log.catchUp();
      return log.changesSeen;
    },

    async waterIn(box, most) {
      await log.catchUp();
      const { leaves, isAll } = log.directory.nearestIn(box, most);
      const layers = noLayers();
      const tiles = await tilesOf(leaves.map(({ quadkey }) => quadkey), layers);
      const version = tilesVersion(tiles);
      return { tiles, whole: isAll, version, layers };
    },

    async leafOf(quadkey) {
      await log.catchUp();
      if (!log.directory.has(quadkey)) return undefined;
      return await tilesOf([quadkey], noLayers());
    },

    noteWrite: () => log.expire(),
  };
}

/** Puts leaves where other processes find them; compressing them takes its time. */
async function share(
  cache: SharedCache,
  leaves: readonly [key: string, pages: Uint8Array<ArrayBuffer>[]][],
): Promise<void> {
  const entries = await Promise.all(
    leaves.map(async ([key, pages]) => [key, await writeLeaf(pages)] as const),
  );
  await cache.setMany(entries, SHARED_TTL_SECONDS);
}

function noLayers(): LayerCounts {
  return { memory: 0, collapsed: 0, edge: undefined, shared: undefined, origin: undefined };
}

function sizeOf(pages: Pages): number {
  return pages.reduce((sum, page) => sum + tileBytes(page), 0);
}
