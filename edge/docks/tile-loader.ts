import { splitPages } from "../../shared/tile-dock.ts";
import { applyDelta } from "../../shared/tile-delta.ts";
import {
  decodeTile,
  encodeTile,
  type Tile,
  TILE_FORMAT,
  versionOfDock,
} from "../../shared/tile.ts";
import { ROOT_NAME } from "../../shared/quadkey.ts";
import type { SharedCache } from "../platform/cache.ts";
import type { EdgeCache } from "../platform/edge-cache.ts";
import { endsWithin } from "../platform/patience.ts";
import type { Sql } from "../platform/sql.ts";
import type { ChangeLog } from "./change-log.ts";
import { type DockNights, readNights } from "./change-log-queries.ts";
import type { LeafCopy } from "./known-changes.ts";
import type { LayerCounts } from "./layer-counts.ts";
import { base64ToBytes, bytesToBase64, packLeaf, unpackLeaf } from "./leaf-copies.ts";
import { parseSnapshot, type Snapshot, standbySnapshot } from "./snapshot.ts";
import { type LeafContent, loadLeaves } from "./tile-queries.ts";

/** How long caches keep a leaf; it is judged by the change log whenever it is read. */
const COPY_TTL_SECONDS = 10 * 60;

/** Docks of a leaf whose nights are read one by one; where more have changed, the leaf is read. */
const MOST_PATCHED = 64;

/** How long a replica may take before the primary is asked instead. */
const REPLICA_PATIENCE_MS = 1_000;

export interface TileLoaderOptions {
  sql: Sql;
  /** Copies of the database that may be behind it: whole leaves are asked of them, in turn. */
  replicas: readonly Sql[];
  cache: SharedCache | undefined;
  /** The runtime's cache for tiles of a database. */
  edgeCacheOf: ((database: string) => EdgeCache) | undefined;
  log: ChangeLog;
  background: (work: Promise<unknown>) => void;
}

/** A copy that lacks nothing but the nights of some docks. */
interface Patch {
  quadkey: string;
  copy: LeafCopy;
  docks: readonly number[];
}

/** Brings leaves into memory from whatever layer has them, the nearest first. */
export class TileLoader {
  readonly #options: TileLoaderOptions;
  #replicaTurn = 0;
  #edgeCache: { database: string; cache: EdgeCache } | undefined;

  constructor(options: TileLoaderOptions) {
    this.#options = options;
  }

  /**
   * Leaves as of now. `held` are copies that the process has but that lack a change.
   */
  async load(
    quadkeys: readonly string[],
    held: ReadonlyMap<string, LeafCopy>,
    layers: LayerCounts,
  ): Promise<Map<string, LeafCopy>> {
    const found = new Map<string, LeafCopy>();
    const patches: Patch[] = [];
    let left = quadkeys.filter((quadkey) => {
      const copy = held.get(quadkey);
      return !copy || !this.#sort(quadkey, copy, found, patches);
    });
    layers.renewed += quadkeys.length - left.length;
    left = await this.#askEdgeCache(left, found, patches, layers);
    left = await this.#askShared(left, found, patches, layers);
    left = await this.#askReplica(left, found, patches, layers);
    const [remade] = await Promise.all([
      this.#patch(patches, found),
      this.#askOrigin(left, found, layers),
    ]);
    await this.#askOrigin(remade, found, layers);
    return found;
  }

