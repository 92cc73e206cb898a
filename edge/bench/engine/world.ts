import { blurPosition } from "../../../shared/blur.ts";
import { amenitiesToBits, isLinear } from "../../../shared/dock.ts";
import { positionToQuadkey } from "../../../shared/quadkey.ts";
import type { TileContent, TileDock, TileStation } from "../../../shared/tile-dock.ts";
import { splitPages } from "../../../shared/tile-dock.ts";
import { depthToLat, overheadToLat } from "../../docks/tide-datums.ts";
import { berthsOf } from "../../local/demo/berths.ts";
import { readCoastline } from "../../local/demo/coastline.ts";
import { habitsOf } from "../../local/demo/countries.ts";
import { rollDock } from "../../local/demo/docks.ts";
import { harbourPapers } from "../../local/demo/harbour-papers.ts";
import { stationSites, townSites } from "../../local/demo/harbour-sites.ts";
import { chooseHarbours, type DemoHarbour } from "../../local/demo/harbours.ts";
import { PointGrid } from "../../local/bulk/point-grid.ts";
import { createRandom, type Random } from "../../local/demo/random.ts";
import { readCities } from "../../local/demo/read-cities.ts";
import { rollStays } from "../../local/demo/stays.ts";
import { createPriceList } from "../../local/demo/tariffs.ts";
import { type TideStation, usableTideStations } from "../../local/demo/tide-stations.ts";
import { TABLE_DAYS } from "../../docks/tides.ts";
import { quickTideDays } from "./quick-tides.ts";
import { splitIntoLeaves, type TileLeaves } from "../../local/bulk/tile-leaves.ts";

/** The demo's harbours and docks, fuller: about 20 stays a berth, as a good harbour sells. */
export interface BenchWorld {
  harbours: readonly DemoHarbour[];
  leaves: TileLeaves;
  today: number;
  /** Makes every leaf's tiles, one leaf after the other. */
  contents(): Generator<TileContent>;
}

interface Source {
  harbours: readonly DemoHarbour[];
  stationOf: readonly (TideStation | undefined)[];
  /** The id before each harbour's first dock. */
  idsBefore: readonly number[];
  today: number;
  stations: ReadonlyMap<string, KnownStation>;
}

interface KnownStation {
  station: TideStation;
  place: number;
  /** Made when the first of its docks is. */
  tile?: TileStation;
}

const SEED = 7;
const STATION_WITHIN_M = 60_000;
const HORIZON_DAYS = 548;
/** Yesterday still counts in zones behind UTC. */
const PAST_DAYS = 3;
const LENGTHS = [1, 1, 2, 2, 2, 3, 3, 4, 5, 7, 7, 7, 7, 10, 14, 14, 21];
const MEAN_GAP_NIGHTS = 21;

/** A world of so many docks, the same for the same day. */
export async function makeWorld(docks: number, today: number): Promise<BenchWorld> {
  const [cities, coast] = await Promise.all([readCities(), readCoastline()]);
  const stations = usableTideStations();
  const sites = stationSites(stations, cities, () => true);
  const towns = townSites(cities, sites, coast, () => true);
  const harbours = chooseHarbours({ docks, seed: SEED, stations: sites, towns });
  const grid = new PointGrid(stations);
  const idsBefore: number[] = [];
  let id = 0;
  for (const { berths } of harbours) {
    idsBefore.push(id);
    id += berths;
  }
  const source: Source = {
    harbours,
    stationOf: harbours.map((harbour) => grid.nearest(harbour, STATION_WITHIN_M)),
    idsBefore,
    today,
    stations: new Map(stations.map((station, place) => [station.id, { station, place }])),
  };
  const leaves = splitIntoLeaves(
    harbours.flatMap((harbour, number) =>
      berthsOf(harbour, number, SEED).map((berth, i) =>
        positionToQuadkey(berth.blurred ? blurPosition(berth, idsBefore[number]! + i + 1) : berth)
      )
    ),
  );
  return { harbours, leaves, today, contents: () => contentsOf(source, leaves) };
}

/** By harbours in the order of their cells, so that few leaves are open at a time. */
function* contentsOf(source: Source, leaves: TileLeaves): Generator<TileContent> {
  const left = new Map(leaves.leaves.map(({ quadkey, docks }) => [quadkey, docks]));
  const open = new Map<string, TileDock[]>();
  const order = source.harbours
    .map((harbour, number) => ({ number, cell: positionToQuadkey(harbour) }))
    .sort((a, b) => a.cell < b.cell ? -1 : 1);
  for (const { number } of order) {
    for (const dock of docksOf(source, number)) {
      const quadkey = leaves.leafOf(positionToQuadkey(dock));
      const docks = open.get(quadkey) ?? [];
      docks.push(dock);
      open.set(quadkey, docks);
      if (docks.length < left.get(quadkey)!) continue;
      open.delete(quadkey);
      const stations = stationsOf(source, docks);
      yield* splitPages({ quadkey, asOf: "1", baseDay: source.today - 2, docks, stations });
    }
  }
}

