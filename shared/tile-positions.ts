import type { Bbox } from "./geo.ts";
import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";

/** Ids, versions and positions, in the order of ids. */
export interface PositionColumns {
  ids: Uint32Array;
  versions: Uint32Array;
  lats: Float64Array;
  lons: Float64Array;
  /** A box around all positions, west never above east; without docks it holds nothing. */
  bounds: Bbox;
}

/** Parts of a degree that a tile tells apart: a tenth of a metre. */
const UNIT = 1_000_000;
const MOST_ID = 2 ** 32 - 1;

export function writePositions(
  ids: ByteWriter,
  places: ByteWriter,
  docks: readonly TileDock[],
): void {
  let before = 0;
  for (const { id } of docks) {
    if (!(id > before)) throw new RangeError(`Cannot write tile: dock ${id} is out of order`);
    ids.varint(id - before - 1);
    before = id;
  }
  for (const { version } of docks) ids.varint(version);
  for (const axis of ["lat", "lon"] as const) {
    let last = 0;
    for (const dock of docks) {
      const at = Math.round(dock[axis] * UNIT);
      places.signed(at - last);
      last = at;
    }
  }
}

export function readPositions(ids: ByteReader, places: ByteReader, count: number): PositionColumns {
  const columns: PositionColumns = {
    ids: new Uint32Array(count),
    versions: new Uint32Array(count),
    lats: new Float64Array(count),
    lons: new Float64Array(count),
    bounds: { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity },
  };
  let id = 0;
  for (let i = 0; i < count; i++) {
    id += ids.upTo(MOST_ID) + 1;
    if (id > MOST_ID) ids.fail(`${id} is no id`);
    columns.ids[i] = id;
  }
  for (let i = 0; i < count; i++) columns.versions[i] = ids.upTo(MOST_ID);
  ids.finish();
  readAxis(places, columns.lats, 90 * UNIT);
  readAxis(places, columns.lons, 180 * UNIT);
  places.finish();
  for (let i = 0; i < count; i++) stretch(columns.bounds, columns.lats[i]!, columns.lons[i]!);
  return columns;
}

function readAxis(reader: ByteReader, degrees: Float64Array, most: number): void {
  let at = 0;
  for (let i = 0; i < degrees.length; i++) {
    at += reader.signed();
    if (at > most || at < -most) reader.fail("a position is not on Earth");
    degrees[i] = at / UNIT;
  }
}

function stretch(bounds: Bbox, lat: number, lon: number): void {
  if (lat < bounds.south) bounds.south = lat;
  if (lat > bounds.north) bounds.north = lat;
  if (lon < bounds.west) bounds.west = lon;
  if (lon > bounds.east) bounds.east = lon;
}
