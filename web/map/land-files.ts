import { landMasks, landTag } from "virtual:land-cells";
import type { Bbox } from "../../shared/geo.ts";
import { cellCounts, cellsOver, LAND_LEVELS } from "./land-cells.ts";

/** The files that draw the land of a box at every zoom. */
export function landFilesOver({ west, south, east, north }: Bbox): string[] {
  const spans = west <= east ? [[west, east]] as const : [[west, 180], [-180, east]] as const;
  const names = LAND_LEVELS.flatMap((level, index) => {
    const { columns } = cellCounts(level);
    return spans.flatMap(([from, to]) => cellsOver(level, [from, south, to, north]))
      .filter(({ column, row }) => landMasks[index]![row * columns + column] === "1")
      .map(({ column, row }) => `/land/${level.degrees}/${column}_${row}-${landTag}.json`);
  });
  return [...new Set(names)];
}
