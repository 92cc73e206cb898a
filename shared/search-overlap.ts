import { placeOfDock, type Tile } from "./tile.ts";

/**
 * For each tile the docks in it that do not count, as another tile has a newer record of them:
 * two tiles of different age can both hold a dock that moved. Of equal records the first counts.
 */
export type Outdated = readonly (Int32Array | undefined)[];

/** Which docks of the last few views were outdated; views that are asked again cost a look. */
const views = new Map<number, { serials: readonly number[]; outdated: Outdated | undefined }>();
const MOST_VIEWS = 8_192;

/** The docks of some tiles that do not count; undefined where all do, as nearly always. */
export function findOutdated(tiles: readonly Tile[]): Outdated | undefined {
  if (tiles.length < 2) return undefined;
  let hash = tiles.length;
  for (const { serial } of tiles) hash = Math.imul(hash ^ serial, 0x9e3779b1) ^ (hash >>> 15);
  const known = views.get(hash);
  if (known && isOf(known.serials, tiles)) return known.outdated;
  const outdated = compareAll(tiles);
  if (views.size >= MOST_VIEWS) views.clear();
  views.set(hash, { serials: tiles.map(({ serial }) => serial), outdated });
  return outdated;
}

function isOf(serials: readonly number[], tiles: readonly Tile[]): boolean {
  if (serials.length !== tiles.length) return false;
  for (let i = 0; i < serials.length; i++) if (serials[i] !== tiles[i]!.serial) return false;
  return true;
}

function compareAll(tiles: readonly Tile[]): Outdated | undefined {
  let outdated: (Int32Array | undefined)[] | undefined;
  const mark = (tile: number, dock: number) => {
    outdated ??= Array.from<undefined>({ length: tiles.length });
    const bits = outdated[tile] ??= new Int32Array(tiles[tile]!.nights.words);
    bits[dock >>> 5]! |= 1 << (dock & 31);
  };
  for (let a = 0; a < tiles.length; a++) {
    for (let b = a + 1; b < tiles.length; b++) comparePair(tiles, a, b, mark);
    for (const [id, version] of tiles[a]!.gone) {
      for (const [b, tile] of tiles.entries()) {
        const dock = placeOfDock(tile, id);
        if (dock >= 0 && tile.positions.versions[dock]! < version) mark(b, dock);
      }
    }
  }
  return outdated;
}

function comparePair(
  tiles: readonly Tile[],
  a: number,
  b: number,
  mark: (tile: number, dock: number) => void,
): void {
  const first = tiles[a]!.positions;
  const second = tiles[b]!.positions;
  for (let i = 0, j = 0; i < first.ids.length && j < second.ids.length;) {
    if (first.ids[i]! < second.ids[j]!) i++;
    else if (first.ids[i]! > second.ids[j]!) j++;
    else {
      if (first.versions[i]! >= second.versions[j]!) mark(b, j);
      else mark(a, i);
      i++;
      j++;
    }
  }
}
