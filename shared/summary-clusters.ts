import type { Cluster } from "./api.ts";
import { DockKind } from "./dock.ts";
import { type Bbox, bboxCentre, bboxesMeet, bboxHas, distanceM, type Position } from "./geo.ts";
import { quadkeyToBbox } from "./quadkey.ts";
import type { WaterArea } from "./search-terms.ts";
import { gatherCells, type SummaryCell } from "./tile-summary.ts";

/** More would cover the map that they are to make readable. */
const MOST_CLUSTERS = 64;

/** What summaries say of an area that has too many docks to read. */
export interface Gathered {
  clusters: Cluster[];
  /** Docks of the kinds asked for that surely lie in the area. */
  least: number;
  /** Whether these are all. */
  isExact: boolean;
}

/** The docks of some kinds or, without any, of all in an area, as cells that cover it tell. */
export function gatherDocks(
  cells: readonly SummaryCell[],
  area: WaterArea,
  kinds: readonly DockKind[] = [],
): Gathered {
  const shown: SummaryCell[] = [];
  let least = 0;
  let isExact = true;
  for (const cell of cells) {
    const count = countOf(cell, kinds);
    if (count === 0) continue;
    const box = quadkeyToBbox(cell.quadkey);
    if (isWithin(box, area)) least += count;
    else if (meets(box, area)) isExact = false;
    if (has(area, cell)) shown.push(cell);
  }
  return { clusters: toClusters(shown, kinds), least, isExact };
}

function countOf({ count, kinds: counts }: SummaryCell, kinds: readonly DockKind[]): number {
  if (kinds.length === 0) return count;
  return kinds.reduce((sum, kind) => sum + (counts[DockKind.options.indexOf(kind)] ?? 0), 0);
}

/**
 * Cells gathered by the deepest level of the quadtree that leaves few enough of them; while there is
 * room, those whose docks lie farthest apart by the level below it.
 */
function toClusters(cells: readonly SummaryCell[], kinds: readonly DockKind[]): Cluster[] {
  let gathered: readonly SummaryCell[] = cells;
  let depth = Math.max(0, ...cells.map(({ quadkey }) => quadkey.length));
  while (gathered.length > MOST_CLUSTERS) gathered = gatherCells(gathered, --depth);
  const parts = gathered.map((cell) =>
    gatherCells(cells.filter(({ quadkey }) => quadkey.startsWith(cell.quadkey)), depth + 1)
  );
  let room = MOST_CLUSTERS - gathered.length;
  const shown: SummaryCell[] = [];
  for (const [i] of parts.map((part, i) => [i, spreadOf(part)] as const).sort(bySpread)) {
    const part = parts[i]!;
    const isShown = part.length - 1 <= room;
    shown.push(...(isShown ? part : [gathered[i]!]));
    if (isShown) room -= part.length - 1;
  }
  return shown.map((cell) => ({
    lat: cell.lat,
    lon: cell.lon,
    count: countOf(cell, kinds),
    kinds: Object.fromEntries(
      DockKind.options.map((kind, i) => [kind, cell.kinds[i] ?? 0] as const)
        .filter(([kind, count]) => count > 0 && (kinds.length === 0 || kinds.includes(kind))),
    ),
    prices: cell.prices,
  }));
}

type Spread = readonly [part: number, degrees: number];

function bySpread([a, spread]: Spread, [b, other]: Spread): number {
  return other - spread || a - b;
}

/** How far apart the middles of cells lie, in degrees. */
function spreadOf(cells: readonly SummaryCell[]): number {
  const reach = (values: number[]) => Math.max(...values) - Math.min(...values);
  return reach(cells.map(({ lat }) => lat)) + reach(cells.map(({ lon }) => lon));
}

function has(area: WaterArea, position: Position): boolean {
  if ("bbox" in area) return bboxHas(area.bbox, position);
  return distanceM(area.near, position) <= area.radiusM;
}

/** Whether a box, which does not cross the antimeridian, surely lies in an area as a whole. */
function isWithin(box: Bbox, area: WaterArea): boolean {
  if ("bbox" in area) {
    const { west, south, east, north } = area.bbox;
    if (box.south < south || box.north > north) return false;
    return west <= east
      ? box.west >= west && box.east <= east
      : box.west >= west || box.east <= east;
  }
  const centre = bboxCentre(box);
  return distanceM(area.near, centre) + reachOf(box, centre) <= area.radiusM;
}

/** Whether a box may hold anything of an area. */
function meets(box: Bbox, area: WaterArea): boolean {
  if ("bbox" in area) return bboxesMeet(box, area.bbox);
  const centre = bboxCentre(box);
  return distanceM(area.near, centre) - reachOf(box, centre) <= area.radiusM;
}

/** How far a box reaches from its middle: its corners are the farthest. */
function reachOf({ west, south, east, north }: Bbox, centre: Position): number {
  return Math.max(
    ...[south, north].flatMap((lat) => [west, east].map((lon) => distanceM(centre, { lat, lon }))),
  );
}
