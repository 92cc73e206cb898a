import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";

/** Ids, versions and positions, in the order of ids. */
export interface PositionColumns {
  ids: Uint32Array;
  versions: Uint32Array;
  /** Millionths of a degree: a tenth of a metre. */
  lats: Int32Array;
  lons: Int32Array;
}

/** Parts of a degree that a tile tells apart. */
export const DEGREE = 1_000_000;
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
      const at = Math.round(dock[axis] * DEGREE);
      places.signed(at - last);
      last = at;
    }
  }
}

export function readPositions(
  ids: ByteReader,
  places: ByteReader,
  count: number,
): PositionColumns {
  if (count > ids.left || count > places.left) ids.fail("it ends too early");
  const columns: PositionColumns = {
    ids: new Uint32Array(count),
    versions: new Uint32Array(count),
    lats: readAxis(places, count, 90 * DEGREE),
    lons: readAxis(places, count, 180 * DEGREE),
  };
  places.finish();
  let id = 0;
  for (let i = 0; i < count; i++) {
    id += ids.upTo(MOST_ID) + 1;
    if (id > MOST_ID) ids.fail(`${id} is no id`);
    columns.ids[i] = id;
  }
  for (let i = 0; i < count; i++) columns.versions[i] = ids.upTo(MOST_ID);
  ids.finish();
  return columns;
}

function readAxis(reader: ByteReader, count: number, most: number): Int32Array {
  const column = reader.ints(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    at += reader.signed();
    if (at > most || at < -most) reader.fail("a position is not on Earth");
    column[i] = at;
  }
  return column;
}
