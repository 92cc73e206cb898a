import type { PartialVessel } from "./boat.ts";
import { type ExchangeRates, minorDigits, multiplyDivideRounded } from "./money.ts";
import { platformFeePercent } from "./platform-fee.ts";
import { discountAfter } from "./quote.ts";
import { dayToYearPlace } from "./season.ts";
import { weekdayOf } from "./stay.ts";
import { MOST_DOCKS } from "./tile-dock.ts";
import { CLASS, CLASS_SIZE, PLAN, PLAN_SIZE, planNumbers, type PriceTable } from "./tile-prices.ts";
import { MOST_SEASONS, PER_BERTH, PER_LOA, RATE, type RateTable } from "./tile-rates.ts";
import type { Tile } from "./tile.ts";

/** Nights of one season and one weekday's percent: they all cost the same. */
const GROUP_FIELDS = 3;
const WEEKDAYS = 7;
/** All seasons and none, each with as many percents as there are weekdays. */
const MOST_GROUPS = (MOST_SEASONS + 1) * WEEKDAYS;

/** Prices by length are of a metre, lengths are centimetres; weekdays are percents. */
const NIGHT_DIVISOR = 100;
const LENGTH_DIVISOR = 100 * 100;
const THOUSANDTHS = 100_000;
const ONLINE_FEE = platformFeePercent("online") * 1_000;

/** 2n + d stays a safe integer below this n. */
const SAFE_PRODUCT = 2 ** 51;

// One search at a time uses these: nothing in it waits.
const totals = new Float64Array(MOST_DOCKS);
const compared = new Float64Array(MOST_DOCKS);
/** Of each currency of a tile what its prices are divided by; 0 where there is nothing to do. */
const divisors = new Float64Array(MOST_DOCKS);
const planStarts = new Int32Array(MOST_DOCKS + 1);
const planEnds = new Int32Array(MOST_DOCKS + 1);
const counts = new Int32Array(MOST_GROUPS);
/** Each night's place in the year. */
let yearPlaces = new Uint16Array(366);
let groups = new Int32Array(1_024);

/**
 * What one stay of one vessel costs, at dock after dock of tile after tile: the same to the unit
 * as `priceTotal`'s. Each class of docks is priced once, each plan's nights are counted once.
 */
export class StayPricer {
  readonly #nights: number;
  readonly #firstWeekday: number;
  readonly #loaCm: number | undefined;
  readonly #isMulti: boolean;
  readonly #currency: string;
  readonly #exchange: ExchangeRates;
  #tile: Tile | undefined;
  #groupsEnd = 0;
  /** Of each class's place the total in its own minor units, as a quote has it; NaN without one. */
  readonly totals = totals;
  /** The same in the currency that prices are compared in; NaN where there is none. */
  readonly compared = compared;

  /** Nights `[fromDay, toDay)`. Allocates nothing after this. */
  constructor(
    fromDay: number,
    toDay: number,
    vessel: PartialVessel,
    currency: string,
    exchange: ExchangeRates,
  ) {
    const nights = toDay - fromDay;
    if (nights > yearPlaces.length) yearPlaces = new Uint16Array(nights);
    for (let i = 0; i < nights; i++) yearPlaces[i] = dayToYearPlace(fromDay + i);
    this.#nights = nights;
    this.#firstWeekday = weekdayOf(fromDay);
    this.#loaCm = vessel.loaCm;
    this.#isMulti = vessel.hullType === "multi";
    this.#currency = currency;
    this.#exchange = exchange;
  }

