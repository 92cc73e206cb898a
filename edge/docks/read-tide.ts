import { Problem } from "../../shared/problem.ts";
import { dateToDay, dayToDate, type LocalDate } from "../../shared/stay.ts";
import type { DockTide } from "../../shared/tide.ts";
import { localInstant } from "../../shared/zone.ts";
import type { Sql } from "../platform/sql.ts";
import { type Reader, seeDock } from "./dock-access.ts";
import { refuseIssues } from "./dock-rules.ts";
import { rowToStation } from "./dock-row.ts";
import type { Tides } from "./tides.ts";

const MAX_DAYS = 14;

/**
 * The predicted tide at a dock's station, local days `from` to `to`, both included.
 *
 * @throws {Problem} `invalid` for no day or over 14; `not-found` for the dock, and where no station
 *   is near that can be predicted.
 */
export async function readTide(
  sql: Sql,
  tides: Tides,
  reader: Reader,
  dockId: number,
  ask: { from: LocalDate; to: LocalDate },
): Promise<DockTide> {
  const [first, last] = [dateToDay(ask.from), dateToDay(ask.to)];
  if (last < first || last - first >= MAX_DAYS) {
    refuseIssues("Cannot predict tide", [
      { path: "to", message: `must be \`from\` or at most ${MAX_DAYS - 1} days after it` },
    ]);
  }
  const station = rowToStation(await seeDock(sql, reader, dockId));
  const known = station && (await tides.daysOf(station.id, first, last));
  if (!station || !known) {
    throw new Problem("not-found", `Cannot predict tide: no station is known near dock ${dockId}`);
  }
  const { timeZone, days } = known;
  const extremes = await tides.extremesOf(
    station.id,
    localInstant(timeZone, first, 0),
    localInstant(timeZone, last + 1, 0),
  );
  return {
    station: { id: station.id, name: station.name, timeZone },
    attribution: station.attribution,
    datum: "LAT",
    days: Array.from({ length: last - first + 1 }, (_, i) => ({
      date: dayToDate(first + i),
      lowCm: days.lowsCm[first + i - days.firstDay]!,
      highCm: days.highsCm[first + i - days.firstDay]!,
    })),
    extremes: (extremes ?? []).map(({ atMs, levelCm, kind }) => ({
      at: new Date(atMs).toISOString(),
      levelCm,
      kind,
    })),
  };
}
