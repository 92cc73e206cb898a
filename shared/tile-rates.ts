import type { Rate } from "./rate.ts";
import { monthDayToPlace, placeToMonthDay, YEAR_PLACES, type YearStretch } from "./season.ts";
import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";
import { Listing, NATURAL, readInts, readPlaces, writeInts, writePlaces } from "./tile-ints.ts";

/** When a rate's prices change: what many rates of a harbour, and of a coast, have in common. */
export interface RatePlan {
  seasons: PlanSeason[];
  /** Monday to Sunday. */
  weekdayPercents: number[];
}

export interface PlanSeason extends YearStretch {
  name: string;
}

/** Whether lengths are billed, and which. */
export const PER_LOA = 2;
export const PER_BERTH = 3;

/**
 * Every different rate of a tile as a run of numbers, by RATE; a search reads most of one at once.
 */
export interface RateTable {
  plans: RatePlan[];
  currencies: string[];
  records: Int32Array;
  /** Where each rate begins in `records`. */
  starts: Int32Array;
  /** Each dock's rate. */
  rateOf: Int32Array;
}

/** A rate's numbers; percents in thousandths, but for the multihull's. */
export const RATE = {
  /** Places in `plans` and in `currencies`. */
  plan: 0,
  currency: 1,
  /** 2 for a basis of lengths, and 1 where the berth's may be the billable one. */
  basis: 2,
  weeklyDiscount: 3,
  monthlyDiscount: 4,
  multihull: 5,
  cleaning: 6,
  power: 7,
  tax: 8,
  deposit: 9,
  /** Its own price, and behind it those of its plan's seasons. */
  minors: 10,
} as const;

const THOUSAND = 1_000;
const WEEKDAYS = 7;
const MOST_PERCENT = 1_000;
/** As many as a rate may have. */
export const MOST_SEASONS = 12;

function basisOf({ basis, billable }: Rate): number {
  return (basis === "per_length_night" ? 2 : 0) + (billable === "max_loa_berth" ? 1 : 0);
}

function planOf({ seasons, weekdayPercents }: Rate): RatePlan {
  return {
    seasons: seasons.map(({ name, from, to }) => ({
      name,
      from: monthDayToPlace(from),
      to: monthDayToPlace(to),
    })),
    weekdayPercents,
  };
}

export function writeRates(
  rates: ByteWriter,
  prices: ByteWriter,
  docks: readonly TileDock[],
): void {
  const keys = new Map<Rate, string>();
  const list = new Listing<Rate>((rate) => {
    const key = keys.get(rate) ?? JSON.stringify(rate);
    keys.set(rate, key);
    return key;
  });
  const rateOf = docks.map(({ rate }) => list.placeOf(rate));
  const plans = new Listing<RatePlan>((plan) => JSON.stringify(plan));
  const planPlaces = list.items.map((rate) => plans.placeOf(planOf(rate)));
  const currencies = new Listing<string>(String);
  const currencyPlaces = list.items.map(({ currency }) => currencies.placeOf(currency));

  const names = new Listing<string>(String);
  for (const { seasons } of plans.items) for (const { name } of seasons) names.placeOf(name);
  rates.texts(names.items);
  rates.varint(plans.items.length);
  for (const plan of plans.items) writePlan(rates, plan, names);
  rates.texts(currencies.items);
  rates.varint(list.items.length);
  writePlaces(rates, planPlaces);
  writePlaces(rates, currencyPlaces);
  const column = (valueOf: (rate: Rate) => number) => writeInts(rates, list.items.map(valueOf));
  column(basisOf);
  column(({ weeklyDiscountPercent }) => Math.round(weeklyDiscountPercent * THOUSAND));
  column(({ monthlyDiscountPercent }) => Math.round(monthlyDiscountPercent * THOUSAND));
  column(({ multihullPercent }) => multihullPercent);
  column(({ fees }) => fees.cleaningMinor);
  column(({ fees }) => fees.powerPerNightMinor);
  column(({ taxPercent }) => Math.round(taxPercent * THOUSAND));
  column(({ depositMinor }) => depositMinor);
  writeInts(rates, list.items.flatMap(({ seasons }) => seasons.map(({ minor }) => minor)));
  writeInts(prices, list.items.map(({ minor }) => minor));
  writePlaces(prices, rateOf);
}

