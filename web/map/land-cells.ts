import type { Edges } from "./polygon-clip.ts";

/** A level of detail: cells of `degrees` are drawn from `fromZoom` on. */
export interface LandLevel {
  degrees: number;
  fromZoom: number;
}

/** Natural Earth's 1:110m, 1:50m and 1:10m, each where its error stays near a pixel. */
export const LAND_LEVELS: readonly LandLevel[] = [
  { degrees: 360, fromZoom: 0 },
  { degrees: 30, fromZoom: 4 },
  { degrees: 10, fromZoom: 7 },
];

/** Steps of a cell's coordinates from edge to edge. */
export const CELL_STEPS = 32_767;

/** Neighbours overlap by this, or a seam of water would show between them. */
const OVERLAP_DEGREES = 0.02;

/** How many columns and rows of cells a level has. */
export function cellCounts({ degrees }: LandLevel): { columns: number; rows: number } {
  return { columns: 360 / degrees, rows: Math.max(1, 180 / degrees) };
}

/** What a cell covers: its share of the world and the overlap, never beyond the world's edge. */
export function cellEdges({ degrees }: LandLevel, column: number, row: number): Edges {
  const west = -180 + column * degrees;
  const south = -90 + row * Math.min(degrees, 180);
  return [
    Math.max(-180, west - OVERLAP_DEGREES),
    Math.max(-90, south - OVERLAP_DEGREES),
    Math.min(180, west + degrees + OVERLAP_DEGREES),
    Math.min(90, south + Math.min(degrees, 180) + OVERLAP_DEGREES),
  ];
}

/** The finest level whose detail a zoom can show. */
export function levelForZoom(zoom: number): number {
  let level = 0;
  LAND_LEVELS.forEach(({ fromZoom }, i) => {
    if (zoom >= fromZoom) level = i;
  });
  return level;
}

/** Columns and rows of the cells that a box of degrees (west ≤ east) touches. */
export function cellsOver(
  level: LandLevel,
  [west, south, east, north]: Edges,
): { column: number; row: number }[] {
  const { columns, rows } = cellCounts(level);
  const height = Math.min(level.degrees, 180);
  const columnAt = (lon: number) => clampIndex(Math.floor((lon + 180) / level.degrees), columns);
  const rowAt = (lat: number) => clampIndex(Math.floor((lat + 90) / height), rows);
  const [first, last, bottom, top] = [columnAt(west), columnAt(east), rowAt(south), rowAt(north)];
  const cells: { column: number; row: number }[] = [];
  for (let row = bottom; row <= top; row++) {
    for (let column = first; column <= last; column++) cells.push({ column, row });
  }
  return cells;
}

function clampIndex(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}

/** A clipped ring in degrees as a cell keeps it; empty where it shrinks to less than an area. */
export function encodeRing(
  ring: ArrayLike<number>,
  [west, south, east, north]: Edges,
): number[] {
  const steps: number[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i < ring.length; i += 2) {
    const nextX = Math.round(((ring[i]! - west) / (east - west)) * CELL_STEPS);
    const nextY = Math.round(((ring[i + 1]! - south) / (north - south)) * CELL_STEPS);
    if (i > 0 && nextX === x && nextY === y) continue;
    steps.push(nextX - x, nextY - y);
    x = nextX;
    y = nextY;
  }
  return steps.length >= 6 ? steps : [];
}

/** A cell's ring as steps from its corner, no longer as differences. */
export function decodeRing(steps: readonly number[]): Int16Array {
  const ring = new Int16Array(steps.length);
  for (let i = 0; i < steps.length; i++) ring[i] = steps[i]! + (i < 2 ? 0 : ring[i - 2]!);
  return ring;
}
