import { distanceM } from "../../../shared/geo.ts";
import type { HarbourSite } from "./harbour-sites.ts";
import { createRandom, shuffled } from "./random.ts";

/** Who of the demo accounts owns a harbour; the others belong to made-up people. */
export type DemoOwner = "host" | "host2";

/** A harbour chosen for the demo, with how many berths it has. */
export interface DemoHarbour extends HarbourSite {
  berths: number;
  owner?: DemoOwner;
}

/** Berths that a harbour has in a demo of 20,000 docks, with whoever of the accounts owns it. */
interface Feature {
  berths: number;
  owner?: DemoOwner;
}

const NEWPORT = { lat: 41.49, lon: -71.33 };
const NEWPORT_WATERS_M = 25_000;
const BERTHS_A_HARBOUR = 8;
const MOST_BERTHS = 300;

const FEATURED: Record<string, Feature> = {
  "station/noaa/8452660": { berths: 64, owner: "host" },
  "station/noaa/8453742": { berths: 26, owner: "host2" },
  "station/noaa/8454538": { berths: 22, owner: "host2" },
  "station/noaa/8453201": { berths: 5, owner: "host" },
};

/** Towns that everybody looks for first, by country and GeoNames' name. */
const FEATURED_TOWNS: Record<string, Feature> = {
  "FR Antibes": { berths: 70, owner: "host" },
  "IT Portofino": { berths: 14, owner: "host" },
  "IT Porto Cervo": { berths: 60 },
  "HR Hvar": { berths: 18, owner: "host2" },
  "ES Palma": { berths: 80 },
  "MC Monaco": { berths: 40 },
  "TR Bodrum": { berths: 40 },
  "ME Kotor": { berths: 18, owner: "host2" },
};

/**
 * Chooses harbours for a number of docks and gives each its berths: few large marinas, many small
 * places (a Pareto tail), 1 to 300 berths each unless there are more docks than that can hold.
 * Rhode Island's and Fiji's harbours and the featured ones are always among them.
 */
export function chooseHarbours(options: {
  docks: number;
  seed: number;
  stations: readonly HarbourSite[];
  towns: readonly HarbourSite[];
}): DemoHarbour[] {
  const { docks, seed } = options;
  const all = [...options.stations, ...options.towns];
  const featured = all.flatMap((site) => {
    const feature = featureOf(site);
    return feature ? [{ site, feature }] : [];
  }).sort((a, b) => b.feature.berths - a.feature.berths || (a.site.key < b.site.key ? -1 : 1));
  const featuredBerths = featured.reduce((sum, { feature }) => sum + feature.berths, 0);
  const scale = Math.min(1, (0.3 * docks) / featuredBerths);
  const always: DemoHarbour[] = featured.slice(0, docks).map(({ site, feature }) => ({
    ...site,
    berths: Math.max(1, Math.floor(feature.berths * scale)),
    ...(feature.owner ? { owner: feature.owner } : {}),
  }));

  const left = docks - always.reduce((sum, harbour) => sum + harbour.berths, 0);
  const count = Math.min(left, Math.round(docks / BERTHS_A_HARBOUR));
  const isAlways = new Set(always.map((harbour) => harbour.key));
  const isFree = (site: HarbourSite) => !isAlways.has(site.key);
  const chosen = mix(options.stations.filter(isFree), options.towns.filter(isFree), seed)
    .slice(0, count);
  const berths = shareOut(left, chosen.length, seed);
  return [...always, ...chosen.map((site, i) => ({ ...site, berths: berths[i]! }))];
}

function featureOf(site: HarbourSite): Feature | undefined {
  const named = FEATURED[site.key] ?? FEATURED_TOWNS[`${site.country} ${site.name}`];
  if (named) return named;
  if (distanceM(site, NEWPORT) <= NEWPORT_WATERS_M) return { berths: 9 };
  return site.country === "FJ" ? { berths: 9 } : undefined;
}

/**
 * Two of five from stations, two from the Mediterranean's towns, one from the world's other towns,
 * as long as there are; among the stations each country's turn comes early, or two thirds of the
 * first thousand would be in the United States.
 */
function mix(
  stations: readonly HarbourSite[],
  towns: readonly HarbourSite[],
  seed: number,
): HarbourSite[] {
  const countryCounts = new Map<string, number>();
  const turns = shuffled(stations, createRandom(seed, 11)).map((site) => {
    const nth = countryCounts.get(site.country) ?? 0;
    countryCounts.set(site.country, nth + 1);
    return { site, nth };
  });
  const fair = turns
    .map(({ site, nth }, i) => ({
      site,
      turn: nth / Math.sqrt(countryCounts.get(site.country)!),
      i,
    }))
    .sort((a, b) => a.turn - b.turn || a.i - b.i)
    .map(({ site }) => site);
  const queues = {
    station: fair.values(),
    mediterranean: shuffled(towns.filter(isMediterranean), createRandom(seed, 12)).values(),
    other: shuffled(towns.filter((town) => !isMediterranean(town)), createRandom(seed, 13))
      .values(),
  };
  const order = ["station", "mediterranean", "station", "other", "mediterranean"] as const;
  const result: HarbourSite[] = [];
  const total = stations.length + towns.length;
  for (let i = 0; result.length < total; i++) {
    const next = queues[order[i % order.length]!].next();
    if (!next.done) result.push(next.value);
  }
  return result;
}

function isMediterranean({ lat, lon }: HarbourSite): boolean {
  const isBlackSea = lat > 40.9 && lon > 27;
  const isBiscay = lat > 42.5 && lon < 2;
  return lat > 30 && lat < 46 && lon > -5.6 && lon < 36.5 && !isBlackSea && !isBiscay;
}

/** Splits a number of berths into parts of 1 to 300 with a long tail; the parts' sum is exact. */
export function shareOut(total: number, parts: number, seed: number): number[] {
  if (parts === 0) return [];
  const most = Math.max(MOST_BERTHS, Math.ceil((total / parts) * 1.5));
  const random = createRandom(seed, 14);
  const weights = Array.from({ length: parts }, () => (1 - random.next()) ** -0.95);
  const sizes = (scale: number) =>
    weights.map((weight) => Math.max(1, Math.min(most, Math.floor(weight * scale))));
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  let [low, high] = [0, total];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (sum(sizes(middle)) > total) high = middle;
    else low = middle;
  }
  const result = sizes(low);
  let missing = total - sum(result);
  for (let i = 0; missing > 0; i = (i + 1) % parts) {
    if (result[i]! >= most) continue;
    result[i]!++;
    missing--;
  }
  return result;
}
