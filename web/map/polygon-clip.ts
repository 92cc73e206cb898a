/** West, south, east, north, in whatever unit the ring has. */
export type Edges = readonly [number, number, number, number];

/**
 * A closed ring `[x, y, x, y, …]` cut to a box (Sutherland and Hodgman 1974). Where the ring
 * leaves and comes back the result runs along the box's edge; it is empty where nothing is left.
 */
export function clipRing(ring: ArrayLike<number>, [west, south, east, north]: Edges): number[] {
  let points: ArrayLike<number> = ring;
  points = cutSide(points, 0, west, 1);
  points = cutSide(points, 0, east, -1);
  points = cutSide(points, 1, south, 1);
  return cutSide(points, 1, north, -1);
}

/** Keeps what lies on one side of a line: `sign` 1 keeps values at or above `limit`. */
function cutSide(ring: ArrayLike<number>, axis: 0 | 1, limit: number, sign: 1 | -1): number[] {
  const kept: number[] = [];
  const { length } = ring;
  for (let i = 0; i < length; i += 2) {
    const previous = i === 0 ? length - 2 : i - 2;
    const here = (ring[i + axis]! - limit) * sign;
    const before = (ring[previous + axis]! - limit) * sign;
    if (here >= 0 !== before >= 0) {
      const share = before / (before - here);
      const other = ring[previous + 1 - axis]! +
        share * (ring[i + 1 - axis]! - ring[previous + 1 - axis]!);
      // The limit itself, not an interpolation of it: equality tells what lies on the edge.
      if (axis === 0) kept.push(limit, other);
      else kept.push(other, limit);
    }
    if (here >= 0) kept.push(ring[i]!, ring[i + 1]!);
  }
  return kept;
}
