import { blurPosition } from "../../../shared/blur.ts";
import { amenitiesToBits, type NewDock } from "../../../shared/dock.ts";
import { positionToQuadkey } from "../../../shared/quadkey.ts";
import { depthToLat, overheadToLat } from "../../docks/tide-datums.ts";
import { type Berth, berthsOf } from "./berths.ts";
import { copyLine } from "../bulk/copy-rows.ts";
import { habitsOf } from "./countries.ts";
import { type DockSetting, rollDock } from "./docks.ts";
import type { HarbourPapers } from "./harbour-papers.ts";
import type { DemoHarbour } from "./harbours.ts";
import type { DemoPerson } from "./people.ts";
import { createRandom } from "./random.ts";
import { rollStays } from "./stays.ts";
import { createPriceList } from "./tariffs.ts";
import type { TideStation } from "./tide-stations.ts";
import type { TileLeaves } from "../bulk/tile-leaves.ts";

/** Everything that the docks are made from; a harbour's id is its number + 1. */
export interface DemoWorld {
  harbours: readonly DemoHarbour[];
  papers: readonly HarbourPapers[];
  stationOf: readonly (TideStation | undefined)[];
  hostOf: readonly DemoPerson[];
  seed: number;
  nowMs: number;
}

interface PlacedDock {
  id: number;
  dock: NewDock;
  berth: Berth;
  harbour: DemoHarbour;
  harbourNumber: number;
}

export const DOCK_COLUMNS = [
  "id",
  "host_id",
  "harbour_id",
  "status",
  "kind",
  "name",
  "description",
  "lat",
  "lon",
  "public_lat",
  "public_lon",
  "blurred",
  "cell",
  "leaf",
  "time_zone",
  "min_loa_cm",
  "max_loa_cm",
  "max_beam_cm",
  "depth_cm",
  "depth_datum",
  "depth_lat_cm",
  "overhead_cm",
  "overhead_datum",
  "overhead_lat_cm",
  "max_displacement_kg",
  "length_cm",
  "gap_cm",
  "outlets",
  "amenities",
  "accessible",
  "hull_types",
  "requires_insurance",
  "check_in_from",
  "check_out_by",
  "hold_until",
  "instant_book",
  "min_nights",
  "max_nights",
  "notice_hours",
  "window_days",
  "cancellation_policy",
  "collection",
  "rate",
];

/** A COPY line for each dock, in the order of ids. */
export function* dockLines(world: DemoWorld, tiles: TileLeaves): Generator<string> {
  for (const { id, dock, berth, harbour, harbourNumber } of docksOf(world)) {
    const datums = world.stationOf[harbourNumber]?.datums;
    const shown = berth.blurred ? blurPosition(berth, id) : berth;
    const cell = positionToQuadkey(shown);
    yield copyLine([
      id,
      world.hostOf[harbourNumber]!.id,
      dock.harbourId,
      berth.status,
      dock.kind,
      dock.name,
      dock.description,
      berth.lat,
      berth.lon,
      shown.lat,
      shown.lon,
      berth.blurred,
      cell,
      berth.status === "published" ? tiles.leafOf(cell) : null,
      harbour.timeZone,
      dock.minLoaCm,
      dock.maxLoaCm,
      dock.maxBeamCm,
      dock.depthCm,
      dock.depthDatum,
      depthToLat(dock.depthCm, dock.depthDatum, datums),
      dock.overheadCm,
      dock.overheadDatum,
      overheadToLat(dock.overheadCm, dock.overheadDatum, datums),
      dock.maxDisplacementKg,
      dock.lengthCm,
      dock.gapCm,
      JSON.stringify(dock.outlets),
      amenitiesToBits(dock.amenities),
      dock.accessible,
      `{${dock.hullTypes.join(",")}}`,
      dock.requiresInsurance,
      dock.checkInFrom,
      dock.checkOutBy,
      dock.holdUntil,
      dock.instantBook,
      dock.minNights,
      dock.maxNights,
      dock.noticeHours,
      dock.windowDays,
      dock.cancellationPolicy,
      dock.collection,
      rateText(dock),
    ]);
  }
}

export const OCCUPANCY_COLUMNS = ["dock_id", "span", "nights", "source"];

/** The COPY lines of each dock's stays as one text, in the order of ids. */
export function* stayLines(
  world: DemoWorld,
  onStays: (count: number) => void,
): Generator<string> {
  const today = Math.floor(world.nowMs / 86_400_000);
  const dates = new DateTexts(today);
  for (const { id, dock, harbour } of docksOf(world)) {
    const { maxLoaCm, gapCm, lengthCm } = dock;
    const stayed = { lat: harbour.lat, maxLoaCm, gapCm, lengthCm };
    const stays = rollStays(stayed, today, createRandom(world.seed, 24, id));
    onStays(stays.length);
    let lines = "";
    for (const { fromDay, toDay, low, high } of stays) {
      const nights = `[${dates.of(fromDay)},${dates.of(toDay)})`;
      lines += `${id}\t[${low},${high ?? ""})\t${nights}\timport\n`;
    }
    yield lines;
  }
}

/** Docks with what their harbours give them; the same docks, in the same order, at every call. */
function* docksOf(world: DemoWorld): Generator<PlacedDock> {
  let id = 0;
  for (const [harbourNumber, harbour] of world.harbours.entries()) {
    const setting = settingOf(world, harbour, harbourNumber);
    for (const berth of berthsOf(harbour, harbourNumber, world.seed)) {
      id++;
      yield { id, dock: rollDock(berth, id, setting, world.seed), berth, harbour, harbourNumber };
    }
  }
}

function settingOf(world: DemoWorld, harbour: DemoHarbour, number: number): DockSetting {
  const habits = habitsOf(harbour.country);
  if (!habits) throw new Error(`no demo habits for country ${harbour.country}`);
  const papers = world.papers[number]!;
  const station = world.stationOf[number];
  return {
    harbourId: number + 1,
    country: harbour.country,
    habits,
    papers,
    prices: createPriceList({ number, lat: harbour.lat, habits }, world.seed),
    hasStation: station !== undefined,
    tideRangeCm: station?.highCm ?? 0,
    // The demo's own hosts have both sorts, to be tried.
    instantShare: harbour.owner ? 0.6 : papers.isInstant ? 0.92 : 0.1,
  };
}

/** Berths of a class share one rate object: write it as text once. */
const rateTexts = new WeakMap<object, string>();

function rateText({ rate }: NewDock): string {
  let text = rateTexts.get(rate);
  if (text === undefined) {
    text = JSON.stringify(rate);
    rateTexts.set(rate, text);
  }
  return text;
}

/** Dates of the calendar as texts, made once: five million stays need twice as many. */
class DateTexts {
  readonly #first: number;
  readonly #texts: string[] = [];

  constructor(today: number) {
    this.#first = today - 400;
  }

  of(day: number): string {
    return this.#texts[day - this.#first] ??= new Date(day * 86_400_000).toISOString().slice(0, 10);
  }
}
