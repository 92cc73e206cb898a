import type { HullType } from "./boat.ts";
import type { QuoteLine } from "./booking.ts";
import type { Collection } from "./dock.ts";
import { type Currency, divideRounded, formatMoney, multiplyDivideRounded } from "./money.ts";
import { platformFeePercent } from "./platform-fee.ts";
import type { Rate } from "./rate.ts";
import { seasonOf } from "./season.ts";
import { dateToDay, type Stay, weekdayOf } from "./stay.ts";

/** Stays from this many nights on get the weekly, the monthly discount. */
const WEEK_NIGHTS = 7;
const MONTH_NIGHTS = 28;

/** Percents carry at most three decimals: 7.725 % is 7,725 of this. */
const PERCENT_UNIT = 100_000;

/** What of a vessel and of a berth a price depends on. */
export interface PricedVessel {
  loaCm?: number | undefined;
  hullType?: HullType | undefined;
}
export interface PricedBerth {
  maxLoaCm: number;
  collection: Collection;
}

export interface StayPrice {
  currency: Currency;
  totalMinor: number;
  /** Held back beside the total, not part of it. */
  depositMinor: number;
  /** The mean night with everything in it, rounded: to show, never to add up. */
  nightlyMinor: number;
  /** Their amounts add up to the total. */
  lines: QuoteLine[];
}

/**
 * The price of a stay, with its lines, or undefined where a length is billed and the vessel's is
 * not given. The deposit is in no line.
 *
 * Rounding, here and nowhere else, always half away from zero to a whole minor unit:
 * 1. each night by itself: season, length and weekday in one exact integer division;
 * 2. a multihull's surcharge by itself for each night, from that night's price;
 * 3. the discount once, on the sum of nights and surcharges;
 * 4. the tax once, on nights, surcharges, discount and fees;
 * 5. the platform's fee once, on the same sum as the tax.
 * So the price of each night is the same in every stay that holds it: a stay that is split, or put
 * together, costs to the unit the same for nights, surcharges and power. Its discount, where the
 * parts have the same one, differs by a unit at most, and so do tax and fee of the same sum.
 */
export function priceStay(
  rate: Rate,
  stay: Stay,
  vessel: PricedVessel,
  berth: PricedBerth,
): StayPrice | undefined {
  const [fromDay, toDay] = [dateToDay(stay.from), dateToDay(stay.to)];
  const lengthCm = billableCm(rate, vessel, berth);
  const nights = countNights(fromDay, toDay);
  if (lengthCm === undefined) return undefined;

  const { lines, nightsMinor, surchargeMinor } = nightLines(rate, fromDay, toDay, lengthCm);
  const isMulti = vessel.hullType === "multi";
  const add = (code: string, label: string, amountMinor: number) => {
    if (amountMinor !== 0) lines.push({ code, label, amountMinor });
  };
  const multihull = isMulti ? surchargeMinor : 0;
  add("multihull", `Multihull, ${rate.multihullPercent - 100} % more`, multihull);
  const discount = discountOf(rate, nights);
  const base = nightsMinor + multihull;
  const discountMinor = percentOf(base, discount.percent);
  add(
    `discount-${discount.kind}`,
    `${discount.kind === "monthly" ? "Monthly" : "Weekly"} discount, ${discount.percent} %`,
    -discountMinor,
  );
  const { cleaningMinor, powerPerNightMinor } = rate.fees;
  add("cleaning", "Cleaning", cleaningMinor);
  add(
    "power",
    `Power, ${counted(nights, "night")} × ${money(rate, powerPerNightMinor)}`,
    nights * powerPerNightMinor,
  );
  const untaxed = base - discountMinor + cleaningMinor + nights * powerPerNightMinor;
  add("tax", `Tax, ${rate.taxPercent} %`, percentOf(untaxed, rate.taxPercent));
  const feePercent = platformFeePercent(berth.collection);
  add("platform-fee", `Service fee, ${feePercent} %`, percentOf(untaxed, feePercent));

  const totalMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  return {
    currency: rate.currency,
    totalMinor,
    depositMinor: rate.depositMinor,
    nightlyMinor: divideRounded(totalMinor, nights),
    lines,
  };
}

/**
 * `priceStay`'s total alone, without allocating, for the nights `[fromDay, toDay)` as day numbers:
 * what a search asks of thousands of docks.
 */
