import { PER_BERTH, RATE, type RatePlan, type RateTable } from "./tile-rates.ts";
import { YEAR_PLACES, yearPlaceSeasons } from "./season.ts";

/**
 * Docks that cost every boat the same, put together: those of one rate, and where the berth's own
 * length is billed, of one length too. A search prices each class once.
 */
export interface PriceTable {
  /** Each dock's class. */
  classOf: Int32Array;
  /** Of each class two numbers: where its rate begins in the table's records, its berths' length. */
  classes: Int32Array;
  /** Of each plan PLAN_SIZE numbers, by PLAN; made when a price is first asked for. */
  plans: Int16Array | undefined;
}

/** A plan's numbers. */
export const PLAN = {
  seasonCount: 0,
  /** Monday to Sunday. */
  percents: 1,
  /** By place in the year the season's number from 1 on, or 0. */
  seasons: 8,
} as const;
export const PLAN_SIZE = PLAN.seasons + YEAR_PLACES;

export function toPriceTable(
  { records, starts, rateOf }: RateTable,
  maxLoas: Int32Array,
): PriceTable {
  const count = rateOf.length;
  const classOf = new Int32Array(count);
  const classes = new Int32Array(2 * count);
  // Of each rate the class made last, and of each class the one of its rate made before it.
  const lasts = new Int16Array(starts.length).fill(-1);
  const befores = new Int16Array(count);
  let made = 0;
  for (let dock = 0; dock < count; dock++) {
    const rate = rateOf[dock]!;
    const start = starts[rate]!;
    const berth = records[start + RATE.basis] === PER_BERTH ? maxLoas[dock]! : 0;
    let place = lasts[rate]!;
    while (place >= 0 && classes[2 * place + 1] !== berth) place = befores[place]!;
    if (place < 0) {
      place = made++;
      classes[2 * place] = start;
      classes[2 * place + 1] = berth;
      befores[place] = lasts[rate]!;
      lasts[rate] = place;
    }
    classOf[dock] = place;
  }
  return { classOf, classes: classes.subarray(0, 2 * made), plans: undefined };
}

/** The numbers of all plans. */
export function planNumbers(table: PriceTable, plans: readonly RatePlan[]): Int16Array {
  if (table.plans) return table.plans;
  const numbers = new Int16Array(plans.length * PLAN_SIZE);
  for (const [i, { seasons, weekdayPercents }] of plans.entries()) {
    const start = i * PLAN_SIZE;
    numbers[start + PLAN.seasonCount] = seasons.length;
    numbers.set(weekdayPercents, start + PLAN.percents);
    numbers.set(yearPlaceSeasons(seasons), start + PLAN.seasons);
  }
  return table.plans = numbers;
}
