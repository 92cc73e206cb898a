import type { Amenity } from "../../../shared/dock.ts";
import type { Bbox } from "../../../shared/geo.ts";
import type { WaterSearch } from "../../../shared/search-terms.ts";
import { dayToDate } from "../../../shared/stay.ts";
import { createRandom, type Random } from "../../local/demo/random.ts";

/** Boats as they are: wider and deeper with their length, one in six with two hulls. */
function rollVessel(random: Random): WaterSearch["vessel"] {
  const loaCm = random.int(70, 170) * 10;
  const isMulti = random.chance(0.16);
  const hullType = isMulti ? "multi" : random.pick(["mono", "mono", "power"] as const);
  return {
    hullType,
    loaCm,
    beamCm: Math.round(loaCm * (isMulti ? 0.52 : 0.32)),
    draftCm: Math.round(loaCm * (hullType === "mono" ? 0.16 : 0.09)),
    ...(random.chance(0.5) ? { airDraftCm: Math.round(loaCm * 1.35) } : {}),
    ...(random.chance(0.3) ? { takesGround: true } : {}),
    ...(random.chance(0.5) ? { insuranceExpires: dayToDate(21_500 + random.int(0, 400)) } : {}),
    ...(random.chance(0.25)
      ? {
        inlets: [
          { plug: "cee_16" as const, volts: 230, amps: 16, phases: 1 as const, required: true },
        ],
      }
      : {}),
  };
}

/** Where a world's harbours are, how many berths they have, and its first day. */
export interface QuestionedWorld {
  harbours: readonly { lat: number; lon: number; berths: number }[];
  today: number;
}

/** Some questions about a world, no two alike: boxes of so many degrees around its harbours. */
export function rollQuestions(
  world: QuestionedWorld,
  count: number,
  degrees: number,
  seed: number,
): WaterSearch[] {
  const random = createRandom(seed, degrees * 10);
  // Where there are more berths, more people look.
  const upTo: number[] = [];
  let berths = 0;
  for (const harbour of world.harbours) upTo.push(berths += harbour.berths);
  return Array.from({ length: count }, () => {
    const wanted = random.next() * berths;
    const harbour = world.harbours[upTo.findIndex((end) => end > wanted)]!;
    const fromDay = world.today + random.int(1, 300);
    const nights = random.pick([1, 2, 2, 3, 4, 7, 7, 7, 10, 14]);
    const amenities: Amenity[] = random.chance(0.3) ? ["electricity", "water_tap"] : [];
    return {
      area: { bbox: boxAround(harbour, degrees, random) },
      stay: { from: dayToDate(fromDay), to: dayToDate(fromDay + nights) },
      vessel: rollVessel(random),
      kinds: random.chance(0.2) ? ["slip", "stern_to", "side_tie"] : [],
      amenities,
      instantOnly: random.chance(0.2),
      ...(random.chance(0.5)
        ? { maxPriceMinor: nights * random.int(30, 300) * 100, currency: "EUR" }
        : {}),
      sort: "price",
      limit: 20,
    };
  });
}

function boxAround(at: { lat: number; lon: number }, degrees: number, random: Random): Bbox {
  const lat = at.lat + (random.next() - 0.5) * degrees * 0.5;
  const lon = at.lon + (random.next() - 0.5) * degrees * 0.5;
  const half = degrees / 2;
  return {
    west: Math.max(-180, lon - half),
    south: Math.max(-90, lat - half),
    east: Math.min(180, lon + half),
    north: Math.min(90, lat + half),
  };
}
