import type { Availability } from "../../shared/api.ts";
import { freeNights } from "../../shared/occupied.ts";
import { dateToDay, dayToDate, nightCount, type Stay, todayIn } from "../../shared/stay.ts";
import type { Sql } from "../platform/sql.ts";
import { type Reader, seeDock } from "./dock-access.ts";
import { refuseIssues } from "./dock-rules.ts";
import { selectTaken } from "./night-queries.ts";

const MAX_NIGHTS = 400;

/**
 * For each of some nights, whether a boat could lie at a dock that night: nothing is in the way (on
 * a quay: there is a run for the length asked with, else for the shortest boat that it takes), and
 * the night is neither over nor further ahead than the dock sells.
 *
 * @throws {Problem} `invalid` for no night or over 400, `not-found`.
 */
export async function readAvailability(
  sql: Sql,
  reader: Reader,
  dockId: number,
  ask: Stay & { loaCm?: number | undefined },
  nowMs: number,
): Promise<Availability> {
  const nights = nightCount(ask);
  if (nights < 1 || nights > MAX_NIGHTS) {
    refuseIssues("Cannot tell free nights", [
      { path: "to", message: `must be 1 to ${MAX_NIGHTS} nights after \`from\`` },
    ]);
  }
  const dock = await seeDock(sql, reader, dockId);
  const taken = await selectTaken(sql, dockId, ask);
  const today = dateToDay(todayIn(dock.time_zone, nowMs));
  const fromDay = dateToDay(ask.from);
  const berth = {
    lengthCm: dock.length_cm,
    gapCm: dock.gap_cm,
    minLoaCm: dock.min_loa_cm,
    occupied: taken.flatMap(({ from, to, lo, hi }) => [dateToDay(from), dateToDay(to), lo, hi]),
  };
  const free = freeNights(berth, fromDay, dateToDay(ask.to), ask.loaCm);
  return {
    nights: free.map((isFree, i) => {
      const day = fromDay + i;
      const isSold = day >= today && day < today + dock.window_days;
      return { date: dayToDate(day), free: isFree && isSold };
    }),
  };
}
