import type { Bbox } from "../../shared/geo.ts";

/** What was rounded on its way through an address is no other box. */
const SLACK = 2e-5;

/** Whether a box lies within another; either may cross the antimeridian. */
export function boxHolds(outer: Bbox, inner: Bbox): boolean {
  if (inner.south < outer.south - SLACK || inner.north > outer.north + SLACK) return false;
  const width = widthOf(outer);
  if (width === 360) return true;
  const from = turn(inner.west - outer.west + SLACK);
  return from + widthOf(inner) <= width + 2 * SLACK;
}

/** Whether two boxes have water in common, more than an edge. */
export function boxesOverlap(a: Bbox, b: Bbox): boolean {
  if (a.south >= b.north || b.south >= a.north) return false;
  return turn(b.west - a.west) < widthOf(a) || turn(a.west - b.west) < widthOf(b);
}

function widthOf({ west, east }: Bbox): number {
  return west === east ? 0 : turn(east - west) || 360;
}

/** Degrees eastward, from 0 up to a whole turn. */
function turn(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}
