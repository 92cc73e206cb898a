import { amenitiesToBits, bitsToAmenities, type Outlet } from "../../../shared/dock.ts";
import { fitBoat, type FitDock, fitVerdict, type Water } from "../../../shared/fit.ts";
import { OVERHEAD_CLEARANCE_CM, UNDER_KEEL_CM } from "../../../shared/fit-rules.ts";
import { distanceM } from "../../../shared/geo.ts";
import { convertMinor, divideRounded, type ExchangeRates } from "../../../shared/money.ts";
import { isFree } from "../../../shared/occupied.ts";
import { priceTotal } from "../../../shared/quote.ts";
import type { Rate } from "../../../shared/rate.ts";
import { areaCentre, type WaterSearch } from "../../../shared/search-terms.ts";
import { dateToDay } from "../../../shared/stay.ts";
import { stayFault } from "../../../shared/stay-terms.ts";
import { createZoneClock } from "../../../shared/zone.ts";
import { type CandidateRow, CANDIDATES, SHOWN } from "./peer-tables.ts";

/** Runs a statement, prepared once for each connection, and answers its rows as arrays. */
export type RunRows = (name: string, text: string, values: unknown[]) => Promise<unknown[][]>;

interface Chosen {
  id: number;
  total: number | undefined;
  currency: string;
  key: number;
  dock: FitDock;
  water: Water | undefined;
}

/**
 * The search that one would write over Postgres: its GiST index finds the docks of a box, its rows
 * keep out what numbers keep out, and the product's own rules judge and price the few that are
 * left. Rates and lists of outlets are read once. Sorted by price.
 */
export class PostgresPeer {
  readonly #run: RunRows;
  readonly #rates = new Map<number, Rate>();
  readonly #outlets = new Map<number, Outlet[]>();
  #exchange: ExchangeRates = { version: 0, perEuro: {} };

  constructor(run: RunRows) {
    this.#run = run;
  }

  async prepare(): Promise<void> {
    const rates = await this.#run("rates", "SELECT no, rate FROM peer.rate", []);
    for (const [no, rate] of rates) this.#rates.set(no as number, rate as Rate);
    const outlets = await this.#run("outlets", "SELECT no, outlets FROM peer.outlets", []);
    for (const [no, list] of outlets) this.#outlets.set(no as number, list as Outlet[]);
    const text = "SELECT version, per_euro FROM exchange_rates ORDER BY version DESC LIMIT 1";
    const [row] = await this.#run("exchange", text, []);
    this.#exchange = { version: row![0] as number, perEuro: row![1] as Record<string, number> };
  }

  async search(search: WaterSearch, nowMs: number) {
    const rows = await this.#run("candidates", CANDIDATES, candidateValues(search));
    const found = this.#judge(rows as CandidateRow[], search, nowMs);
    found.sort((a, b) => a.key === b.key ? a.id - b.id : a.key < b.key ? -1 : 1);
    const page = found.slice(0, search.limit);
    const shown = await this.#run("shown", SHOWN, [page.map(({ id }) => id)]);
    const shownById = new Map(shown.map((row) => [row[0] as number, row]));
    return {
      items: page.map((one) => toItem(one, shownById.get(one.id)!, search)),
      total: { value: found.length, relation: "eq" },
      nextCursor: null,
    };
  }

  #judge(rows: readonly CandidateRow[], search: WaterSearch, nowMs: number): Chosen[] {
    const { vessel, instantOnly, maxPriceMinor, currency = "EUR", stay } = search;
    if (!stay) throw new Error("the peer answers searches with nights");
    const [fromDay, toDay] = [dateToDay(stay.from), dateToDay(stay.to)];
    const clock = createZoneClock(nowMs);
    const found: Chosen[] = [];
    for (const row of rows) {
      const { id, dock, terms, water, rate } = this.#read(row);
      if (stayFault(terms, fromDay, toDay, clock)) continue;
      if (dock.lengthCm !== null && !isFree(dock, fromDay, toDay, vessel.loaCm)) continue;
      const verdict = fitVerdict(dock, vessel, water, stay.to);
      if (verdict === "no" || (instantOnly && verdict === "unknown")) continue;
      const total = priceTotal(rate, fromDay, toDay, vessel, dock);
      const compared = total === undefined
        ? undefined
        : convertMinor(total, rate.currency, currency, this.#exchange);
      if (maxPriceMinor !== undefined && !(compared !== undefined && compared <= maxPriceMinor)) {
        continue;
      }
      const key = compared ?? Infinity;
      found.push({ id, total, currency: rate.currency, key, dock, water });
    }
    return found;
  }

  #read(row: CandidateRow) {
    const [id, kind, minLoaCm, maxLoaCm, maxBeamCm, depthLatCm, hasOverhead, overheadLatCm] = row;
    const dock = {
      kind: kind as FitDock["kind"],
      minLoaCm,
      maxLoaCm,
      maxBeamCm,
      depthLatCm,
      hasOverhead,
      overheadLatCm,
      maxDisplacementKg: row[8],
      outlets: this.#outlets.get(row[9])!,
      hullTypes: row[10] as unknown as FitDock["hullTypes"],
      requiresInsurance: row[11],
      lengthCm: row[19],
      gapCm: row[20],
      collection: row[22],
      occupied: (row[23] ?? []).flat(),
    };
    const terms = {
      minNights: row[12],
      maxNights: row[13],
      noticeHours: row[14],
      windowDays: row[15],
      checkInFrom: row[16],
      timeZone: row[17],
    };
    const water: Water | undefined = row[21] === null ? undefined : { lowCm: 0, highCm: row[21] };
    return { id, dock, terms, water, rate: this.#rates.get(row[18])! };
  }
}

/** What `CANDIDATES` takes. */
export function candidateValues(search: WaterSearch): unknown[] {
  const { area, stay, vessel } = search;
  if (!("bbox" in area) || !stay) throw new Error("the peer answers boxes with nights");
  const { west, south, east, north } = area.bbox;
  return [
    west,
    south,
    east,
    north,
    stay.from,
    stay.to,
    search.kinds.length > 0 ? search.kinds : null,
    amenitiesToBits(search.amenities),
    search.instantOnly,
    vessel.loaCm,
    vessel.beamCm,
    (vessel.draftCm ?? 0) + UNDER_KEEL_CM,
    vessel.takesGround === true,
    vessel.airDraftCm === undefined ? null : vessel.airDraftCm + OVERHEAD_CLEARANCE_CM,
    vessel.hullType,
  ];
}

function toItem(chosen: Chosen, row: unknown[], search: WaterSearch) {
  const { id, total, currency, dock, water } = chosen;
  const { stay, area, vessel } = search;
  const nights = stay ? dateToDay(stay.to) - dateToDay(stay.from) : 0;
  const [, version, name, kind, lat, lon, harbourId, harbourName, country, ...rest] = row;
  const [maxLoaCm, maxBeamCm, depthCm, depthDatum, amenities, instantBook, collection] = rest;
  const [photo, rating] = rest.slice(7);
  const position = { lat: lat as number, lon: lon as number };
  return {
    id,
    version,
    name,
    kind,
    ...position,
    harbourId,
    harbourName,
    country,
    maxLoaCm,
    maxBeamCm,
    depthCm,
    depthDatum,
    amenities: bitsToAmenities(amenities as number),
    instantBook,
    collection,
    photo,
    rating,
    price: total === undefined
      ? null
      : { currency, totalMinor: total, nightlyMinor: divideRounded(total, nights) },
    fit: fitBoat(dock, vessel, water, stay?.to),
    distanceM: Math.round(distanceM(areaCentre(area), position)),
  };
}
