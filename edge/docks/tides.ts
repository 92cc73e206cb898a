import type { Water } from "../../shared/fit.ts";
import type { Stay } from "../../shared/stay.ts";
import {
  hasDays,
  type TideDays,
  tideDaysOf,
  type TideExtreme,
  type TidePoint,
  waterOverDays,
} from "../../shared/tide.ts";
import type { Sql } from "../platform/sql.ts";
import { BLOCK_DAYS, predictCurve, predictDays, predictExtremes } from "./tide-prediction.ts";
import { keepTideTable, selectDueStations, selectTide, type TideRecord } from "./tide-queries.ts";

/** How far ahead of today a station's table reaches: what docks sell, and what tiles want of it. */
export const TABLE_DAYS = 770;
/** What a table is filled with beyond that, so that it is not filled again every day. */
const SPARE_DAYS = 60;
/** Yesterday is still asked for, by stays under way and by zones behind UTC. */
const PAST_DAYS = 35;
/** Stations kept in memory, about 10 KB each. */
const MOST_STATIONS = 500;
/** How long after nothing was due nobody looks again. */
const REST_MS = 10 * 60_000;

/** The predicted water of tide stations. Undefined answers: the station cannot be predicted. */
export interface Tides {
  /** Lowest and highest water of a stay at a dock of a zone. */
  waterOf(station: string, stay: Stay, timeZone: string): Promise<Water | undefined>;
  /** Each local day of the station's zone, day numbers `firstDay` to `lastDay`, both included. */
  daysOf(station: string, firstDay: number, lastDay: number): Promise<StationDays | undefined>;
  /** High and low waters of `[fromMs, toMs]`, and one more beyond each end. */
  extremesOf(station: string, fromMs: number, toMs: number): Promise<TideExtreme[] | undefined>;
  /** The water's curve from `fromMs` to `toMs` and a little beyond. */
  curveOf(station: string, fromMs: number, toMs: number): Promise<TidePoint[] | undefined>;
  /** Fills the tables of `most` stations that need it; answers how many it filled. */
  fill(most: number): Promise<number>;
}

export interface StationDays {
  timeZone: string;
  days: TideDays;
}

export interface TidesOptions {
  sql: Sql;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Where work goes on after the answer. */
  background: (work: Promise<unknown>) => void;
}

/**
 * Tides from this process's memory, else from the station's table, else predicted now; a station
 * that was asked for without a table gets one. Predictions never change, so nothing here grows old.
 */
export function createTides({ sql, now, background }: TidesOptions): Tides {
  /** In the order of use, the longest unused first. */
  const known = new Map<string, TideRecord>();
  const filling = new Set<string>();
  let restsUntilMs = 0;

  function remember(record: TideRecord): TideRecord {
    known.delete(record.station);
    known.set(record.station, record);
    const [oldest] = known.keys();
    if (known.size > MOST_STATIONS && oldest !== undefined) known.delete(oldest);
    return record;
  }

  async function recordOf(station: string): Promise<TideRecord | undefined> {
    const record = known.get(station) ?? await selectTide(sql, station);
    return record && remember(record);
  }

  /** The record with its table as it is in the database now, where memory's does not reach. */
  async function recordWith(station: string, firstDay: number, lastDay: number) {
    const record = known.get(station);
    if (record?.table && hasDays(record.table, firstDay, lastDay)) return remember(record);
    const read = await selectTide(sql, station);
    return read && remember(read);
  }

  function tableSpan() {
    const today = Math.floor(now() / 86_400_000);
    return { first: today - PAST_DAYS, end: today + TABLE_DAYS + SPARE_DAYS };
  }

  /** Predicts a station's table, keeping of its old one what still counts. */
  async function fillStation(station: string): Promise<boolean> {
    if (filling.has(station)) return false;
    filling.add(station);
    try {
      const record = await selectTide(sql, station);
      if (!record) return false;
      const { first, end } = tableSpan();
      const table = await extend(record, first, end);
      await keepTideTable(sql, station, table);
      remember({ ...record, table });
      return true;
    } finally {
      filling.delete(station);
    }
  }

  async function daysOf(station: string, firstDay: number, lastDay: number) {
    const record = await recordWith(station, firstDay, lastDay);
    if (!record) return undefined;
    const { timeZone, harmonics, table } = record;
    if (table && hasDays(table, firstDay, lastDay)) return { timeZone, days: table };
    // One at a time: many stations asked for at once would take the processor from their askers.
    if (!table && filling.size === 0) background(fillStation(station));
    const days = predictDays(harmonics, timeZone, firstDay, lastDay - firstDay + 1);
    return { timeZone, days };
  }

  return {
    daysOf,

    async waterOf(station, stay, timeZone) {
      // Only the answer says whose days they are.
      const wide = tideDaysOf(stay, true);
      const answer = await daysOf(station, wide.first, wide.last);
      if (!answer) return undefined;
      const { first, last } = tideDaysOf(stay, answer.timeZone !== timeZone);
      return waterOverDays(answer.days, first, last);
    },

    async extremesOf(station, fromMs, toMs) {
      const record = await recordOf(station);
      return record && predictExtremes(record.harmonics, fromMs, toMs);
    },

    async curveOf(station, fromMs, toMs) {
      const record = await recordOf(station);
      return record && predictCurve(record.harmonics, fromMs, toMs);
    },

    async fill(most) {
      if (now() < restsUntilMs) return 0;
      const due = await selectDueStations(sql, tableSpan().end - SPARE_DAYS, most);
      if (due.length < most) restsUntilMs = now() + REST_MS;
      let filled = 0;
      for (const station of due) if (await fillStation(station)) filled++;
      return filled;
    },
  };
}

/** Days `first` to `end - 1` of a station: those that its table has, the others predicted. */
async function extend(record: TideRecord, first: number, end: number): Promise<TideDays> {
  const { harmonics, timeZone, table } = record;
  const lowsCm = new Int16Array(end - first);
  const highsCm = new Int16Array(end - first);
  const put = ({ firstDay, lowsCm: lows, highsCm: highs }: TideDays) => {
    for (let i = 0; i < lows.length; i++) {
      const at = firstDay + i - first;
      if (at < 0 || at >= lowsCm.length) continue;
      lowsCm[at] = lows[i]!;
      highsCm[at] = highs[i]!;
    }
  };
  if (table) put(table);
  // A table that begins later than this one should is of a clock that was ahead: predicted anew.
  const from = table && table.firstDay <= first
    ? Math.max(first, table.firstDay + table.lowsCm.length)
    : first;
  for (let day = from; day < end;) {
    const count = Math.min(BLOCK_DAYS - (day % BLOCK_DAYS), end - day);
    put(predictDays(harmonics, timeZone, day, count));
    day += count;
    // Whoever asks for something meanwhile does not wait for the whole table.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return { firstDay: first, lowsCm, highsCm };
}
