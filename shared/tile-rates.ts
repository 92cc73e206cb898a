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
export const PER_NIGHT = 0;
export const PER_LOA = 2;
export const PER_BERTH = 3;

/** Every different rate of a tile, a column for each of its parts; percents in thousandths. */
export interface RateColumns {
  plans: RatePlan[];
  currencies: string[];
  /** How many rates there are. */
  count: number;
  /** Places in `plans` and in `currencies`. */
  planOf: Uint16Array;
  currencyOf: Uint16Array;
  /** 2 for a basis of lengths, and 1 where the berth's may be the billable one. */
  bases: Int32Array;
  /** A rate's own price and behind it those of its plan's seasons, from `minorStarts` on. */
  minors: Int32Array;
  minorStarts: Int32Array;
  weeklyDiscounts: Int32Array;
  monthlyDiscounts: Int32Array;
  multihullPercents: Int32Array;
  cleaningFees: Int32Array;
  powerFees: Int32Array;
  taxes: Int32Array;
  deposits: Int32Array;
  /** Each dock's place in the columns. */
  rateOf: Uint16Array;
}

const THOUSAND = 1_000;
const WEEKDAYS = 7;
const MOST_PERCENT = 1_000;

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
  rates.varint(names.items.length);
  for (const name of names.items) rates.text(name);
  rates.varint(plans.items.length);
  for (const plan of plans.items) writePlan(rates, plan, names);
  rates.varint(currencies.items.length);
  for (const currency of currencies.items) rates.text(currency);
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
  const seasons = Array.from({ length: reader.count() }, () => ({
    name: names[reader.varint()] ?? reader.fail("a season has no name"),
    from: reader.upTo(YEAR_PLACES - 1),
    to: reader.upTo(YEAR_PLACES - 1),
  }));
  return { seasons, weekdayPercents };
}

export function readRates(rates: ByteReader, prices: ByteReader, docks: number): RateColumns {
  const names = Array.from({ length: rates.count() }, () => rates.text());
  const plans = Array.from({ length: rates.count() }, () => readPlan(rates, names));
  const currencies = Array.from({ length: rates.count() }, () => readCurrency(rates));
  // A rate that no dock has is none.
  const count = rates.upTo(docks);
  const planPlaces = readPlaces(rates, count, plans.length);
  const currencyOf = readPlaces(rates, count, currencies.length);
  const column = (max: number, min = 0) => readInts(rates, count, { min, max });
  const bases = column(3);
  const weeklyDiscounts = column(100 * THOUSAND);
  const monthlyDiscounts = column(100 * THOUSAND);
  const multihullPercents = column(MOST_PERCENT, 100);
  const cleaningFees = column(NATURAL.max);
  const powerFees = column(NATURAL.max);
  const taxes = column(100 * THOUSAND);
  const deposits = column(NATURAL.max);

  const minorStarts = new Int32Array(count + 1);
  for (let rate = 0; rate < count; rate++) {
    minorStarts[rate + 1] = minorStarts[rate]! + 1 + plans[planPlaces[rate]!]!.seasons.length;
  }
  const seasonMinors = readInts(rates, minorStarts[count]! - count, NATURAL);
  rates.finish();
  const ownMinors = readInts(prices, count, NATURAL);
  const rateOf = readPlaces(prices, docks, count);
  prices.finish();
  const minors = new Int32Array(minorStarts[count]!);
  for (let rate = 0, season = 0; rate < count; rate++) {
    let at = minorStarts[rate]!;
    minors[at++] = ownMinors[rate]!;
    while (at < minorStarts[rate + 1]!) minors[at++] = seasonMinors[season++]!;
  }
  return {
    plans,
    currencies,
    count,
    planOf: planPlaces,
    currencyOf,
    bases,
    minors,
    minorStarts,
    weeklyDiscounts,
    monthlyDiscounts,
    multihullPercents,
    cleaningFees,
    powerFees,
    taxes,
    deposits,
    rateOf,
  };
}

function readCurrency(reader: ByteReader): string {
  const text = reader.text();
  if (!/^[A-Z]{3}$/.test(text)) reader.fail("there is no such currency");
  return text;
}

/** A dock's rate as its record has it. */
export function rateAt(rates: RateColumns, dock: number): Rate {
  const rate = rates.rateOf[dock]!;
  const { seasons, weekdayPercents } = rates.plans[rates.planOf[rate]!]!;
  const start = rates.minorStarts[rate]!;
  return {
    currency: rates.currencies[rates.currencyOf[rate]!]!,
    basis: rates.bases[rate]! >= PER_LOA ? "per_length_night" : "per_night",
    billable: (rates.bases[rate]! & 1) === 1 ? "max_loa_berth" : "loa",
    minor: rates.minors[start]!,
    seasons: seasons.map(({ name, from, to }, i) => ({
      name,
      from: placeToMonthDay(from),
      to: placeToMonthDay(to),
      minor: rates.minors[start + 1 + i]!,
    })),
    weekdayPercents,
    weeklyDiscountPercent: rates.weeklyDiscounts[rate]! / THOUSAND,
    monthlyDiscountPercent: rates.monthlyDiscounts[rate]! / THOUSAND,
    multihullPercent: rates.multihullPercents[rate]!,
    fees: {
      cleaningMinor: rates.cleaningFees[rate]!,
      powerPerNightMinor: rates.powerFees[rate]!,
    },
    taxPercent: rates.taxes[rate]! / THOUSAND,
    depositMinor: rates.deposits[rate]!,
  };
}