  /** Turns to a tile; what was said of another is forgotten. */
  turnTo(tile: Tile): void {
    if (this.#tile === tile) return;
    this.#tile = tile;
    this.#groupsEnd = 0;
    const { currencies, plans } = tile.rates;
    totals.fill(UNPRICED, 0, tile.prices.classes.length / CLASS_SIZE);
    planStarts.fill(-1, 0, plans.length);
    for (let place = 0; place < currencies.length; place++) {
      divisors[place] = this.#divisorOf(currencies[place]!);
    }
  }

  /** Prices a class of docks of the tile that was turned to. */
  price(place: number): void {
    if (totals[place] !== UNPRICED) return;
    // Whoever asks has turned to a tile.
    const { rates, prices } = this.#tile!;
    const { records } = rates;
    const rate = prices.classes[CLASS_SIZE * place + CLASS.rate]!;
    const total = this.#totalOf(rates, prices, place);
    const divisor = divisors[records[rate + RATE.currency]!]!;
    totals[place] = total;
    compared[place] = divisor === 0 ? total : this.#convert(total, divisor);
  }

  #divisorOf(from: string): number {
    if (from === this.#currency) return 0;
    const { perEuro } = this.#exchange;
    const fromRate = perEuro[from];
    return fromRate && perEuro[this.#currency] ? fromRate * 10 ** minorDigits(from) : NaN;
  }

  /** `convertMinor` in the same order of steps, so to the same bit. */
  #convert(total: number, divisor: number): number {
    const currency = this.#currency;
    const toRate = this.#exchange.perEuro[currency] ?? NaN;
    return Math.round((total * toRate * 10 ** minorDigits(currency)) / divisor);
  }

  #totalOf(rates: RateTable, prices: PriceTable, place: number): number {
    const { records } = rates;
    const rate = prices.classes[CLASS_SIZE * place + CLASS.rate]!;
    const berthCm = prices.classes[CLASS_SIZE * place + CLASS.berthCm]!;
    const basis = records[rate + RATE.basis]!;
    let lengthCm = 1;
    if (basis === PER_BERTH) lengthCm = Math.max(this.#loaCm ?? 0, berthCm);
    else if (basis === PER_LOA) {
      if (this.#loaCm === undefined) return NaN;
      lengthCm = this.#loaCm;
    }
    const divisor = basis >= PER_LOA ? LENGTH_DIVISOR : NIGHT_DIVISOR;
    const plan = records[rate + RATE.plan]!;
    if (planStarts[plan] === -1) this.#countPlan(planNumbers(prices, rates.plans), plan);
    const multihull = this.#isMulti ? records[rate + RATE.multihull]! - 100 : 0;
    let base = 0;
    for (let at = planStarts[plan]!, end = planEnds[plan]!; at < end; at += GROUP_FIELDS) {
      const minor = records[rate + RATE.minors + groups[at]!]!;
      let night = share(minor * groups[at + 1]!, lengthCm, divisor);
      if (multihull > 0) night += share(night, multihull, 100);
      base += night * groups[at + 2]!;
    }
    const nights = this.#nights;
    const discount = discountAfter(
      nights,
      records[rate + RATE.weeklyDiscount]!,
      records[rate + RATE.monthlyDiscount]!,
    );
    if (discount > 0) base -= share(base, discount, THOUSANDTHS);
    const untaxed = base + records[rate + RATE.cleaning]! + nights * records[rate + RATE.power]!;
    const tax = records[rate + RATE.tax]!;
    const fee = prices.classes[CLASS_SIZE * place + CLASS.online] === 0 ? 0 : ONLINE_FEE;
    return untaxed + (tax > 0 ? share(untaxed, tax, THOUSANDTHS) : 0) +
      (fee > 0 ? share(untaxed, fee, THOUSANDTHS) : 0);
  }

  /** Counts a plan's nights by what they cost: season, weekday's percent, how many. */
  #countPlan(plans: Int16Array, plan: number): void {
    const first = plan * PLAN_SIZE;
    const places = (plans[first + PLAN.seasonCount]! + 1) * WEEKDAYS;
    counts.fill(0, 0, places);
    for (let i = 0, weekday = this.#firstWeekday; i < this.#nights; i++) {
      counts[plans[first + PLAN.seasons + yearPlaces[i]!]! * WEEKDAYS + weekday]!++;
      if (++weekday === WEEKDAYS) weekday = 0;
    }
    const start = this.#groupsEnd;
    if (start + MOST_GROUPS * GROUP_FIELDS > groups.length) {
      const grown = new Int32Array(groups.length * 2);
      grown.set(groups);
      groups = grown;
    }
    let end = start;
    for (let place = 0; place < places; place++) {
      if (counts[place] === 0) continue;
      const season = (place / WEEKDAYS) | 0;
      const percent = plans[first + PLAN.percents + place - season * WEEKDAYS]!;
      let at = start;
      while (at < end && !(groups[at] === season && groups[at + 1] === percent)) {
        at += GROUP_FIELDS;
      }
      if (at === end) {
        groups[at] = season;
        groups[at + 1] = percent;
        groups[at + 2] = 0;
        end += GROUP_FIELDS;
      }
      groups[at + 2]! += counts[place]!;
    }
    planStarts[plan] = start;
    planEnds[plan] = this.#groupsEnd = end;
  }
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
