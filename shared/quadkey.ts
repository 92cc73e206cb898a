import type { Bbox, Position } from "./geo.ts";

/** Latitude at which the square Web Mercator world ends; beyond it the last row serves. */
const MAX_MERCATOR_LAT = 85.05112878;

/** Deepest leaf: cells of about 19 m at the equator, finer than two berths need. */
export const MAX_DEPTH = 21;

/** How the world's root is written where an empty string cannot stand (URLs, keys). */
export const ROOT_NAME = "root";

/**
 * Quadkey of a position (Microsoft's Bing Maps tile system): digits 0–3, most significant first;
 * the empty string is the world.
 */
export function positionToQuadkey(position: Position, depth: number = MAX_DEPTH): string {
  const lat = Math.max(-MAX_MERCATOR_LAT, Math.min(MAX_MERCATOR_LAT, position.lat));
  const sin = Math.sin((lat * Math.PI) / 180);
  const size = 2 ** depth;
  const x = clampCell(((position.lon + 180) / 360) * size, size);
  const y = clampCell((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * size, size);
  let key = "";
  for (let bit = depth - 1; bit >= 0; bit--) {
    key += ((x >> bit) & 1) + 2 * ((y >> bit) & 1);
  }
  return key;
}

function clampCell(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, Math.floor(value)));
}

/** The box of a quadkey; the first and last rows reach the poles. */
export function quadkeyToBbox(key: string): Bbox {
  let x = 0;
  let y = 0;
  for (const digit of key) {
    x = 2 * x + (Number(digit) & 1);
    y = 2 * y + (Number(digit) >> 1);
  }
  const size = 2 ** key.length;
  return {
    west: (x / size) * 360 - 180,
    south: y === size - 1 ? -90 : rowToLat((y + 1) / size),
    east: ((x + 1) / size) * 360 - 180,
    north: y === 0 ? 90 : rowToLat(y / size),
  };
}

function rowToLat(row: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * row))) * 180) / Math.PI;
}

/** Whether a text is a quadkey of at most MAX_DEPTH digits. */
export function isQuadkey(text: string): boolean {
  return text.length <= MAX_DEPTH && /^[0-3]*$/.test(text);
}
