import { DockKind } from "../../shared/dock.ts";
import { bboxHas, roundDegrees } from "../../shared/geo.ts";
import { quadkeyToBbox } from "../../shared/quadkey.ts";
import {
  cellDepth,
  gatherCells,
  type SampleDock,
  type SummaryCell,
} from "../../shared/tile-summary.ts";
import { DEGREE } from "../../shared/tile-positions.ts";
import type { Sql } from "../platform/sql.ts";

/** Docks of a cell that are of one kind and cost in one currency, as `dock_summary` tells of them. */
type SummaryPart = [
  cell: string,
  kind: DockKind,
  currency: string,
  docks: number,
  latSum: number,
  lonSum: number,
  leastMinor: number,
  mostMinor: number,
];

/** What `selectSummaryParts` found of a quadkey. */
export interface SummaryParts {
  quadkey: string;
  parts: SummaryPart[];
}

/** Brings what is gathered of docks up to date, where nobody did so within so many seconds. */
export async function refreshDockSummary(sql: Sql, afterSeconds: number): Promise<void> {
  await sql.query("SELECT refresh_dock_summary($1)", [afterSeconds]);
}

/** What lies in some quadkeys: each quadkey's cells, and those above it that it lies in. */
export async function selectSummaryParts(
  sql: Sql,
  quadkeys: readonly string[],
): Promise<SummaryParts[]> {
  return await sql.query<SummaryParts>(
    `SELECT asked.quadkey, coalesce(found.parts, '[]') AS parts
     FROM unnest($1::text[], $2::int[]) AS asked (quadkey, depth)
     CROSS JOIN LATERAL (
       SELECT jsonb_agg(jsonb_build_array(
         cell, kind, currency, docks, lat_sum, lon_sum, least_minor, most_minor)) AS parts
       FROM (
         SELECT left(s.cell, asked.depth) AS cell, kind, currency, sum(docks) AS docks,
           sum(lat_sum) AS lat_sum, sum(lon_sum) AS lon_sum, min(least_minor) AS least_minor,
           max(most_minor) AS most_minor
         FROM dock_summary s
         WHERE s.cell >= asked.quadkey AND s.cell < asked.quadkey || '4'
           OR s.cell = ANY (cell_prefixes(asked.quadkey))
         GROUP BY 1, 2, 3
         ORDER BY 1, 2, 3) AS gathered) AS found`,
    [quadkeys, quadkeys.map(cellDepth)],
  );
}

/** The cells that parts make. Docks of a cell above the quadkey count where their middle lies. */
export function partsToCells({ quadkey, parts }: SummaryParts): SummaryCell[] {
  const box = quadkeyToBbox(quadkey);
  const cells = parts.map((part) => partToCell(part));
  return gatherCells(
    cells.filter((cell) => cell.quadkey.length >= quadkey.length || bboxHas(box, cell)),
    cellDepth(quadkey),
  );
}

function partToCell(
  [quadkey, kind, currency, count, latSum, lonSum, leastMinor, mostMinor]: SummaryPart,
): SummaryCell {
  return {
    quadkey,
    count,
    lat: roundDegrees(latSum / count / DEGREE),
    lon: roundDegrees(lonSum / count / DEGREE),
    kinds: DockKind.options.map((option) => option === kind ? count : 0),
    prices: [{ currency, leastMinor, mostMinor }],
  };
}

/**
 * Some docks of the leaves below a quadkey: of each cell the best rated of its kinds, in the order
 * of ids. None where the quadkey is a leaf or lies in one.
 */
export async function selectSample(
  sql: Sql,
  quadkey: string,
  mostACell: number,
): Promise<SampleDock[]> {
  return await sql.query<SampleDock>(
    `SELECT d.id, d.name, d.kind, d.public_lat AS lat, d.public_lon AS lon
     FROM (
       SELECT best_dock, row_number() OVER (
         PARTITION BY left(cell, $2) ORDER BY best_rating DESC NULLS LAST, best_dock) AS place
       FROM dock_summary WHERE leaf > $1 AND leaf < $1 || '4') AS ranked
     JOIN dock d ON d.id = best_dock AND d.leaf IS NOT NULL
     WHERE place <= $3 ORDER BY d.id`,
    [quadkey, cellDepth(quadkey), mostACell],
  );
}
