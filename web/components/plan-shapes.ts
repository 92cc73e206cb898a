/** Numbers in [0, 1) that a seed gives, always the same ones (mulberry32, public domain). */
export function seededNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A boat seen from above: where her middle lies, how long she is, where her bow points. */
export interface PlanBoat {
  x: number;
  y: number;
  length: number;
  /** Degrees clockwise from up. */
  heading: number;
  hulls: 1 | 2;
}

/** The outline of a boat as an SVG path; her cabin as a second one. */
export function boatPaths(boat: PlanBoat): { hull: string; cabin: string } {
  const l = boat.length / 2;
  const w = boat.length * (boat.hulls === 2 ? 0.27 : 0.17);
  const at = placer(boat);
  const monohull = `M${at(0, -l)}C${at(w * 0.7, -l * 0.5)} ${at(w, -l * 0.1)} ${at(w, l * 0.25)}` +
    `L${at(w * 0.72, l)}L${at(-w * 0.72, l)}L${at(-w, l * 0.25)}` +
    `C${at(-w, -l * 0.1)} ${at(-w * 0.7, -l * 0.5)} ${at(0, -l)}Z`;
  const float = (side: number) =>
    `M${at(side * w * 0.78, -l)}L${at(side * w, -l * 0.2)}L${at(side * w, l)}` +
    `L${at(side * w * 0.55, l)}L${at(side * w * 0.55, -l * 0.2)}Z`;
  const deck = `M${at(-w * 0.6, -l * 0.25)}L${at(w * 0.6, -l * 0.25)}L${at(w * 0.6, l * 0.8)}` +
    `L${at(-w * 0.6, l * 0.8)}Z`;
  const c = boat.hulls === 2 ? 0.42 : 0.5;
  const cabin = `M${at(0, -l * 0.35)}L${at(w * c, l * 0.05)}L${at(w * c, l * 0.45)}` +
    `L${at(-w * c, l * 0.45)}L${at(-w * c, l * 0.05)}Z`;
  return { hull: boat.hulls === 2 ? float(1) + float(-1) + deck : monohull, cabin };
}

function placer({ x, y, heading }: PlanBoat): (dx: number, dy: number) => string {
  const angle = (heading * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return (dx, dy) =>
    `${(x + dx * cos - dy * sin).toFixed(1)},${(y + dx * sin + dy * cos).toFixed(1)}`;
}

/** A rectangle as a path. */
export function box(x: number, y: number, width: number, height: number): string {
  return `M${x},${y}h${width}v${height}h${-width}Z`;
}

/** A small circle as a path. */
export function dot(x: number, y: number, r: number): string {
  return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
}
