import type { SearchArea } from "../../shared/search-terms.ts";
import { areaToBbox } from "../../shared/search-terms.ts";
import type { Bbox } from "../../shared/geo.ts";
import { quadkeyToBbox, ROOT_NAME } from "../../shared/quadkey.ts";
import { MOST_LISTED, TileList } from "../../shared/tile-list.ts";
import { boxesOverlap } from "./boxes.ts";
import type { KeptArea, KeptLeaf, LeafHead, WaterStore } from "./water-store.ts";

/** Bytes of leaves that were only seen; those of kept coasts are not counted. */
export const SEEN_BYTES = 24 * 1024 * 1024;
/** Seen areas that are remembered. */
const MOST_SEEN = 60;
/** A search reads so many leaves: what is seen in passing is no more. */
export const MOST_PASSING = 24;
/** Leaves that are fetched at a time. */
const AT_ONCE = 4;

export interface KeepDeps {
  store: WaterStore;
  fetch: (url: string, init?: RequestInit) => Promise<Response>;
  now(): number;
}

export interface KeepOptions {
  area: Exclude<SearchArea, { place: string }>;
  /** The name of a coast to keep; null for what is only seen. */
  label: string | null;
  /** Of a coast that is kept already: it takes its place. */
  id?: string;
  signal?: AbortSignal;
  onProgress?: (done: number, of: number) => void;
}

/** Why some water could not be kept. */
export type KeepFault = "offline" | "too-wide" | "no-room";

export class CannotKeep extends Error {
  readonly fault: KeepFault;

  constructor(fault: KeepFault) {
    super(`Cannot keep water: ${fault}`);
    this.name = "CannotKeep";
    this.fault = fault;
  }
}

/**
 * Brings what there is in an area to this device: leaves that are here already are not fetched
 * again. Older ones that were only seen make room.
 *
 * @throws {CannotKeep}
 */
export async function keepWater(deps: KeepDeps, options: KeepOptions): Promise<KeptArea> {
  const { store, now } = deps;
  const { area, label, signal, onProgress } = options;
  const box = areaToBbox(area);
  const { list, serverMs } = await readList(deps, box, label === null, signal);
  if (!list.isAll) throw new CannotKeep("too-wide");

  const heads = new Map(
    (await stored(store.leafHeads())).map((head) => [head.quadkey, head]),
  );
  const missing = list.leaves.filter(({ quadkey, tag }) => heads.get(quadkey)?.tag !== tag);
  let done = list.leaves.length - missing.length;
  onProgress?.(done, list.leaves.length);
  const fetched = await inParallel(missing, AT_ONCE, async (leaf) => {
    const found = await fetchLeaf(deps, leaf, serverMs, signal);
    onProgress?.(++done, list.leaves.length);
    return found;
  });

  const listed = new Set(list.leaves.map(({ quadkey }) => quadkey));
  const kept: KeptArea = {
    id: options.id ?? idOf(box, label),
    label,
    box,
    quadkeys: [...listed],
    asOfMs: serverMs,
  };
  const areas = (await stored(store.areas())).filter(({ id }) => id !== kept.id);
  // A leaf that is not listed any more has split, or is empty: whoever relied on it knows less now.
  const gone = [...heads.keys()].filter((quadkey) =>
    !listed.has(quadkey) && boxesOverlap(quadkeyToBbox(quadkey), box)
  );
  const isOutdated = ({ label: name, quadkeys }: KeptArea) =>
    name === null && quadkeys.some((quadkey) => gone.includes(quadkey));
  const seen = areas.filter((other) => other.label === null && !isOutdated(other))
    .toSorted((a, b) => a.asOfMs - b.asOfMs);
  await stored(store.change({
    leaves: fetched,
    heads: list.leaves.flatMap(({ quadkey, tag }) => {
      const head = heads.get(quadkey);
      return head?.tag === tag ? { ...head, asOfMs: serverMs } : [];
    }),
    dropLeaves: gone,
    areas: [kept],
    dropAreas: [
      ...areas.filter(isOutdated),
      ...seen.slice(0, Math.max(0, seen.length - MOST_SEEN)),
    ].map(({ id }) => id),
    facts: { rates: list.rates, skewMs: serverMs - now() },
  }));
  await makeRoom(store, kept);
  return kept;
}