function writePlan(
  writer: ByteWriter,
  { seasons, weekdayPercents }: RatePlan,
  names: Listing<string>,
): void {
  if (weekdayPercents.length !== WEEKDAYS) {
    throw new RangeError(`Cannot write tile: a week of ${weekdayPercents.length} days`);
  }
  if (seasons.length > MOST_SEASONS) {
    throw new RangeError(`Cannot write tile: ${seasons.length} seasons`);
  }
  for (const percent of weekdayPercents) writer.varint(percent);
  writer.varint(seasons.length);
  for (const { name, from, to } of seasons) {
    writer.varint(names.placeOf(name));
    writer.varint(from);
    writer.varint(to);
  }
}

function readPlan(reader: ByteReader, names: readonly string[]): RatePlan {
  const weekdayPercents = Array.from({ length: WEEKDAYS }, () => reader.upTo(MOST_PERCENT));
  const seasons = Array.from({ length: reader.upTo(MOST_SEASONS) }, () => ({
    name: names[reader.varint()] ?? reader.fail("a season has no name"),
    from: reader.upTo(YEAR_PLACES - 1),
    to: reader.upTo(YEAR_PLACES - 1),
  }));
  return { seasons, weekdayPercents };
}

export function readRates(rates: ByteReader, prices: ByteReader, docks: number): RateTable {
  const names = rates.texts();
  const plans = Array.from({ length: rates.count() }, () => readPlan(rates, names));
  const currencies = rates.texts();
  if (!currencies.every((text) => /^[A-Z]{3}$/.test(text))) rates.fail("there is no such currency");
  // A rate that no dock has is none.
  const count = rates.upTo(docks);
  const planOf = readPlaces(rates, count, plans.length);
  const starts = rates.ints(count + 1);
  for (let rate = 0; rate < count; rate++) {
    starts[rate + 1] = starts[rate]! + RATE.minors + 1 + plans[planOf[rate]!]!.seasons.length;
  }
  const records = rates.ints(starts[count]!);
  const put = (field: number, column: ArrayLike<number>) => {
    for (let rate = 0; rate < count; rate++) records[starts[rate]! + field] = column[rate]!;
  };
  const column = (field: number, max: number, min = 0) =>
    put(field, readInts(rates, count, { min, max }));
  put(RATE.plan, planOf);
  put(RATE.currency, readPlaces(rates, count, currencies.length));
  column(RATE.basis, 3);
  column(RATE.weeklyDiscount, 100 * THOUSAND);
  column(RATE.monthlyDiscount, 100 * THOUSAND);
  column(RATE.multihull, MOST_PERCENT, 100);
  column(RATE.cleaning, NATURAL.max);
  column(RATE.power, NATURAL.max);
  column(RATE.tax, 100 * THOUSAND);
  column(RATE.deposit, NATURAL.max);
  const seasonMinors = readInts(rates, records.length - count * (RATE.minors + 1), NATURAL);
  rates.finish();
  put(RATE.minors, readInts(prices, count, NATURAL));
  const rateOf = readPlaces(prices, docks, count);
  prices.finish();
  for (let rate = 0, season = 0; rate < count; rate++) {
    for (let at = starts[rate]! + RATE.minors + 1; at < starts[rate + 1]!; at++) {
      records[at] = seasonMinors[season++]!;
    }
  }
  return { plans, currencies, records, starts, rateOf };
}

/** A dock's rate as its record has it. */
export function rateAt(
  { plans, currencies, records, starts, rateOf }: RateTable,
  dock: number,
): Rate {
  const start = starts[rateOf[dock]!]!;
  const valueOf = (field: keyof typeof RATE) => records[start + RATE[field]]!;
  const { seasons, weekdayPercents } = plans[valueOf("plan")]!;
  return {
    currency: currencies[valueOf("currency")]!,
    basis: valueOf("basis") >= PER_LOA ? "per_length_night" : "per_night",
    billable: (valueOf("basis") & 1) === 1 ? "max_loa_berth" : "loa",
    minor: valueOf("minors"),
    seasons: seasons.map(({ name, from, to }, i) => ({
      name,
      from: placeToMonthDay(from),
      to: placeToMonthDay(to),
      minor: records[start + RATE.minors + 1 + i]!,
    })),
    weekdayPercents,
    weeklyDiscountPercent: valueOf("weeklyDiscount") / THOUSAND,
    monthlyDiscountPercent: valueOf("monthlyDiscount") / THOUSAND,
    multihullPercent: valueOf("multihull"),
    fees: {
      cleaningMinor: valueOf("cleaning"),
      powerPerNightMinor: valueOf("power"),
    },
    taxPercent: valueOf("tax") / THOUSAND,
    depositMinor: valueOf("deposit"),
  };
}

/** The currency of a dock's prices. */
export function currencyAt(
  { currencies, records, starts, rateOf }: RateTable,
  dock: number,
): string {
  return currencies[records[starts[rateOf[dock]!]! + RATE.currency]!]!;
}
