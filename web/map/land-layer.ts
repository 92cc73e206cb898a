import { landMasks, landTag } from "virtual:land-cells";
import L from "leaflet";
import {
  CELL_STEPS,
  cellCounts,
  cellEdges,
  cellsOver,
  decodeRing,
  LAND_LEVELS,
  levelForZoom,
} from "./land-cells.ts";
import { clipRing } from "./polygon-clip.ts";
import type { Edges } from "./polygon-clip.ts";

/** Colours of the chart, as the page's theme has them. */
export interface ChartColours {
  deep: string;
  shallow: string;
  shoal: string;
  land: string;
  coast: string;
  grid: string;
}

interface Cell {
  edges: Edges;
  rings: Int16Array[];
}

/** Shallow water is drawn this far off the coast, in pixels: a look, not a depth. */
const SHALLOW_PX = 34;
const SHOAL_PX = 12;

const cells = new Map<string, Promise<Cell | undefined>>();

/** The world's land as a paper chart shows it, drawn from files that come with the client. */
export class LandLayer extends L.GridLayer {
  private readonly colours: () => ChartColours;

  constructor(colours: () => ChartColours) {
    super({ attribution: "Natural Earth", className: "land-layer", updateWhenZooming: false });
    this.colours = colours;
  }

  override createTile(coords: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas");
    const size = this.getTileSize();
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    canvas.width = size.x * ratio;
    canvas.height = size.y * ratio;
    drawTile(canvas, coords, size.x, ratio, this.colours()).then(
      () => done(undefined, canvas),
      (error: Error) => done(error, canvas),
    );
    return canvas;
  }
}

async function drawTile(
  canvas: HTMLCanvasElement,
  coords: L.Coords,
  size: number,
  ratio: number,
  colours: ChartColours,
): Promise<void> {
  const context = canvas.getContext("2d");
  if (!context) return;
  context.scale(ratio, ratio);
  context.fillStyle = colours.deep;
  context.fillRect(0, 0, size, size);

  const count = 2 ** coords.z;
  const column = ((coords.x % count) + count) % count;
  const pad = (SHALLOW_PX + 4) / size;
  const view: Edges = [
    ((column - pad) / count) * 360 - 180,
    rowToLat((coords.y + 1 + pad) / count),
    ((column + 1 + pad) / count) * 360 - 180,
    rowToLat((coords.y - pad) / count),
  ];
  const toX = (lon: number) => (((lon + 180) / 360) * count - column) * size;
  const toY = (lat: number) => (latToRow(lat) * count - coords.y) * size;

  const coast = new Path2D();
  const fills: Path2D[] = [];
  // At the antimeridian the coast of the other side is near, a turn of the world away.
  for (const turn of [-360, 0, 360]) {
    const turned: Edges = [view[0] + turn, view[1], view[2] + turn, view[3]];
    if (turned[2] < -180 || turned[0] > 180) continue;
    for (const cell of await cellsFor(coords.z, turned)) {
      fills.push(traceCell(cell, turned, (lon) => toX(lon - turn), toY, coast));
    }
  }

  context.lineJoin = context.lineCap = "round";
  for (
    const [width, colour] of [[SHALLOW_PX, colours.shallow], [SHOAL_PX, colours.shoal]] as const
  ) {
    context.lineWidth = width * 2;
    context.strokeStyle = colour;
    context.stroke(coast);
  }
  context.fillStyle = colours.land;
  // Cells overlap, so that each is filled by itself: even-odd would make holes of the overlap.
  for (const fill of fills) context.fill(fill, "evenodd");
  context.lineWidth = 1;
  context.strokeStyle = colours.coast;
  context.stroke(coast);
}

async function cellsFor(zoom: number, view: Edges): Promise<Cell[]> {
  const index = levelForZoom(zoom);
  const level = LAND_LEVELS[index]!;
  const { columns } = cellCounts(level);
  const wanted = cellsOver(level, view)
    .filter(({ column, row }) => landMasks[index]![row * columns + column] === "1")
    .map(({ column, row }) => {
      const name = `${level.degrees}/${column}_${row}`;
      let loading = cells.get(name);
      if (!loading) {
        loading = loadCell(name, cellEdges(level, column, row));
        cells.set(name, loading);
        // What could not be loaded is asked for again by the next tile.
        loading.catch(() => cells.delete(name));
      }
      return loading;
    });
  const loaded = await Promise.all(wanted);
  return loaded.filter((cell) => cell !== undefined);
}

async function loadCell(name: string, edges: Edges): Promise<Cell | undefined> {
  const response = await fetch(`/land/${name}-${landTag}.json`);
  if (!response.ok) throw new Error(`Cannot load land: ${name} answered ${response.status}`);
  // Made by the build from Natural Earth: lists of numbers.
  const rings = await response.json() as number[][];
  return { edges, rings: rings.map(decodeRing) };
}

/** A cell's land as a path to fill; its coast is added to `coast`. */
function traceCell(
  { edges, rings }: Cell,
  view: Edges,
  toX: (lon: number) => number,
  toY: (lat: number) => number,
  coast: Path2D,
): Path2D {
  const fill = new Path2D();
  const [west, south, east, north] = edges;
  const width = (east - west) / CELL_STEPS;
  const height = (north - south) / CELL_STEPS;
  const window: Edges = [
    (view[0] - west) / width,
    (view[1] - south) / height,
    (view[2] - west) / width,
    (view[3] - south) / height,
  ];
  for (const ring of rings) {
    const cut = clipRing(ring, window);
    const { length } = cut;
    let isDrawing = false;
    for (let i = 0; i < length; i += 2) {
      const x = toX(west + cut[i]! * width);
      const y = toY(south + cut[i + 1]! * height);
      if (i === 0) fill.moveTo(x, y);
      else fill.lineTo(x, y);
      const next = i + 2 < length ? i + 2 : 0;
      // A cell's edge cuts through land: no coast runs along it.
      if (isOnEdge(cut, i, next)) {
        isDrawing = false;
        continue;
      }
      if (!isDrawing) coast.moveTo(x, y);
      coast.lineTo(toX(west + cut[next]! * width), toY(south + cut[next + 1]! * height));
      isDrawing = true;
    }
    fill.closePath();
  }
  return fill;
}

function isOnEdge(ring: readonly number[], i: number, next: number): boolean {
  for (const axis of [0, 1]) {
    const value = ring[i + axis]!;
    if (value === ring[next + axis] && (value === 0 || value === CELL_STEPS)) return true;
  }
  return false;
}

function rowToLat(row: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - 2 * row))) * 180) / Math.PI;
}

function latToRow(lat: number): number {
  const sin = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI);
}
