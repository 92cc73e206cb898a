import { PER_BERTH, type RateColumns, type RatePlan } from "./tile-rates.ts";
import { monthDaySeasons } from "./season.ts";

/**
 * Docks that cost every boat the same, put together: those of one rate, and where the berth's own
 * length is billed, of one length too. A search prices each class once.
 */
export interface PriceClasses {
  /** Each dock's class. */
  classOf: Uint16Array;
  /** Each class's rate, and the length of its berths. */
  rates: Int32Array;
  berths: Int32Array;
  /** Of each plan the season of each day of the year, once somebody has asked for it. */
  seasonTables: (Uint8Array | undefined)[];
}

export function toPriceClasses(rates: RateColumns, maxLoas: Int32Array): PriceClasses {
  const classOf = new Uint16Array(rates.rateOf.length);
  const places = new Map<number, number>();
  const classRates: number[] = [];
  const berths: number[] = [];
  for (let dock = 0; dock < classOf.length; dock++) {
    const rate = rates.rateOf[dock]!;
    const berth = rates.bases[rate] === PER_BERTH ? maxLoas[dock]! : 0;
    const key = berth * 65_536 + rate;
    let place = places.get(key);
    if (place === undefined) {
      place = classRates.length;
      places.set(key, place);
      classRates.push(rate);
      berths.push(berth);
    }
    classOf[dock] = place;
  }
  return {
    classOf,
    rates: Int32Array.from(classRates),
    berths: Int32Array.from(berths),
    seasonTables: Array.from<undefined>({ length: rates.plans.length }),
  };
}

/** The season of each day of the year in a plan, by `dayToYearPlace`: 0 for none, else n + 1. */
export function seasonTable(classes: PriceClasses, plans: RatePlan[], plan: number): Uint8Array {
  return classes.seasonTables[plan] ??= monthDaySeasons(plans[plan]!.seasons);
}
