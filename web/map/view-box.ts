import { wrapLon } from "../../shared/geo.ts";
import type { Bbox, Position } from "../../shared/geo.ts";

/** Corners as a map has them: longitudes may run on beyond ±180. */
export interface Corners {
  west: number;
  south: number;
  east: number;
  north: number;
}

/** What a map shows as a box of the API: wrapped, and never more than once around. */
export function cornersToBox({ west, south, east, north }: Corners): Bbox {
  const lats = { south: Math.max(-90, south), north: Math.min(90, north) };
  if (east - west >= 360) return { west: -180, east: 180, ...lats };
  return { west: wrapLon(west), east: wrapLon(east), ...lats };
}

/** A box as a map's corners, its east beyond 180 where it crosses the antimeridian. */
export function boxToCorners({ west, south, east, north }: Bbox): Corners {
  return { west, south, east: east < west ? east + 360 : east, north };
}

/** The copy of a longitude that lies nearest to a map's middle. */
export function lonNear(position: Position, middleLon: number): number {
  return position.lon + 360 * Math.round((middleLon - position.lon) / 360);
}

/** Half of the smallest view that is shown around found docks, in degrees: about a kilometre. */
const LEAST_DEGREES = 0.01;

/** A box around positions near a middle, with some water on every side. */
export function boxAround(middle: Position, positions: readonly Position[]): Bbox {
  const lats = positions.map(({ lat }) => lat);
  const lons = positions.map((position) => lonNear(position, middle.lon));
  const [south, north] = spread(lats);
  const [west, east] = spread(lons);
  return cornersToBox({ west, south, east, north });
}

function spread(values: readonly number[]): [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = Math.max(LEAST_DEGREES, (high - low) * 0.15);
  return [low - margin, high + margin];
}