  /** Puts a copy where it belongs; false where it is of no use. */
  #sort(
    quadkey: string,
    copy: LeafCopy,
    found: Map<string, LeafCopy>,
    patches: Patch[],
  ): boolean {
    const docks = this.#options.log.known.missing(copy);
    if (!docks || docks.length > MOST_PATCHED) return false;
    if (docks.length === 0) found.set(quadkey, copy);
    else patches.push({ quadkey, copy, docks });
    return true;
  }

  /** Sorts the copies that a cache has; answers which leaves are left. */
  async #take(
    quadkeys: readonly string[],
    kept: readonly (Uint8Array<ArrayBuffer> | undefined)[],
    found: Map<string, LeafCopy>,
    patches: Patch[],
  ): Promise<string[]> {
    const copies = await Promise.all(kept.map(async (bytes) => bytes && await unpackLeaf(bytes)));
    return quadkeys.filter((quadkey, i) => {
      const copy = copies[i];
      if (!copy || copy.pages[0]?.quadkey !== quadkey) return true;
      return !this.#options.log.known.canJudge(copy) ||
        !this.#sort(quadkey, copy, found, patches);
    });
  }

  async #askEdgeCache(
    quadkeys: string[],
    found: Map<string, LeafCopy>,
    patches: Patch[],
    layers: LayerCounts,
  ): Promise<string[]> {
    const cache = this.#edge();
    if (!cache || quadkeys.length === 0) return quadkeys;
    const kept = await cache.getMany(quadkeys.map((quadkey) => this.#nameOf(quadkey)));
    const left = await this.#take(quadkeys, kept, found, patches);
    layers.edge = (layers.edge ?? 0) + quadkeys.length - left.length;
    return left;
  }

  async #askShared(
    quadkeys: string[],
    found: Map<string, LeafCopy>,
    patches: Patch[],
    layers: LayerCounts,
  ): Promise<string[]> {
    const { cache, background } = this.#options;
    if (!cache || quadkeys.length === 0) return quadkeys;
    const texts = await cache.getMany(quadkeys.map((quadkey) => `tile:${this.#nameOf(quadkey)}`));
    const kept = (texts ?? []).map((text) => text === undefined ? undefined : base64ToBytes(text));
    const left = await this.#take(quadkeys, kept, found, patches);
    layers.shared = (layers.shared ?? 0) + quadkeys.length - left.length;
    const edge = this.#edge();
    const entries = quadkeys.flatMap((quadkey, i) => {
      const bytes = kept[i];
      return bytes && !left.includes(quadkey) ? [[this.#nameOf(quadkey), bytes] as const] : [];
    });
    if (edge && entries.length > 0) background(edge.setMany(entries, COPY_TTL_SECONDS));
    return left;
  }

  /** Takes of a replica's leaves what the change log can judge, like a cache's. */
  async #askReplica(
    quadkeys: string[],
    found: Map<string, LeafCopy>,
    patches: Patch[],
    layers: LayerCounts,
  ): Promise<string[]> {
    const { replicas, log, background } = this.#options;
    const replica = replicas[this.#replicaTurn++ % replicas.length];
    if (!replica || quadkeys.length === 0) return quadkeys;
    // One that fails is no worse than none.
    const asked = loadLeaves(replica, quadkeys).catch(() => []);
    const leaves = await endsWithin(asked, REPLICA_PATIENCE_MS) ? await asked : [];
    const taken = new Set<string>();
    for (const leaf of leaves) {
      const { encoded, copy } = toCopy(leaf, standbySnapshot(leaf.snapshot));
      if (!log.known.canJudge(copy) || !this.#sort(leaf.quadkey, copy, found, patches)) continue;
      taken.add(leaf.quadkey);
      background(this.#share(leaf.quadkey, encoded, copy.snapshot));
    }
    layers.origin = (layers.origin ?? 0) + taken.size;
    return quadkeys.filter((quadkey) => !taken.has(quadkey));
  }

  async #askOrigin(
    quadkeys: readonly string[],
    found: Map<string, LeafCopy>,
    layers: LayerCounts,
  ): Promise<void> {
    if (quadkeys.length === 0) return;
    const { sql, log, background } = this.#options;
    for (const leaf of await loadLeaves(sql, quadkeys)) {
      const { encoded, copy } = toCopy(leaf, parseSnapshot(leaf.snapshot));
      found.set(leaf.quadkey, copy);
      log.noteDirectory(leaf.directoryVersion);
      background(this.#share(leaf.quadkey, encoded, copy.snapshot));
    }
    layers.origin = (layers.origin ?? 0) + quadkeys.length;
  }

  /** Puts a leaf where other processes find it; compressing it takes its time. */
  async #share(quadkey: string, pages: readonly Uint8Array[], snapshot: Snapshot) {
    const { cache } = this.#options;
    const edge = this.#edge();
    if (!cache && !edge) return;
    const bytes = await packLeaf(pages, snapshot);
    const name = this.#nameOf(quadkey);
    await edge?.setMany([[name, bytes]], COPY_TTL_SECONDS);
    await cache?.setMany([[`tile:${name}`, bytesToBase64(bytes)]], COPY_TTL_SECONDS);
  }

  /** Brings nights up to date by one statement; answers which leaves have changed in more. */
  async #patch(patches: readonly Patch[], found: Map<string, LeafCopy>): Promise<string[]> {
    if (patches.length === 0) return [];
    const known = patches.flatMap(({ copy, docks }) =>
      docks.map((id) => ({ id, version: newestOf(copy.pages, id) }))
    );
    const days = patches.flatMap(({ copy }) => copy.pages.map(({ baseDay }) => baseDay));
    const read = await readNights(this.#options.sql, known, Math.min(...days));
    const nights = new Map(read.map((one) => [one.id, one]));
    const remade: string[] = [];
    for (const { quadkey, copy, docks } of patches) {
      const pages = patched(copy.pages, docks, nights);
      if (pages) found.set(quadkey, { ...copy, pages });
      else remade.push(quadkey);
    }
    return remade;
  }

  /** Under which name caches keep a leaf. */
  #nameOf(quadkey: string): string {
    return `${TILE_FORMAT}:${this.#options.log.database}:${quadkey || ROOT_NAME}`;
  }

  #edge(): EdgeCache | undefined {
    const { edgeCacheOf, log: { database } } = this.#options;
    if (!edgeCacheOf) return undefined;
    if (this.#edgeCache?.database !== database) {
      this.#edgeCache = { database, cache: edgeCacheOf(database) };
    }
    return this.#edgeCache.cache;
  }
}

function toCopy(leaf: LeafContent, snapshot: Snapshot) {
  const encoded = splitPages(leaf).map(encodeTile);
  return { encoded, copy: { pages: encoded.map(decodeTile), snapshot } };
}

function newestOf(pages: readonly Tile[], dockId: number): number {
  return Math.max(...pages.map((page) => versionOfDock(page, dockId)));
}

/** Pages with the nights of some docks; undefined where one of these has changed in more. */
function patched(
  pages: readonly Tile[],
  docks: readonly number[],
  nights: ReadonlyMap<number, DockNights>,
): Tile[] | undefined {
  let changed = [...pages];
  for (const dockId of docks) {
    const found = nights.get(dockId);
    if (!found || found.isRemade) return undefined;
    const { id, version, occupied } = found;
    // A change of nights always finds room.
    changed = changed.map((page) =>
      applyDelta(page, { what: "nights", id, version, occupied }) ?? page
    );
  }
  return changed;
}