/** Lets go of a coast; its leaves stay as long as there is room for what was only seen. */
export async function forgetCoast(store: WaterStore, id: string): Promise<void> {
  await stored(store.change({ dropAreas: [id] }));
  await makeRoom(store);
}

/** What an area takes on this device, in bytes. */
export function bytesOf(area: KeptArea, heads: readonly LeafHead[]): number {
  const wanted = new Set(area.quadkeys);
  return heads.reduce((sum, { quadkey, bytes }) => sum + (wanted.has(quadkey) ? bytes : 0), 0);
}

/** Lets the oldest go of what was only seen, until the rest has room. */
async function makeRoom(store: WaterStore, latest?: KeptArea): Promise<void> {
  const areas = await stored(store.areas());
  const held = new Set([
    ...areas.filter(({ label }) => label !== null).flatMap(({ quadkeys }) => quadkeys),
    ...latest?.quadkeys ?? [],
  ]);
  const loose = (await stored(store.leafHeads())).filter(({ quadkey }) => !held.has(quadkey))
    .toSorted((a, b) => b.asOfMs - a.asOfMs);
  let bytes = 0;
  const dropped = loose.filter((leaf) => (bytes += leaf.bytes) > SEEN_BYTES);
  if (dropped.length === 0) return;
  const names = new Set(dropped.map(({ quadkey }) => quadkey));
  await stored(store.change({
    dropLeaves: [...names],
    dropAreas: areas.filter(({ label, quadkeys }) =>
      label === null && quadkeys.some((quadkey) => names.has(quadkey))
    ).map(({ id }) => id),
  }));
}

async function readList(
  { fetch, now }: KeepDeps,
  { west, south, east, north }: Bbox,
  isPassing: boolean,
  signal: AbortSignal | undefined,
): Promise<{ list: TileList; serverMs: number }> {
  const limit = isPassing ? MOST_PASSING : MOST_LISTED;
  const response = await reach(() =>
    fetch(`/api/docks/tiles?bbox=${[west, south, east, north].join(",")}&limit=${limit}`, {
      ...(signal && { signal }),
    })
  );
  const list = TileList.parse(await reach(() => response.json()));
  const date = Date.parse(response.headers.get("Date") ?? "");
  return { list, serverMs: Number.isNaN(date) ? now() : date };
}

async function fetchLeaf(
  { fetch }: KeepDeps,
  { quadkey, tag, pages }: TileList["leaves"][number],
  asOfMs: number,
  signal: AbortSignal | undefined,
): Promise<KeptLeaf> {
  const url = `/api/docks/tiles/${quadkey || ROOT_NAME}?v=${encodeURIComponent(tag)}`;
  const bytes: Uint8Array[] = [];
  for (let page = 0; page < pages; page++) {
    const response = await reach(() =>
      fetch(page === 0 ? url : `${url}&page=${page}`, { ...(signal && { signal }) })
    );
    bytes.push(new Uint8Array(await reach(() => response.arrayBuffer())));
  }
  return {
    quadkey,
    tag,
    pages: bytes,
    bytes: bytes.reduce((sum, { byteLength }) => sum + byteLength, 0),
    asOfMs,
  };
}

/** A request or the reading of its answer; whatever fails on the way is a missing connection. */
async function reach<T>(work: () => Promise<T>): Promise<T> {
  const answer = await work().catch((error: unknown) => {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new CannotKeep("offline");
  });
  if (answer instanceof Response && !answer.ok) throw new CannotKeep("offline");
  return answer;
}

async function stored<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch {
    throw new CannotKeep("no-room");
  }
}

async function inParallel<Item, Made>(
  items: readonly Item[],
  most: number,
  make: (item: Item) => Promise<Made>,
): Promise<Made[]> {
  const made: Made[] = [];
  const rest = items.values();
  await Promise.all(Array.from({ length: most }, async () => {
    for (const item of rest) made.push(await make(item));
  }));
  return made;
}

/** The same water seen twice is one area. */
function idOf({ west, south, east, north }: Bbox, label: string | null): string {
  const sides = [west, south, east, north].map((side) => side.toFixed(4)).join(",");
  return `${label === null ? "seen" : "kept"}:${sides}`;
}
