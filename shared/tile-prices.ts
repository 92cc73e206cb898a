import { PER_BERTH, type RateColumns, type RatePlan } from "./tile-rates.ts";
import { yearPlaceSeasons } from "./season.ts";

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
  const count = rates.rateOf.length;
  const classOf = new Uint16Array(count);
  const classRates = new Int32Array(count);
  const berths = new Int32Array(count);
  // Of each rate the class made last, and of each class the one of its rate made before it.
  const lasts = new Int16Array(rates.count).fill(-1);
  const befores = new Int16Array(count);
  let classes = 0;
  for (let dock = 0; dock < count; dock++) {
    const rate = rates.rateOf[dock]!;
    const berth = rates.bases[rate] === PER_BERTH ? maxLoas[dock]! : 0;
    let place = lasts[rate]!;
    while (place >= 0 && berths[place] !== berth) place = befores[place]!;
    if (place < 0) {
      place = classes++;
      classRates[place] = rate;
      berths[place] = berth;
      befores[place] = lasts[rate]!;
      lasts[rate] = place;
    }
    classOf[dock] = place;
  }
  return {
    classOf,
    rates: classRates.subarray(0, classes),
    berths: berths.subarray(0, classes),
    seasonTables: Array.from<undefined>({ length: rates.plans.length }),
  };
}

/** The season of each day of the year in a plan, by `dayToYearPlace`: 0 for none, else n + 1. */
export function seasonTable(classes: PriceClasses, plans: RatePlan[], plan: number): Uint8Array {
  return classes.seasonTables[plan] ??= yearPlaceSeasons(plans[plan]!.seasons);
}
