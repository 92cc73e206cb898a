import { AMENITIES, type Amenity } from "../../../shared/dock.ts";
import { MARINA_FROM_BERTHS } from "./berths.ts";
import type { DemoHarbour } from "./harbours.ts";
import { createRandom, type Random, shuffled } from "./random.ts";

/** What a harbour says of itself. */
export interface HarbourPapers {
  facilities: Amenity[];
  vhfChannel: string | null;
  approach: string;
  /** Clearance of a bridge or wire over the whole harbour, centimetres. */
  overheadCm: number | null;
  requiresInsurance: boolean;
  isInstant: boolean;
}

/** How likely a marina has each; a quay in a village has a third of that. */
const LIKELY: Record<Amenity, number> = {
  electricity: 0.95,
  water_tap: 0.95,
  pump_out: 0.45,
  fuel: 0.5,
  showers: 0.85,
  toilets: 0.9,
  laundry: 0.55,
  wifi: 0.75,
  security: 0.5,
  restaurant: 0.6,
  chandler: 0.35,
  boatyard: 0.35,
  boat_hoist: 0.35,
  slipway: 0.5,
  provisions: 0.5,
  parking: 0.7,
  waste: 0.8,
  pets: 0.6,
};

const ARRIVALS = [
  "Call when you are off the entrance and wait outside until a berth is given.",
  "Give way to ferries, which need the whole width of the entrance.",
  "Keep to starboard in the entrance; the fairway is narrow.",
  "Fenders on both sides and lines ready before you come in: there is little room to turn.",
  "A cross wind is felt on the outer berths; ask for a hand with the lines.",
  "Enter by day on a first visit; the shore lights hide the marks.",
  "Slow down at the first mark: wash reaches the small boats inside.",
  "The bottom shoals quickly outside the marked channel.",
];

export function harbourPapers(harbour: DemoHarbour, number: number, seed: number): HarbourPapers {
  const random = createRandom(seed, 22, number);
  const isMarina = harbour.berths >= MARINA_FROM_BERTHS;
  const share = isMarina ? Math.min(1, 0.75 + harbour.berths / 400) : 0.35;
  return {
    facilities: AMENITIES.filter((amenity) => random.chance(LIKELY[amenity] * share)),
    vhfChannel: random.chance(isMarina ? 0.9 : 0.3) ? vhfOf(harbour.country, random) : null,
    approach: isMarina ? shuffled(ARRIVALS, random).slice(0, 2).join(" ") : "",
    overheadCm: random.chance(0.09) ? random.int(16, 60) * 50 : null,
    requiresInsurance: random.chance(0.4),
    isInstant: random.chance(0.65),
  };
}

function vhfOf(country: string, random: Random): string {
  if (country === "US" || country === "PR" || country === "VI") {
    return random.pick(["9", "16", "71"]);
  }
  if (country === "CA") return random.pick(["66A", "68"]);
  if (country === "GB" || country === "IE") return random.pick(["80", "M", "37A"]);
  if (country === "NL" || country === "BE") return random.pick(["31", "10"]);
  if (country === "GR" || country === "TR") return random.pick(["12", "72", "73"]);
  if (country === "HR" || country === "ME" || country === "SI") return "17";
  return random.pick(["9", "12", "16", "72"]);
}
