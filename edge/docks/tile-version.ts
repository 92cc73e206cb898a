import { type Tile, TILE_FORMAT } from "../../shared/tile.ts";

/** 64 bits of a mix of whole numbers, as two halves. */
type Mix = [high: number, low: number];

/** Made once of each tile. */
const mixes = new WeakMap<Tile, Mix>();

/**
 * Short text that is the same wherever tiles hold the same docks at the same versions, in this
 * process or another, however each came by them. Whatever a search shows of a dock has the dock's
 * version, so the text is another one when any of it changes.
 */
export function tilesVersion(tiles: readonly Tile[]): string {
  const mix: Mix = [tiles.length, 0];
  for (const tile of tiles) {
    const [high, low] = mixOf(tile);
    add(mix, high);
    add(mix, low);
  }
  return `${(mix[0] >>> 0).toString(36)}${(mix[1] >>> 0).toString(36)}`;
}

/**
 * Names what clients get of a leaf's tiles: its bytes are the same wherever the tag is. Calendars
 * that begin on another day are other bytes with the same docks.
 */
export function leafTag(pages: readonly Tile[]): string {
  return [TILE_FORMAT, pages[0]?.baseDay, tilesVersion(pages)].join("-");
}

function mixOf(tile: Tile): Mix {
  let mix = mixes.get(tile);
  if (mix) return mix;
  const { quadkey, page, count, positions: { ids, versions } } = tile;
  mix = [page, count];
  for (let i = 0; i < quadkey.length; i++) add(mix, quadkey.charCodeAt(i));
  for (let dock = 0; dock < count; dock++) {
    add(mix, ids[dock]!);
    add(mix, versions[dock]!);
  }
  mixes.set(tile, mix);
  return mix;
}

/** Two multiply-and-rotate lanes with MurmurHash3's constants, each fed by the other. */
function add(mix: Mix, number: number): void {
  let [high, low] = mix;
  high = Math.imul(high ^ number, 0xcc9e2d51);
  high = Math.imul((high << 15) | (high >>> 17), 0x1b873593) + low;
  low = Math.imul(low ^ high, 0x85ebca6b);
  low = Math.imul((low << 13) | (low >>> 19), 0xc2b2ae35) ^ (low >>> 16);
  mix[0] = high | 0;
  mix[1] = low | 0;
}
