import type { PartialVessel } from "./boat.ts";
import { type ExchangeRates, minorDigits, multiplyDivideRounded } from "./money.ts";
import { discountAfter } from "./quote.ts";
import { dayToYearPlace } from "./season.ts";
import { weekdayOf } from "./stay.ts";
import { MOST_DOCKS } from "./tile-dock.ts";
import { seasonTable } from "./tile-prices.ts";
import { PER_BERTH, PER_LOA } from "./tile-rates.ts";
import type { Tile } from "./tile.ts";

/** Nights of one season and one weekday's percent: they all cost the same. */
const GROUP_FIELDS = 3;
const WEEKDAYS = 7;
/** Twelve seasons and none, each with as many percents as there are weekdays. */
const MOST_GROUPS = 13 * WEEKDAYS;

/** Prices by length are of a metre, lengths are centimetres; weekdays are percents. */
const NIGHT_DIVISOR = 100;
const LENGTH_DIVISOR = 100 * 100;
const THOUSANDTHS = 100_000;

/** 2n + d stays a safe integer below this n. */
const SAFE_PRODUCT = 2 ** 51;

// One search at a time uses these: nothing in it waits.
const totals = new Float64Array(MOST_DOCKS);
const compared = new Float64Array(MOST_DOCKS);
const divisors = new Float64Array(MOST_DOCKS);
const planStarts = new Int32Array(MOST_DOCKS + 1);
const planEnds = new Int32Array(MOST_DOCKS + 1);
const counts = new Int32Array(MOST_GROUPS);
/** Each night's place in the year. */
let yearPlaces = new Uint16Array(366);
let groups = new Int32Array(1_024);

/** What one stay of one vessel costs, at dock after dock of tile after tile. */
export interface StayPricer {
  /** Turns to a tile; what was said of another is forgotten. */
  turnTo(tile: Tile): void;
  /** The total in the dock's own minor units, as a quote has it; NaN where it has none. */
  totalOf(dock: number): number;
  /** The total in the currency that prices are compared in; NaN where there is none. */
  comparedOf(dock: number): number;
}

/**
 * Prices for the nights `[fromDay, toDay)`, the same to the unit as `priceTotal`'s. Each class of
 * docks is priced once, each plan's nights are counted once. Allocates nothing after this.
 */
