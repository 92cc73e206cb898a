import { type Position, roundDegrees, wrapLon } from "./geo.ts";

/** Height of a blur's cell: about 1.1 km. */
const CELL_DEGREES = 0.01;

/**
 * The public position of a dock whose host keeps the exact one until it is booked: somewhere in the
 * cell of about 1.1 km that holds it. The cell is all that it tells of the true position; the place
 * in the cell comes from the dock's id alone, so that it never moves (an average of many looks
 * gains nothing) and neighbours do not lie on one point.
 */
export function blurPosition(position: Position, dockId: number): Position {
  const south = Math.min(90 - CELL_DEGREES, floorTo(position.lat, CELL_DEGREES));
  const widest = Math.cos(
    (Math.max(Math.abs(south), Math.abs(south + CELL_DEGREES)) * Math.PI) / 180,
  );
  // Cells of a row divide the whole ring, so that none straddles the antimeridian.
  const cells = Math.max(1, Math.floor((360 * Math.max(widest, 0)) / CELL_DEGREES));
  const width = 360 / cells;
  const column = Math.min(cells - 1, Math.max(0, Math.floor((position.lon + 180) / width)));
  const lat = south + CELL_DEGREES * fractionOf(dockId, 0x9e3779b1);
  const lon = -180 + width * (column + fractionOf(dockId, 0x85ebca6b));
  return { lat: roundDegrees(lat), lon: wrapLon(roundDegrees(lon)) };
}

function floorTo(value: number, step: number): number {
  return Math.floor(value / step) * step;
}

/** A number in [0.1, 0.9) that an id always gives (the finaliser of MurmurHash3). */
function fractionOf(id: number, salt: number): number {
  let h = Math.imul(id ^ salt, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h ^= h >>> 16;
  return 0.1 + (0.8 * (h >>> 0)) / 2 ** 32;
}
