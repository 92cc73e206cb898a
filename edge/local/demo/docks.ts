import type { HullType } from "../../../shared/boat.ts";
import {
  type Amenity,
  type CancellationPolicy,
  type Datum,
  isLinear,
  type NewDock,
  type Outlet,
} from "../../../shared/dock.ts";
import type { Berth } from "./berths.ts";
import type { CountryHabits } from "./countries.ts";
import { describeDock } from "./descriptions.ts";
import type { HarbourPapers } from "./harbour-papers.ts";
import { createRandom, type Random } from "./random.ts";
import type { PriceList } from "./tariffs.ts";

/** Many harbours take the fee ashore; the others by card. */
const ONLINE_SHARE = 0.4;

/** What a harbour gives to all of its docks. */
export interface DockSetting {
  harbourId: number;
  country: string;
  habits: CountryHabits;
  papers: HarbourPapers;
  prices: PriceList;
  hasStation: boolean;
  /** How far the water falls below mean tide level there, centimetres; 0 where not known. */
  tideRangeCm: number;
  /** The host answers each request of some docks, takes the others at once. */
  instantShare: number;
}

/** What its host would have written of a berth; some values missing, as in life. */
export function rollDock(berth: Berth, id: number, setting: DockSetting, seed: number): NewDock {
  const random = createRandom(seed, 23, id);
  const { kind, maxLoaCm } = berth;
  const { papers, habits } = setting;
  const isAfloat = kind !== "dry_rack";
  const gapCm = isLinear(kind) ? random.int(2, 8) * 25 : 0;
  const lengthCm = isLinear(kind)
    ? Math.ceil(((maxLoaCm + gapCm) * (1.05 + 2.2 * random.next() ** 2)) / 50) * 50
    : undefined;
  const maxBeamCm = isLinear(kind) || kind === "mooring" || random.chance(0.06)
    ? undefined
    : rollBeam(maxLoaCm, random);
  const depth = isAfloat ? rollDepth(maxLoaCm, setting, random) : undefined;
  const overheadCm = papers.overheadCm ?? (random.chance(0.015) ? random.int(12, 50) * 50 : null);
  const hasPower = papers.facilities.includes("electricity") && kind !== "mooring" &&
    random.chance(isAfloat ? 0.88 : 0.2);
  const outlets = hasPower ? outletsFor(maxLoaCm, habits) : [];
  const dock: NewDock = {
    harbourId: setting.harbourId,
    kind,
    name: berth.name.slice(0, 120),
    description: "",
    position: { lat: berth.lat, lon: berth.lon },
    blurPosition: berth.blurred,
    minLoaCm: random.chance(0.22) ? Math.floor((maxLoaCm * 0.55) / 50) * 50 : undefined,
    maxLoaCm,
    maxBeamCm,
    depthCm: depth?.cm,
    depthDatum: depth?.datum,
    overheadCm: overheadCm ?? undefined,
    overheadDatum: overheadCm === null ? undefined : overheadDatum(habits, random),
    maxDisplacementKg: !isAfloat || random.chance(0.4)
      ? displacementKg(maxLoaCm, random)
      : undefined,
    lengthCm,
    gapCm,
    outlets,
    amenities: amenitiesOf(papers.facilities, hasPower, kind === "mooring", random),
    accessible: isAfloat && kind !== "mooring" && random.chance(0.13),
    hullTypes: rollHulls(isAfloat, random),
    requiresInsurance: papers.requiresInsurance,
    checkInFrom: random.pick(["12:00", "13:00", "14:00", "14:00", "15:00", "16:00"]),
    checkOutBy: random.pick(["10:00", "11:00", "11:00", "12:00", "12:00"]),
    holdUntil: random.pick(["18:00", "19:00", "20:00", "20:00", "21:00"]),
    instantBook: random.chance(setting.instantShare),
    minNights: random.chance(0.82) ? 1 : random.pick([2, 2, 3, 7]),
    maxNights: random.pick([14, 28, 30, 60, 90, 90, 180, 365]),
    noticeHours: random.pick([0, 0, 0, 2, 6, 24, 48]),
    windowDays: random.pick([548, 548, 548, 365, 180, 730]),
    closures: [],
    cancellationPolicy: random.pick<CancellationPolicy>(["flexible", "moderate", "strict"]),
    collection: createRandom(seed, 24, id).chance(ONLINE_SHARE) ? "online" : "at_dock",
    rate: setting.prices.rateOf(kind, maxLoaCm),
  };
  return { ...dock, description: describeDock(dock, setting.country, random) };
}

/** About what builders give boats of that length, and a fender on each side. */
function rollBeam(maxLoaCm: number, random: Random): number {
  const usual = 160 + 0.225 * maxLoaCm;
  const wide = random.chance(0.09) ? 1.65 : 1;
  return Math.round((usual * wide * (0.95 + 0.2 * random.next())) / 10) * 10;
}

function rollDepth(
  maxLoaCm: number,
  { habits, hasStation, tideRangeCm, country }: DockSetting,
  random: Random,
): { cm: number; datum: Datum } | undefined {
  if (random.chance(0.07)) return undefined;
  const dries = tideRangeCm > 250 && maxLoaCm < 1_100 && random.chance(0.12);
  const cm = dries ? random.int(-12, 5) * 10 : Math.round((70 + 0.13 * maxLoaCm) / 10) * 10 +
    random.int(-3, 20) * 10;
  return { cm, datum: depthDatum(habits, country, hasStation, random) };
}

/** The chart's datum; an old survey's now and then; LAT where no station ties another to it. */
function depthDatum(
  habits: CountryHabits,
  country: string,
  hasStation: boolean,
  random: Random,
): Datum {
  if (!hasStation && random.chance(0.8)) return "LAT";
  if (country === "US" && random.chance(0.08)) return "MLW";
  if (habits.depthDatum === "LAT" && random.chance(0.06)) return "MLWS";
  return habits.depthDatum;
}

function overheadDatum(habits: CountryHabits, random: Random): Datum {
  return habits.overheadDatum === "HAT" && random.chance(0.2) ? "MHWS" : habits.overheadDatum;
}

/** Three times what a slender boat of the length weighs: what a pontoon or a hoist bears. */
function displacementKg(maxLoaCm: number, random: Random): number {
  const metres = maxLoaCm / 100;
  const kg = 8 * metres ** 3 * (1.2 + random.next());
  return Math.round(kg / 500) * 500 || 500;
}

function outletsFor(maxLoaCm: number, { power }: CountryHabits): Outlet[] {
  if (maxLoaCm <= 1_100) return [power.small];
  if (maxLoaCm <= 1_800) return [power.small, power.large];
  return maxLoaCm <= 3_500 ? [power.large, power.huge] : [power.huge, power.giant];
}

function amenitiesOf(
  facilities: readonly Amenity[],
  hasPower: boolean,
  isMooring: boolean,
  random: Random,
): Amenity[] {
  return facilities.filter((amenity) => {
    if (amenity === "electricity") return hasPower;
    if (amenity === "water_tap") return !isMooring && random.chance(0.95);
    return true;
  });
}

function rollHulls(isAfloat: boolean, random: Random): HullType[] {
  if (!isAfloat) return ["power"];
  const roll = random.next();
  if (roll < 0.86) return ["mono", "multi", "power"];
  if (roll < 0.95) return ["mono", "power"];
  return roll < 0.98 ? ["mono", "multi"] : ["power"];
}