export function createStayPricer(
  fromDay: number,
  toDay: number,
  vessel: PartialVessel,
  currency: string,
  exchange: ExchangeRates,
): StayPricer {
  const nights = toDay - fromDay;
  if (nights > yearPlaces.length) yearPlaces = new Uint16Array(nights);
  for (let i = 0; i < nights; i++) yearPlaces[i] = dayToYearPlace(fromDay + i);
  const firstWeekday = weekdayOf(fromDay);
  const { loaCm } = vessel;
  const isMulti = vessel.hullType === "multi";
  const toRate = exchange.perEuro[currency];
  const toUnit = 10 ** minorDigits(currency);
  let tile: Tile | undefined;
  let groupsEnd = 0;

  function countPlan({ prices, rates: { plans } }: Tile, plan: number): void {
    const table = seasonTable(prices, plans, plan);
    const percents = plans[plan]!.weekdayPercents;
    const places = (plans[plan]!.seasons.length + 1) * WEEKDAYS;
    counts.fill(0, 0, places);
    for (let i = 0, weekday = firstWeekday; i < nights; i++) {
      counts[table[yearPlaces[i]!]! * WEEKDAYS + weekday]!++;
      if (++weekday === WEEKDAYS) weekday = 0;
    }
    if (groupsEnd + MOST_GROUPS * GROUP_FIELDS > groups.length) {
      const grown = new Int32Array(groups.length * 2);
      grown.set(groups);
      groups = grown;
    }
    const start = groupsEnd;
    for (let place = 0; place < places; place++) {
      if (counts[place] === 0) continue;
      const season = (place / WEEKDAYS) | 0;
      const percent = percents[place - season * WEEKDAYS]!;
      let at = start;
      while (at < groupsEnd && !(groups[at] === season && groups[at + 1] === percent)) {
        at += GROUP_FIELDS;
      }
      if (at === groupsEnd) {
        groups[at] = season;
        groups[at + 1] = percent;
        groups[at + 2] = 0;
        groupsEnd += GROUP_FIELDS;
      }
      groups[at + 2]! += counts[place]!;
    }
    planStarts[plan] = start;
    planEnds[plan] = groupsEnd;
  }

  function priceClass(of: Tile, place: number): number {
    const { rates } = of;
    const rate = of.prices.rates[place]!;
    const basis = rates.bases[rate]!;
    let lengthCm = 1;
    if (basis === PER_BERTH) lengthCm = Math.max(loaCm ?? 0, of.prices.berths[place]!);
    else if (basis === PER_LOA) {
      if (loaCm === undefined) return NaN;
      lengthCm = loaCm;
    }
    const divisor = basis >= PER_LOA ? LENGTH_DIVISOR : NIGHT_DIVISOR;
    const plan = rates.planOf[rate]!;
    if (planStarts[plan] === -1) countPlan(of, plan);
    const multihull = isMulti ? rates.multihullPercents[rate]! - 100 : 0;
    const minors = rates.minorStarts[rate]!;
    let base = 0;
    for (let at = planStarts[plan]!, end = planEnds[plan]!; at < end; at += GROUP_FIELDS) {
      const minor = rates.minors[minors + groups[at]!]!;
      let night = share(minor * groups[at + 1]!, lengthCm, divisor);
      if (multihull > 0) night += share(night, multihull, 100);
      base += night * groups[at + 2]!;
    }
    const discount = discountAfter(
      nights,
      rates.weeklyDiscounts[rate]!,
      rates.monthlyDiscounts[rate]!,
    );
    if (discount > 0) base -= share(base, discount, THOUSANDTHS);
    const untaxed = base + rates.cleaningFees[rate]! + nights * rates.powerFees[rate]!;
    const tax = rates.taxes[rate]!;
    return tax > 0 ? untaxed + share(untaxed, tax, THOUSANDTHS) : untaxed;
  }

  /** What a tile's currencies are divided by to be compared: 0 where nothing is to be done. */
  function readCurrencies({ rates: { currencies } }: Tile): void {
    for (let place = 0; place < currencies.length; place++) {
      const from = currencies[place]!;
      const fromRate = exchange.perEuro[from];
      divisors[place] = from === currency
        ? 0
        : fromRate && toRate
        ? fromRate * 10 ** minorDigits(from)
        : NaN;
    }
  }

  /** `convertMinor` in the same order of steps, so to the same bit. */
  function compare(total: number, divisor: number): number {
    return divisor === 0 ? total : Math.round((total * toRate! * toUnit) / divisor);
  }

  function fill(of: Tile, place: number): void {
    const total = priceClass(of, place);
    totals[place] = total;
    compared[place] = compare(total, divisors[of.rates.currencyOf[of.prices.rates[place]!]!]!);
  }

  function placeOf(dock: number): number {
    if (!tile) throw new Error("no tile to price");
    const place = tile.prices.classOf[dock]!;
    if (totals[place] === UNPRICED) fill(tile, place);
    return place;
  }

  return {
    turnTo(next) {
      if (tile === next) return;
      tile = next;
      totals.fill(UNPRICED, 0, next.prices.rates.length);
      planStarts.fill(-1, 0, next.rates.plans.length);
      groupsEnd = 0;
      readCurrencies(next);
    },
    totalOf: (dock) => totals[placeOf(dock)]!,
    comparedOf: (dock) => compared[placeOf(dock)]!,
  };
}

/** No total is negative: a class that has not been priced yet. */
const UNPRICED = -1;

/** amount · part / whole, rounded half away from zero. */
function share(amount: number, part: number, whole: number): number {
  const product = amount * part;
  return product < SAFE_PRODUCT
    ? Math.floor((2 * product + whole) / (2 * whole))
    : multiplyDivideRounded(amount, part, whole);
}
