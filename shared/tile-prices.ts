import { PER_BERTH, RATE, type RatePlan, type RateTable } from "./tile-rates.ts";
import { YEAR_PLACES, yearPlaceSeasons } from "./season.ts";
import { ONLINE } from "./tile-traits.ts";

/**
 * Docks that cost every boat the same, put together: those of one rate that are paid in the same
 * way, and where the berth's own length is billed, of one length too. A search prices each class
 * once.
 */
export interface PriceTable {
  /** Each dock's class. */
  classOf: Int32Array;
  /** Of each class CLASS_SIZE numbers, by CLASS. */
  classes: Int32Array;
  /** Of each plan PLAN_SIZE numbers, by PLAN; made when a price is first asked for. */
  plans: Int16Array | undefined;
}

/** A class's numbers. */
export const CLASS = {
  /** Where its rate begins in the table's records. */
  rate: 0,
  /** Its berths' length where that is billed. */
  berthCm: 1,
  /** Not 0 where it is paid online. */
  online: 2,
} as const;
export const CLASS_SIZE = 3;

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
  flags: Int32Array,
): PriceTable {
  const count = rateOf.length;
  const classOf = new Int32Array(count);
  const classes = new Int32Array(CLASS_SIZE * count);
  // Of each rate the class made last, and of each class the one of its rate made before it.
  const lasts = new Int16Array(starts.length).fill(-1);
  const befores = new Int16Array(count);
  let made = 0;
  for (let dock = 0; dock < count; dock++) {
    const rate = rateOf[dock]!;
    const start = starts[rate]!;
    const berth = records[start + RATE.basis] === PER_BERTH ? maxLoas[dock]! : 0;
    const online = flags[dock]! & ONLINE;
    let place = lasts[rate]!;
    while (
      place >= 0 && (classes[CLASS_SIZE * place + CLASS.berthCm] !== berth ||
        classes[CLASS_SIZE * place + CLASS.online] !== online)
    ) place = befores[place]!;
    if (place < 0) {
      place = made++;
      classes[CLASS_SIZE * place + CLASS.rate] = start;
      classes[CLASS_SIZE * place + CLASS.berthCm] = berth;
      classes[CLASS_SIZE * place + CLASS.online] = online;
      befores[place] = lasts[rate]!;
      lasts[rate] = place;
    }
    classOf[dock] = place;
  }
  return { classOf, classes: classes.subarray(0, CLASS_SIZE * made), plans: undefined };
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