export function priceTotal(
  rate: Rate,
  fromDay: number,
  toDay: number,
  vessel: PricedVessel,
  berth: PricedBerth,
): number | undefined {
  const lengthCm = billableCm(rate, vessel, berth);
  const nights = countNights(fromDay, toDay);
  if (lengthCm === undefined) return undefined;
  const isMulti = vessel.hullType === "multi";
  let base = 0;
  for (let day = fromDay; day < toDay; day++) {
    const night = nightMinor(rate, day, lengthCm);
    base += isMulti ? night + surchargeOf(rate, night) : night;
  }
  const discounted = base - percentOf(base, discountPercent(rate, nights));
  const untaxed = discounted + rate.fees.cleaningMinor + nights * rate.fees.powerPerNightMinor;
  return untaxed + percentOf(untaxed, rate.taxPercent) +
    percentOf(untaxed, platformFeePercent(berth.collection));
}

/**
 * The length that is billed; 1 where nights are billed. A berth billed by the longer of boat and
 * berth costs a boat of unknown length what it costs every boat that fits: the berth's.
 */
function billableCm(rate: Rate, vessel: PricedVessel, berth: PricedBerth): number | undefined {
  if (rate.basis === "per_night") return 1;
  if (rate.billable === "loa") return vessel.loaCm;
  return Math.max(vessel.loaCm ?? 0, berth.maxLoaCm);
}

function countNights(fromDay: number, toDay: number): number {
  const nights = toDay - fromDay;
  if (!(nights > 0)) throw new RangeError(`Cannot price stay: it has ${nights} nights`);
  return nights;
}

function nightMinor(rate: Rate, day: number, lengthCm: number): number {
  const minor = seasonOf(rate.seasons, day)?.minor ?? rate.minor;
  const percent = rate.weekdayPercents[weekdayOf(day)] ?? 100;
  // Prices by length are of a metre, lengths are centimetres.
  const divisor = rate.basis === "per_night" ? 100 : 100 * 100;
  return multiplyDivideRounded(minor * percent, lengthCm, divisor);
}

function surchargeOf(rate: Rate, night: number): number {
  return divideRounded(night * (rate.multihullPercent - 100), 100);
}

function discountPercent(rate: Rate, nights: number): number {
  return discountAfter(nights, rate.weeklyDiscountPercent, rate.monthlyDiscountPercent);
}

/** Which of two discounts a stay of so many nights gets; 0 where it is too short for either. */
export function discountAfter(nights: number, weekly: number, monthly: number): number {
  if (nights >= MONTH_NIGHTS && monthly > 0) return monthly;
  return nights >= WEEK_NIGHTS ? weekly : 0;
}

function discountOf(rate: Rate, nights: number): { kind: "weekly" | "monthly"; percent: number } {
  const isMonthly = nights >= MONTH_NIGHTS && rate.monthlyDiscountPercent > 0;
  return { kind: isMonthly ? "monthly" : "weekly", percent: discountPercent(rate, nights) };
}

function percentOf(minor: number, percent: number): number {
  return multiplyDivideRounded(minor, Math.round(percent * 1000), PERCENT_UNIT);
}

interface NightGroup {
  nights: number;
  night: number;
  season: string | undefined;
}

/** One line for each price and season, in the order in which the stay comes to them. */
function nightLines(rate: Rate, fromDay: number, toDay: number, lengthCm: number) {
  const groups = new Map<string, NightGroup>();
  let nightsMinor = 0;
  let surchargeMinor = 0;
  for (let day = fromDay; day < toDay; day++) {
    const night = nightMinor(rate, day, lengthCm);
    const season = seasonOf(rate.seasons, day)?.name;
    const key = `${night} ${season ?? ""}`;
    const group = groups.get(key) ?? { nights: 0, night, season };
    group.nights++;
    groups.set(key, group);
    nightsMinor += night;
    surchargeMinor += surchargeOf(rate, night);
  }
  const lines: QuoteLine[] = Array.from(groups.values(), ({ nights, night, season }) => ({
    code: "nights",
    label: `${counted(nights, "night")} × ${money(rate, night)}${season ? ` (${season})` : ""}`,
    amountMinor: nights * night,
  }));
  return { lines, nightsMinor, surchargeMinor };
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function money(rate: Rate, minor: number): string {
  return formatMoney(minor, rate.currency, "en");
}