/** The stations of some docks: one in ten has no table yet. */
function stationsOf({ stations, today }: Source, docks: readonly TileDock[]): TileStation[] {
  const ids = new Set(docks.flatMap(({ tideStation }) => tideStation ?? []));
  return Array.from(ids, (id) => {
    const known = stations.get(id)!;
    if (known.tile) return known.tile;
    const { highCm, timeZone } = known.station;
    const days = quickTideDays(id, today - PAST_DAYS, PAST_DAYS + TABLE_DAYS);
    const table = known.place % 10 === 0 ? null : { timeZone, days };
    return (known.tile = { id, highCm, table });
  });
}

function* docksOf(source: Source, number: number): Generator<TileDock> {
  const harbour = source.harbours[number]!;
  const habits = habitsOf(harbour.country)!;
  const station = source.stationOf[number];
  const papers = harbourPapers(harbour, number, SEED);
  const setting = {
    harbourId: number + 1,
    country: harbour.country,
    habits,
    papers,
    prices: createPriceList({ number, lat: harbour.lat, habits }, SEED),
    hasStation: station !== undefined,
    tideRangeCm: station?.highCm ?? 0,
    instantShare: papers.isInstant ? 0.92 : 0.1,
  };
  let id = source.idsBefore[number]!;
  for (const berth of berthsOf(harbour, number, SEED)) {
    id++;
    const random = createRandom(SEED, 91, id);
    const dock = rollDock(berth, id, setting, SEED);
    const { lat, lon } = berth.blurred ? blurPosition(berth, id) : berth;
    const occupied = isLinear(dock.kind)
      ? quayStays(harbour.lat, dock, source.today, random)
      : wholeStays(source.today, random);
    yield {
      id,
      version: 1 + occupied.length / 4 + random.int(0, 3),
      lat,
      lon,
      name: dock.name,
      kind: dock.kind,
      harbourId: setting.harbourId,
      harbourName: harbour.name,
      country: harbour.country,
      timeZone: harbour.timeZone,
      minLoaCm: dock.minLoaCm ?? null,
      maxLoaCm: dock.maxLoaCm,
      maxBeamCm: dock.maxBeamCm ?? null,
      depthCm: dock.depthCm ?? null,
      depthDatum: dock.depthDatum ?? null,
      depthLatCm: depthToLat(dock.depthCm, dock.depthDatum, station?.datums) ?? null,
      hasOverhead: dock.overheadCm !== undefined,
      overheadLatCm: overheadToLat(dock.overheadCm, dock.overheadDatum, station?.datums) ?? null,
      maxDisplacementKg: dock.maxDisplacementKg ?? null,
      outlets: dock.outlets,
      hullTypes: dock.hullTypes,
      requiresInsurance: dock.requiresInsurance,
      amenities: amenitiesToBits(dock.amenities),
      instantBook: dock.instantBook,
      collection: dock.collection,
      minNights: dock.minNights,
      maxNights: dock.maxNights,
      noticeHours: dock.noticeHours,
      windowDays: dock.windowDays,
      checkInFrom: dock.checkInFrom,
      rate: dock.rate,
      rating: random.chance(0.6) ? random.int(30, 50) / 10 : null,
      photo: null,
      lengthCm: dock.lengthCm ?? null,
      gapCm: dock.gapCm,
      tideStation: station?.id ?? null,
      occupied,
    };
  }
}

function wholeStays(today: number, random: Random): number[] {
  const occupied: number[] = [];
  const popularity = 0.5 + random.next();
  let day = today - random.int(0, 10);
  while (true) {
    day += Math.floor((-Math.log(1 - random.next()) * MEAN_GAP_NIGHTS) / popularity);
    if (day >= today + HORIZON_DAYS) return occupied;
    const toDay = day + random.pick(LENGTHS);
    if (toDay > today - 2) occupied.push(day, toDay, 0, -1);
    day = toDay;
  }
}

function quayStays(
  lat: number,
  dock: { maxLoaCm: number; gapCm: number; lengthCm?: number | undefined },
  today: number,
  random: Random,
): number[] {
  const { maxLoaCm, gapCm, lengthCm } = dock;
  return rollStays({ lat, maxLoaCm, gapCm, lengthCm }, today, random)
    .flatMap(({ fromDay, toDay, low, high }) => [fromDay, toDay, low, high ?? -1]);
}
