import type { Bbox, Position } from "../../shared/geo.ts";
import { bboxCentre, distanceM } from "../../shared/geo.ts";
import { quadkeyToBbox, ROOT_NAME } from "../../shared/quadkey.ts";
import { decodeTile, encodeTile, type Tile, TILE_FORMAT, TileDamaged } from "../../shared/tile.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { Sql } from "../platform/sql.ts";
import { ChangeLog } from "./change-log.ts";
import type { Leaf } from "./leaf-directory.ts";
import { loadTiles } from "./tile-queries.ts";

/** How long Redis keeps a tile; it is checked against the change log whenever it is read. */
const SHARED_TTL_SECONDS = 10 * 60;

/** Rough memory of one dock's record with its stays. */
const BYTES_A_DOCK = 3_000;

/** A load whose tile was overtaken by a change while it ran is done again, so many times at most. */
const MOST_LOADS = 3;

/** How many tiles a search was answered from by each layer, for `Cache-Status`. */
export interface LayerCounts {
  memory: number;
  shared: number;
  origin: number;
}

/** The water of a view: its tiles, and the leaves that were too many to read. */
export interface Water {
  tiles: Tile[];
  /** Every leaf of the view, also those not read. */
  leaves: Leaf[];
  /** Whether all leaves were read. */
  whole: boolean;
  layers: LayerCounts;
}

export interface TileStore {
  /** Tiles that cover a box, the nearest to its middle first, at most `most` of them. */
  waterIn(box: Bbox, most: number): Promise<Water>;
  /** One leaf's tile; undefined where the quadkey is no leaf now. */
  tileOf(quadkey: string): Promise<Tile | undefined>;
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
  const memory = new Map<string, Tile>();
  const loading = new Map<string, Promise<Tile>>();
  let bytes = 0;

  function keep(tile: Tile): void {
    drop(tile.quadkey);
    memory.set(tile.quadkey, tile);
    bytes += sizeOf(tile);
    for (const oldest of memory.keys()) {
      if (bytes <= budgetBytes || oldest === tile.quadkey) break;
      drop(oldest);
    }
  }

  function drop(quadkey: string): void {
    const tile = memory.get(quadkey);
    if (!tile) return;
    memory.delete(quadkey);
    bytes -= sizeOf(tile);
  }

  function remembered(quadkey: string): Tile | undefined {
    const tile = memory.get(quadkey);
    if (!tile) return undefined;
    if (!log.isCurrent(tile)) {
      drop(quadkey);
      return undefined;
    }
    memory.delete(quadkey);
    memory.set(quadkey, tile);
    return tile;
  }

  async function loadFromShared(quadkeys: readonly string[]): Promise<Map<string, Tile>> {
    const texts = await cache?.getMany(quadkeys.map(sharedKey));
    const tiles = (texts ?? []).map(readShared).filter((tile) => tile !== undefined);
    return new Map(tiles.filter((tile) => log.isCurrent(tile)).map((tile) => [tile.quadkey, tile]));
  }

  async function loadFromOrigin(quadkeys: readonly string[]): Promise<Map<string, Tile>> {
    let tiles = await loadTiles(sql, quadkeys);
    for (let loads = 1; loads < MOST_LOADS; loads++) {
      // What was read of the log meanwhile may be newer than the snapshot that the load saw.
      const overtaken = tiles.filter((tile) =>
        log.directory.has(tile.quadkey) && !log.isCurrent(tile)
      );
      if (overtaken.length === 0) break;
      const again = await loadTiles(sql, overtaken.map(({ quadkey }) => quadkey));
      const byKey = new Map(again.map((tile) => [tile.quadkey, tile]));
      tiles = tiles.map((tile) => byKey.get(tile.quadkey) ?? tile);
    }
    const entries = tiles.map((tile) => [sharedKey(tile.quadkey), encodeTile(tile)] as const);
    if (cache) background(cache.setMany(entries, SHARED_TTL_SECONDS));
    return new Map(tiles.map((tile) => [tile.quadkey, tile]));
  }

  async function loadMissing(quadkeys: readonly string[], layers: LayerCounts) {
    const shared = await loadFromShared(quadkeys);
    const left = quadkeys.filter((quadkey) => !shared.has(quadkey));
    const origin = left.length > 0 ? await loadFromOrigin(left) : new Map<string, Tile>();
    layers.shared += shared.size;
    layers.origin += origin.size;
    for (const tile of [...shared.values(), ...origin.values()]) keep(tile);
    return new Map([...shared, ...origin]);
  }

  async function tilesOf(quadkeys: readonly string[], layers: LayerCounts): Promise<Tile[]> {
    const known = new Map<string, Promise<Tile>>();
    const missing: string[] = [];
    for (const quadkey of quadkeys) {
      const tile = remembered(quadkey);
      if (tile) layers.memory++;
      const waiting = tile ? Promise.resolve(tile) : loading.get(quadkey);
      if (waiting) known.set(quadkey, waiting);
      else missing.push(quadkey);
    }
    if (missing.length > 0) {
      const batch = loadMissing(missing, layers);
      for (const quadkey of missing) {
        const one = batch
          .then((tiles) => tiles.get(quadkey) ?? emptyTile(quadkey))
          .finally(() => loading.delete(quadkey));
        // Whoever asked hears of a failure; a load that nobody waits for any more must not end the
        // process.
        one.catch(() => {});
        loading.set(quadkey, one);
        known.set(quadkey, one);
      }
    }
    return await Promise.all(known.values());
  }

  return {
    async waterIn(box, most) {
      await log.catchUp();
      const leaves = nearestFirst(log.directory.leavesIn(box), bboxCentre(box));
      const layers = { memory: 0, shared: 0, origin: 0 };
      const tiles = await tilesOf(leaves.slice(0, most).map(({ quadkey }) => quadkey), layers);
      return { tiles, leaves, whole: leaves.length <= most, layers };
    },

    async tileOf(quadkey) {
      await log.catchUp();
      if (!log.directory.has(quadkey)) return undefined;
      const [tile] = await tilesOf([quadkey], { memory: 0, shared: 0, origin: 0 });
      return tile;
    },

    noteWrite: () => log.expire(),
  };
}

function sharedKey(quadkey: string): string {
  return `tile:${TILE_FORMAT}:${quadkey || ROOT_NAME}`;
}

function readShared(text: string | undefined): Tile | undefined {
  if (text === undefined) return undefined;
  try {
    return decodeTile(text);
  } catch (error) {
    // A damaged copy is as good as none: the origin has the tile.
    if (error instanceof TileDamaged) return undefined;
    throw error;
  }
}

function sizeOf(tile: Tile): number {
  return (tile.docks.length + 1) * BYTES_A_DOCK;
}

function emptyTile(quadkey: string): Tile {
  return { quadkey, page: 0, asOf: "0", docks: [] };
}

function nearestFirst(leaves: readonly Leaf[], centre: Position): Leaf[] {
  return leaves
    .map((leaf) => ({ leaf, away: distanceM(centre, bboxCentre(quadkeyToBbox(leaf.quadkey))) }))
    .toSorted((a, b) => a.away - b.away)
    .map(({ leaf }) => leaf);
}
