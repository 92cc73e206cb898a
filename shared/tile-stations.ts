import type { StationTable, TileContent, TileDock, TileStation } from "./tile-dock.ts";

/** A tile may grow so old, in days, before stays at the end of what is sold are beyond its days. */
const SPARE_DAYS = 31;
/** From a tile's first day to any dock's today, and the day after departure. */
const DAYS_BEFORE_WINDOW = 5;

/** Where the days end that the stays of a dock's window can meet. */
function endOfDays(baseDay: number, windowDays: number): number {
  return baseDay + DAYS_BEFORE_WINDOW + windowDays + SPARE_DAYS;
}

/** The stations of some docks, with the days that their stays can meet and no others. */
export function stationsOf(
  docks: readonly TileDock[],
  { stations, baseDay }: Pick<TileContent, "stations" | "baseDay">,
): TileStation[] {
  const ends = new Map<string, number>();
  for (const { tideStation, windowDays } of docks) {
    if (tideStation === null) continue;
    const end = endOfDays(baseDay, windowDays);
    ends.set(tideStation, Math.max(ends.get(tideStation) ?? end, end));
  }
  return stations.flatMap((station) => {
    const end = ends.get(station.id);
    return end === undefined ? [] : [{ ...station, table: daysWithin(station, baseDay, end) }];
  });
}

/** A station's days in `[firstDay, endDay)`; null where none of them is known. */
function daysWithin({ table }: TileStation, firstDay: number, endDay: number): StationTable | null {
  if (!table) return null;
  const { firstDay: known, lowsCm, highsCm } = table.days;
  const from = Math.max(firstDay, known);
  const length = Math.min(endDay, known + lowsCm.length) - from;
  if (length <= 0) return null;
  const part = (levels: ArrayLike<number>) =>
    Array.from({ length }, (_, i) => levels[from - known + i]!);
  const days = { firstDay: from, lowsCm: part(lowsCm), highsCm: part(highsCm) };
  return { timeZone: table.timeZone, days };
}

/** Whether a tile's stations have what a dock's stays need, as far as any table has it. */
export function hasTidesOf(
  stations: readonly TileStation[],
  { tideStation, windowDays }: TileDock,
  baseDay: number,
): boolean {
  if (tideStation === null) return true;
  const station = stations.find(({ id }) => id === tideStation);
  if (!station) return false;
  if (!station.table) return true;
  const { firstDay, lowsCm } = station.table.days;
  return firstDay + lowsCm.length >= endOfDays(baseDay, windowDays);
}
