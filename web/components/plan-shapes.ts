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

/** Outlines of boats with their cabins, by number of hulls: bow up, 100 long, around (0, 0). */
export const OUTLINES = {
  1: "M0-50C12-25 17-5 17 12L12 50H-12L-17 12C-17-5-12-25 0-50ZM0-18L8 2V22H-8V2Z",
  2: "M-16-12H16V40H-16ZM21-50L27-10V50H15V-10ZM-21-50L-27-10V50H-15V-10ZM0-18L11 2V22H-11V2Z",
};

/** How wide an outline is drawn, of its 100 of length. */
export const OUTLINE_BEAM = { 1: 34, 2: 54 };

/** Puts an outline where its boat lies. */
export function placeBoat({ x, y, length, heading }: PlanBoat): string {
  return `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${heading.toFixed(1)}) scale(${
    (length / 100).toFixed(2)
  })`;
}

/** A rectangle as a path. */
export function box(x: number, y: number, width: number, height: number): string {
  return `M${x},${y}h${width}v${height}h${-width}Z`;
}

/** A small circle as a path. */
export function dot(x: number, y: number, r: number): string {
  return `M${x - r},${y}a${r},${r} 0 1 0 ${2 * r},0a${r},${r} 0 1 0 ${-2 * r},0Z`;
}
