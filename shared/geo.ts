import * as z from "zod/mini";

/**
 * Degrees to a millionth, a tenth of a metre: as exact as any chart, and what rows, tiles and
 * answers all hold alike.
 */
export function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** WGS 84, degrees to a millionth; more digits are rounded. */
export const Position = z.object({
  lat: z.number().check(z.gte(-90), z.lte(90), z.overwrite(roundDegrees)),
  lon: z.number().check(z.gte(-180), z.lte(180), z.overwrite(roundDegrees)),
});
export type Position = z.infer<typeof Position>;

/** West, south, east, north in degrees; `west > east` says that it crosses the antimeridian. */
export interface Bbox {
  west: number;
  south: number;
  east: number;
  north: number;
}

export const EARTH_RADIUS_M = 6_371_008.8;
const RAD = Math.PI / 180;

/** Great-circle distance in metres (haversine on the mean Earth radius; error below 0.5 %). */
export function distanceM(a: Position, b: Position): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RAD) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * RAD) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * RAD) * Math.cos(b.lat * RAD) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** `distanceM` from one place to many, to the same bit. */
export function createDistance(from: Position): (lat: number, lon: number) => number {
  const cosFrom = Math.cos(from.lat * RAD);
  return (lat, lon) => {
    const sinLat = Math.sin(((lat - from.lat) * RAD) / 2);
    const sinLon = Math.sin(((lon - from.lon) * RAD) / 2);
    const h = sinLat * sinLat + cosFrom * Math.cos(lat * RAD) * sinLon * sinLon;
    return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(h)));
  };
}

/** Whether a box holds a position; its edges belong to it, and 180° is -180°. */
export function bboxHas(box: Bbox, { lat, lon }: Position): boolean {
  if (lat < box.south || lat > box.north) return false;
  return lonHas(box, lon) || (Math.abs(lon) === 180 && lonHas(box, -lon));
}

function lonHas({ west, east }: Bbox, lon: number): boolean {
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** Degrees within which boxes touch (0.1 mm), so that rounding never parts two neighbours. */
const TOUCH = 1e-9;

/** Whether two boxes touch; either may cross the antimeridian. */
export function bboxesMeet(a: Bbox, b: Bbox): boolean {
  if (a.south > b.north + TOUCH || a.north < b.south - TOUCH) return false;
  return lonSpans(a).some((x) =>
    lonSpans(b).some((y) => x[0] <= y[1] + TOUCH && x[1] >= y[0] - TOUCH)
  );
}

/**
 * `bboxesMeet` of one box with many that do not cross the antimeridian, without allocating for
 * each: west, south, east, north.
 */
export function createMeeting(
  box: Bbox,
): (west: number, south: number, east: number, north: number) => boolean {
  const spans = lonSpans(box);
  const [lowest, highest] = [box.south - TOUCH, box.north + TOUCH];
  return (west, south, east, north) => {
    if (south > highest || north < lowest) return false;
    for (let i = 0; i < spans.length; i++) {
      const [from, to] = spans[i]!;
      if (west <= to + TOUCH && east >= from - TOUCH) return true;
      if (west === -180 && to >= 180 - TOUCH) return true;
      if (east === 180 && from <= -180 + TOUCH) return true;
    }
    return false;
  };
}

/** The stretches of longitude of a box; one that ends at the antimeridian touches both its sides. */
function lonSpans({ west, east }: Bbox): [number, number][] {
  const spans: [number, number][] = west <= east ? [[west, east]] : [[west, 180], [-180, east]];
  if (spans.some(([from]) => from === -180)) spans.push([180, 180]);
  if (spans.some(([, to]) => to === 180)) spans.push([-180, -180]);
  return spans;
}

/** The middle of a box. */
export function bboxCentre(box: Bbox): Position {
  const width = box.west <= box.east ? box.east - box.west : box.east + 360 - box.west;
  return { lat: (box.south + box.north) / 2, lon: wrapLon(box.west + width / 2) };
}

/** A longitude brought into [-180, 180]. */
export function wrapLon(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}
