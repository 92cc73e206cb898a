/**
 * Closed rings `[lon, lat, …]` of one ring that may run over the antimeridian, or around a pole:
 * each lies within ±180 and none has an edge that jumps around the world.
 */
export function unwrapRing(ring: readonly number[]): number[][] {
  const points: number[] = [];
  let shift = 0;
  let [west, east] = [Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    const step = i === 0 ? 0 : ring[i]! - ring[i - 2]!;
    if (step > 180) shift -= 360;
    if (step < -180) shift += 360;
    const lon = ring[i]! + shift;
    points.push(lon, ring[i + 1]!);
    west = Math.min(west, lon);
    east = Math.max(east, lon);
  }
  const first = points[0]!;
  const last = points.at(-2)!;
  if (Math.abs(last - first) > 180) {
    // It goes around a pole: it is closed along that pole's parallel, which no map shows.
    const pole = points[1]! < 0 ? -90 : 90;
    points.push(last, pole, first, pole);
  }
  const copies: number[][] = [];
  for (let turn = Math.floor((west + 180) / 360); turn <= Math.floor((east + 180) / 360); turn++) {
    copies.push(points.map((value, i) => i % 2 === 0 ? value - turn * 360 : value));
  }
  return copies;
}
