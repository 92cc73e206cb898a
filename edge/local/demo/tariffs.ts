import { type DockKind, isLinear } from "../../../shared/dock.ts";
import { minorDigits } from "../../../shared/money.ts";
import type { Rate, Season } from "../../../shared/rate.ts";
import type { CountryHabits } from "./countries.ts";
import { DEMO_PER_EURO } from "./exchange-rates.ts";
import { createRandom, type Random } from "./random.ts";

/** Below the schema's limit for a price, with room for a season on top. */
const MOST_MINOR = 40_000_000;
const KIND_FACTOR: Record<DockKind, number> = {
  slip: 1,
  stern_to: 0.95,
  pile: 0.8,
  side_tie: 0.85,
  t_head: 1.1,
  mooring: 0.4,
  dry_rack: 0.45,
};
/** Upper ends of the classes that a price list has, metres. */
const SIZE_CLASSES = [8, 10, 12, 15, 20, 30, 60];

export interface PriceList {
  /** The rate of a berth: berths of one kind and size class in a harbour share it. */
  rateOf(kind: DockKind, maxLoaCm: number): Rate;
}

/** A harbour's price list in its own currency. */
export function createPriceList(
  harbour: { number: number; lat: number; habits: CountryHabits },
  seed: number,
): PriceList {
  const { number, lat, habits } = harbour;
  const random = createRandom(seed, 31, number);
  const level = Math.exp(0.28 * random.normal());
  const seasons = random.chance(0.75) ? rollSeasons(lat, random) : [];
  const rates = new Map<string, Rate>();
  return {
    rateOf(kind, maxLoaCm) {
      const size = SIZE_CLASSES.findIndex((metres) => maxLoaCm <= metres * 100);
      const key = `${kind} ${size}`;
      let rate = rates.get(key);
      if (!rate) {
        const metres = SIZE_CLASSES[size] ?? 60;
        rate = rollRate(kind, metres, level, seasons, habits, createRandom(seed, 32, number, size));
        rates.set(key, rate);
      }
      return rate;
    },
  };
}

function rollRate(
  kind: DockKind,
  metres: number,
  level: number,
  seasons: readonly FactoredSeason[],
  habits: CountryHabits,
  random: Random,
): Rate {
  const { currency, eurosPerMetre, taxPercent } = habits;
  const minorPerEuro = (DEMO_PER_EURO[currency] ?? 1) * 10 ** minorDigits(currency);
  const eurosAMetre = eurosPerMetre * level * KIND_FACTOR[kind] * (metres / 12) ** 0.3;
  const isByLength = isLinear(kind)
    ? random.chance(0.85)
    : kind === "mooring" || kind === "dry_rack"
    ? random.chance(0.15)
    : random.chance(0.6);
  const euros = isByLength ? eurosAMetre : eurosAMetre * metres * 0.9;
  const inMinor = (amount: number) => Math.min(MOST_MINOR, roundPrice(amount * minorPerEuro));
  return {
    currency,
    basis: isByLength ? "per_length_night" : "per_night",
    billable: isByLength && !isLinear(kind) && random.chance(0.45) ? "max_loa_berth" : "loa",
    minor: inMinor(euros),
    seasons: seasons.map(({ factor, ...season }) => ({
      ...season,
      minor: inMinor(euros * factor),
    })),
    weekdayPercents: random.chance(0.35)
      ? random.pick([[100, 100, 100, 100, 120, 120, 100], [90, 90, 90, 90, 115, 125, 100]])
      : [100, 100, 100, 100, 100, 100, 100],
    weeklyDiscountPercent: random.chance(0.45) ? random.pick([5, 7.5, 10, 12.5, 15]) : 0,
    monthlyDiscountPercent: random.chance(0.35) ? random.pick([15, 20, 25, 33.333, 40]) : 0,
    multihullPercent: random.chance(0.5) ? random.pick([125, 150, 150, 175, 200]) : 100,
    fees: {
      cleaningMinor: random.chance(0.15) ? inMinor(8 + metres / 2) : 0,
      powerPerNightMinor: kind !== "mooring" && random.chance(0.35) ? inMinor(2 + metres / 4) : 0,
    },
    taxPercent: currency === "USD"
      ? random.pick([0, 6.25, 7, 7.25, 8.875])
      : random.chance(0.8)
      ? taxPercent
      : 0,
    depositMinor: random.chance(0.2) ? inMinor(euros * (isByLength ? metres : 1)) : 0,
  };
}

interface FactoredSeason extends Omit<Season, "minor"> {
  factor: number;
}

/** Summers of the harbour's own half of the world; in the tropics the dry months. */
function rollSeasons(lat: number, random: Random): FactoredSeason[] {
  const high = 1.25 + 0.7 * random.next();
  if (Math.abs(lat) < 20) {
    return [{ name: "Trade wind season", from: "11-15", to: "04-15", factor: high * 0.9 }];
  }
  if (lat < 0) {
    return [
      { name: "Summer holidays", from: "12-15", to: "02-01", factor: high },
      { name: "Shoulder season", from: "10-15", to: "12-15", factor: 1.12 },
      { name: "Shoulder season", from: "02-01", to: "04-15", factor: 1.12 },
    ];
  }
  const seasons: FactoredSeason[] = [
    { name: "High season", from: "06-15", to: "09-01", factor: high },
    { name: "Shoulder season", from: "05-01", to: "06-15", factor: 1.15 },
    { name: "Shoulder season", from: "09-01", to: "10-15", factor: 1.15 },
  ];
  if (random.chance(0.3)) {
    seasons.push({ name: "Winter", from: "11-01", to: "03-15", factor: 0.6 });
  }
  if (random.chance(0.2)) {
    seasons.unshift({ name: "New Year", from: "12-27", to: "01-03", factor: 1.3 });
  }
  return seasons;
}

/** A price as people write one: two digits that count, the second one 0 to 9 or a half. */
function roundPrice(minor: number): number {
  if (minor < 10) return Math.max(1, Math.round(minor));
  const step = 10 ** (Math.floor(Math.log10(minor)) - 1) / 2;
  return Math.round(Math.round(minor / step) * step);
}
