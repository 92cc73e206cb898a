import type { SearchAnswer } from "../../shared/api.ts";
import { type Bbox, bboxesMeet } from "../../shared/geo.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";
import { parseDockSearch } from "../../shared/search-query.ts";
import { areaToBbox } from "../../shared/search-terms.ts";
import { searchTiles } from "../../shared/search.ts";
import { decodeTile, type Tile } from "../../shared/tile.ts";
import { boxHolds } from "./boxes.ts";
import type { KeptArea, LeafHead, WaterStore } from "./water-store.ts";

/** What an answer says of itself that was made on this device. */
export interface KeptMark {
  /** Since when it may have changed elsewhere: of the oldest water in it. */
  asOf: string;
  /** Whether all of the water that was asked for is known here. */
  isWhole: boolean;
}

export type LocalAnswer = SearchAnswer & { kept: KeptMark };

export interface LocalSearch {
  /**
   * The answer to a search from what is kept; undefined where none of that water is known.
   *
   * @throws {Problem} `invalid`, as the API says it.
   */
  answer(params: URLSearchParams): Promise<LocalAnswer | undefined>;
}

/** Decoded leaves that are kept in memory: as many as a search reads, and those around. */
const MOST_DECODED = 64;

/** Searches on this device, by the very engine that the API searches with. */
export function createLocalSearch(store: WaterStore, now: () => number): LocalSearch {
  /** In the order of use, by quadkey. */
  const decoded = new Map<string, { tag: string; tiles: Tile[] }>();

  async function tilesOf(heads: readonly LeafHead[]): Promise<Tile[]> {
    const missing = heads.filter(({ quadkey, tag }) => decoded.get(quadkey)?.tag !== tag);
    for (const { quadkey, tag, pages } of await store.leaves(missing.map((h) => h.quadkey))) {
      decoded.set(quadkey, { tag, tiles: readPages(pages) });
    }
    const tiles = heads.flatMap(({ quadkey }) => {
      const found = decoded.get(quadkey);
      if (!found) return [];
      decoded.delete(quadkey);
      decoded.set(quadkey, found);
      return found.tiles;
    });
    for (const oldest of decoded.keys()) {
      if (decoded.size <= Math.max(MOST_DECODED, heads.length)) break;
      decoded.delete(oldest);
    }
    return tiles;
  }

  return {
    async answer(params) {
      const [areas, heads, facts] = await Promise.all([
        store.areas(),
        store.leafHeads(),
        store.facts(),
      ]);
      if (!facts) return undefined;
      // A boat's own clock may be wrong by hours: nights and notice go by the server's.
      const nowMs = now() + facts.skewMs;
      const search = parseDockSearch(params, nowMs);
      // Places are looked up by the server: the client asks for the water around them.
      if ("place" in search.area) return undefined;
      const box = areaToBbox(search.area);
      const there = heads.filter(({ quadkey }) => bboxesMeet(quadkeyToBbox(quadkey), box));
      const holder = findHolder(areas, box, new Set(heads.map(({ quadkey }) => quadkey)));
      if (there.length === 0 && !holder) return undefined;
      const { items, total, nextCursor } = searchTiles(
        await tilesOf(there),
        { ...search, area: search.area },
        { nowMs, rates: facts.rates, photoUrl },
      );
      const asOfMs = there.reduce(
        (least, leaf) => Math.min(least, leaf.asOfMs),
        there.length > 0 ? Infinity : holder!.asOfMs,
      );
      return {
        items,
        total: holder ? total : { ...total, relation: "gte" },
        nextCursor,
        kept: {
          asOf: new Date(asOfMs).toISOString(),
          isWhole: holder !== undefined,
        },
      };
    },
  };
}

/** Where the API serves a photo of a blob's key. */
function photoUrl(blobKey: string): string {
  return `/api/photos/${blobKey}`;
}

/** A leaf whose bytes are damaged, or of another format, is as if it were not there. */
function readPages(pages: readonly Uint8Array[]): Tile[] {
  try {
    return pages.map((bytes) => decodeTile(bytes));
  } catch {
    return [];
  }
}

/** An area that holds a box and whose leaves are all here, the newest of them. */
function findHolder(
  areas: readonly KeptArea[],
  box: Bbox,
  here: ReadonlySet<string>,
): KeptArea | undefined {
  return areas
    .filter((area) =>
      boxHolds(area.box, box) && area.quadkeys.every((quadkey) => here.has(quadkey))
    )
    .toSorted((a, b) => b.asOfMs - a.asOfMs)[0];
}
