import type { WaterSearch } from "./search-terms.ts";
import { dateToDay } from "./stay.ts";
import { HEAD } from "./tile-index.ts";
import type { Tile } from "./tile.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/**
 * Until when the passing of time alone leaves an answer as it is, ms since 1970. Without nights
 * that is for ever. Nights so far ahead that every dock's notice is kept, and no further than every
 * dock sells, stay so until the longest notice begins to count, in whichever zone. For others a
 * minute is looked at: local days, and the last moment of a notice, begin with one.
 */
export function answerHoldsUntil(
  tiles: readonly Tile[],
  { stay }: Pick<WaterSearch, "stay">,
  nowMs: number,
): number {
  if (!stay) return Infinity;
  const today = Math.floor(nowMs / DAY_MS);
  const toDay = dateToDay(stay.to);
  // No zone is a day ahead of UTC.
  let untilMs = (dateToDay(stay.from) - 1) * DAY_MS;
  const arrivalMs = untilMs;
  for (let i = 0; i < tiles.length; i++) {
    const { index, count } = tiles[i]!;
    if (count === 0) continue;
    if (toDay >= today + index[HEAD.leastWindowDays]!) return nextMinute(nowMs);
    const noticedMs = arrivalMs - index[HEAD.mostNoticeHours]! * HOUR_MS;
    if (noticedMs < untilMs) untilMs = noticedMs;
  }
  // The instant itself still keeps the notice; what comes after it does not.
  return untilMs > nowMs ? untilMs : nextMinute(nowMs);
}

function nextMinute(nowMs: number): number {
  // At the very beginning of a minute a notice may still be kept that a moment later is not.
  return nowMs % MINUTE_MS === 0 ? nowMs + 1 : Math.ceil(nowMs / MINUTE_MS) * MINUTE_MS;
}

/** Names the stretch of time that an answer holds for, the same in every process. */
export function momentOf(untilMs: number, nowMs: number): string {
  if (untilMs - nowMs > MINUTE_MS || untilMs === Infinity) return "";
  return (Math.floor(nowMs / MINUTE_MS) * 2 + (nowMs % MINUTE_MS === 0 ? 1 : 0)).toString(36);
}
