import { type Bbox, EARTH_RADIUS_M, type Position, wrapLon } from "./geo.ts";

const RAD = Math.PI / 180;

/**
 * The smallest box around a circle, a hair wider, so that rounding leaves no point of it outside;
 * the whole ring of longitudes where it holds a pole.
 */
export function circleToBbox(centre: Position, radiusM: number): Bbox {
  const angle = (radiusM / EARTH_RADIUS_M) * (1 + 1e-9) + 1e-11;
  const south = centre.lat - angle / RAD;
  const north = centre.lat + angle / RAD;
  if (south <= -90 || north >= 90 || angle >= Math.PI / 2) {
    return { west: -180, south: Math.max(-90, south), east: 180, north: Math.min(90, north) };
  }
  const lonAngle = Math.asin(Math.min(1, Math.sin(angle) / Math.cos(centre.lat * RAD))) / RAD;
  if (lonAngle >= 180) return { west: -180, south, east: 180, north };
  return {
    west: wrapLon(centre.lon - lonAngle),
    south,
    east: wrapLon(centre.lon + lonAngle),
    north,
  };
}
