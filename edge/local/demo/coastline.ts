import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import * as z from "zod/mini";
import type { Position } from "../../../shared/geo.ts";

const require = createRequire(import.meta.url);

const CELL_DEGREES = 0.1;
const PIECE_DEGREES = 0.05;
const KM_A_DEGREE = 111.2;

const Pair = z.tuple([z.number(), z.number()]);
type Point = z.infer<typeof Pair>;

/** What is read of a quantised TopoJSON file: arcs of differences, and what a step is. */
const Topology = z.object({
  arcs: z.array(z.array(Pair)),
  transform: z.object({ scale: Pair, translate: Pair }),
});

export interface Coastline {
  /** The nearest point of a shore and how far it is in kilometres; undefined beyond about 8 km. */
  nearest(position: Position): { lat: number; lon: number; km: number } | undefined;
}

/** The sea's shores as Natural Earth draws them at 1:10,000,000, right to about a kilometre. */
export async function readCoastline(): Promise<Coastline> {
  const path = require.resolve("world-atlas/land-10m.json");
  const { arcs, transform } = Topology.parse(JSON.parse(await readFile(path, "utf8")));
  const cells = new Map<number, number[]>();
  // Every arc of the land's outline is shore, so there is no need to put polygons together.
  for (const arc of arcs) {
    let [x, y] = [0, 0];
    let before: Point | undefined;
    for (const [dx, dy] of arc) {
      x += dx;
      y += dy;
      const point: Point = [
        x * transform.scale[0] + transform.translate[0],
        y * transform.scale[1] + transform.translate[1],
      ];
      if (before) addShore(cells, before, point);
      before = point;
    }
  }
  return { nearest: (position) => nearestIn(cells, position) };
}

function addShore(cells: Map<number, number[]>, [x0, y0]: Point, [x1, y1]: Point): void {
  // Where land is cut at the date line and at the pole there is no shore.
  if (Math.abs(x1 - x0) > 5 || y0 < -85 || (Math.abs(x0) > 179.99 && Math.abs(x1) > 179.99)) return;
  const pieces = Math.max(
    1,
    Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / PIECE_DEGREES),
  );
  for (let i = 0; i < pieces; i++) {
    const [ax, ay] = [x0 + ((x1 - x0) * i) / pieces, y0 + ((y1 - y0) * i) / pieces];
    const [bx, by] = [x0 + ((x1 - x0) * (i + 1)) / pieces, y0 + ((y1 - y0) * (i + 1)) / pieces];
    const cell = cellOf(columnOf(ax), rowOf(ay));
    const known = cells.get(cell);
    if (known) known.push(ax, ay, bx, by);
    else cells.set(cell, [ax, ay, bx, by]);
  }
}

function nearestIn(
  cells: Map<number, number[]>,
  { lat, lon }: Position,
): { lat: number; lon: number; km: number } | undefined {
  const kmX = Math.cos((lat * Math.PI) / 180) * KM_A_DEGREE;
  const kmY = KM_A_DEGREE;
  let [bestX, bestY, best] = [0, 0, Infinity];
  const [column, row] = [columnOf(lon), rowOf(lat)];
  for (let x = column - 1; x <= column + 1; x++) {
    for (let y = row - 1; y <= row + 1; y++) {
      const shore = cells.get(cellOf(x, y)) ?? [];
      for (let i = 0; i < shore.length; i += 4) {
        const ax = (shore[i]! - lon) * kmX;
        const ay = (shore[i + 1]! - lat) * kmY;
        const dx = (shore[i + 2]! - shore[i]!) * kmX;
        const dy = (shore[i + 3]! - shore[i + 1]!) * kmY;
        const along = dx * dx + dy * dy;
        const t = along === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / along));
        const [px, py] = [ax + t * dx, ay + t * dy];
        const away = px * px + py * py;
        if (away < best) [best, bestX, bestY] = [away, px, py];
      }
    }
  }
  if (best === Infinity) return undefined;
  return { lat: lat + bestY / kmY, lon: lon + bestX / kmX, km: Math.sqrt(best) };
}

function columnOf(lon: number): number {
  return Math.floor((lon + 180) / CELL_DEGREES);
}

function rowOf(lat: number): number {
  return Math.floor((lat + 90) / CELL_DEGREES);
}

function cellOf(column: number, row: number): number {
  return column * 2_000 + row;
}
