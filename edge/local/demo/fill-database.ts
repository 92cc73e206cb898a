import type pg from "pg";
import { amenitiesToBits } from "../../../shared/dock.ts";
import { blurPosition } from "../../../shared/blur.ts";
import { positionToQuadkey } from "../../../shared/quadkey.ts";
import { berthsOf } from "./berths.ts";
import { relieveTables } from "./bulk-tables.ts";
import { readCoastline } from "./coastline.ts";
import { copyFrozenRows, copyLine } from "../bulk/copy-rows.ts";
import { DOCK_COLUMNS, dockLines, OCCUPANCY_COLUMNS, stayLines } from "./dock-lines.ts";
import { DEMO_PER_EURO } from "./exchange-rates.ts";
import { bookForGuest } from "./guest-bookings.ts";
import { type HarbourPapers, harbourPapers } from "./harbour-papers.ts";
import { stationSites, townSites } from "./harbour-sites.ts";
import { chooseHarbours, type DemoHarbour } from "./harbours.ts";
import { makePeople } from "./people.ts";
import { PointGrid } from "../bulk/point-grid.ts";
import { readCities } from "./read-cities.ts";
import { splitIntoLeaves } from "../bulk/tile-leaves.ts";
import { type TideStation, usableTideStations } from "./tide-stations.ts";
import { writePeople } from "./write-people.ts";
import { writeTideHarmonics } from "./write-tide-harmonics.ts";

export interface FillOptions {
  docks: number;
  seed: number;
  nowMs: number;
  log: (line: string) => void;
}

/** A tide station farther off says little of a harbour's water. */
const STATION_WITHIN_M = 60_000;
/** Tables that get a row or more for each dock. */
const BULK_TABLES = ["dock", "calendar", "occupancy"];

/** Fills the empty tables inside the caller's transaction; see seedDemo. */
export async function fillDatabase(
  client: pg.Client,
  options: FillOptions,
): Promise<{ harbours: number; docks: number; stays: number }> {
  const { docks, seed, nowMs, log } = options;
  // Emptied in this transaction, the tables may be filled without a log of their own; and whoever
  // else looks into the database waits until all is there.
  await client.query(
    `TRUNCATE person, tide_station, harbour, harbour_staff, dock, calendar, occupancy CASCADE`,
  );
  await client.query("SET LOCAL maintenance_work_mem = '256MB'");
  const stations = usableTideStations();
  const harbours = await findHarbours(client, stations, docks, seed);
  log(`Demo data: ${harbours.length.toLocaleString("en")} harbours chosen`);
  const people = makePeople(harbours, seed, nowMs);
  const papers = harbours.map((harbour, number) => harbourPapers(harbour, number, seed));
  const grid = new PointGrid(stations);
  const stationOf = harbours.map((harbour) => grid.nearest(harbour, STATION_WITHIN_M));

  await writePeople(client, people, seed, nowMs);
  await copyFrozenRows(
    client,
    "tide_station",
    ["id", "name", "lat", "lon", "datums", "high_cm", "attribution"],
    stations.map(({ id, name, lat, lon, datums, highCm, attribution }) =>
      copyLine([id, name, lat, lon, JSON.stringify(datums), highCm, attribution])
    ),
  );
  await writeTideHarmonics(client);
  await copyFrozenRows(
    client,
    "harbour",
    HARBOUR_COLUMNS,
    harbourLines(harbours, papers, stationOf),
  );
  await copyFrozenRows(
    client,
    "harbour_staff",
    ["harbour_id", "person_id"],
    people.hostOf.map((host, number) => copyLine([number + 1, host.id])),
  );

  const world = { harbours, papers, stationOf, hostOf: people.hostOf, seed, nowMs };
  const restore = await relieveTables(client, BULK_TABLES);
  const tiles = splitIntoLeaves(publishedCells(harbours, seed));
  await copyFrozenRows(
    client,
    "dock",
    DOCK_COLUMNS,
    withProgress(dockLines(world, tiles), docks, "docks", log),
  );
  await copyFrozenRows(client, "calendar", ["dock_id"], numberLines(docks));
  let stays = 0;
  const countStays = (count: number) => stays += count;
  await copyFrozenRows(
    client,
    "occupancy",
    OCCUPANCY_COLUMNS,
    withProgress(stayLines(world, countStays), docks, "docks' stays", log),
  );
  await client.query("DELETE FROM tile_leaf");
  await client.query(
    "INSERT INTO tile_leaf (quadkey, docks) SELECT * FROM unnest($1::text[], $2::int[])",
    [tiles.leaves.map((leaf) => leaf.quadkey), tiles.leaves.map((leaf) => leaf.docks)],
  );
  await client.query("UPDATE tile_directory SET version = version + 1");
  await client.query("INSERT INTO exchange_rates (per_euro) VALUES ($1)", [
    JSON.stringify(DEMO_PER_EURO),
  ]);
  const isLarge = docks > 100_000;
  await restore((what) => isLarge ? log(`Demo data: building ${what}`) : undefined);
  for (const [table, last] of [["harbour", harbours.length], ["dock", docks]] as const) {
    await client.query(`SELECT setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, last]);
  }
  await client.query(
    `ANALYZE ${[...BULK_TABLES, "harbour", "person", "tide_harmonics", "tile_leaf"].join(", ")}`,
  );
  await client.query("SELECT refresh_dock_summary(0)");
  await client.query("ANALYZE dock_summary");
  await bookForGuest(client, people.accounts, seed, nowMs);
  return { harbours: harbours.length, docks, stays };
}

async function findHarbours(
  client: pg.Client,
  tideStations: readonly TideStation[],
  docks: number,
  seed: number,
): Promise<DemoHarbour[]> {
  const { rows } = await client.query<{ name: string }>("SELECT name FROM pg_timezone_names");
  const zones = new Set(rows.map((row) => row.name));
  const knowsZone = (zone: string) => zones.has(zone) && isKnownHere(zone);
  const [cities, coast] = await Promise.all([readCities(), readCoastline()]);
  const stations = stationSites(tideStations, cities, knowsZone);
  const towns = townSites(cities, stations, coast, knowsZone);
  return chooseHarbours({ docks, seed, stations, towns });
}

const zonesHere = new Map<string, boolean>();

/** Whether this runtime knows a zone as Postgres does; their data differ by the year. */
function isKnownHere(zone: string): boolean {
  let known = zonesHere.get(zone);
  if (known === undefined) {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      known = true;
    } catch {
      known = false;
    }
    zonesHere.set(zone, known);
  }
  return known;
}

const HARBOUR_COLUMNS = [
  "id",
  "name",
  "place",
  "country",
  "lat",
  "lon",
  "time_zone",
  "vhf_channel",
  "approach",
  "facilities",
  "tide_station",
];

function* harbourLines(
  harbours: readonly DemoHarbour[],
  papers: readonly HarbourPapers[],
  stationOf: readonly (TideStation | undefined)[],
): Generator<string> {
  for (const [number, harbour] of harbours.entries()) {
    const { name, place, country, lat, lon, timeZone } = harbour;
    const { vhfChannel, approach, facilities } = papers[number]!;
    yield copyLine([
      number + 1,
      name,
      place,
      country,
      lat,
      lon,
      timeZone,
      vhfChannel,
      approach,
      amenitiesToBits(facilities),
      stationOf[number]?.id,
    ]);
  }
}

/** The cells of the docks that will be for sale; leaves must be known before the first dock. */
function publishedCells(harbours: readonly DemoHarbour[], seed: number): string[] {
  const cells: string[] = [];
  let id = 0;
  for (const [number, harbour] of harbours.entries()) {
    for (const berth of berthsOf(harbour, number, seed)) {
      id++;
      if (berth.status !== "published") continue;
      cells.push(positionToQuadkey(berth.blurred ? blurPosition(berth, id) : berth));
    }
  }
  return cells;
}

function* numberLines(count: number): Generator<string> {
  for (let id = 1; id <= count; id++) yield `${id}\n`;
}

/** Says every so often how far it is; items must come as often as they count. */
function* withProgress(
  items: Iterable<string>,
  total: number,
  what: string,
  log: (line: string) => void,
): Generator<string> {
  const step = Math.max(50_000, total / 10);
  let next = step;
  let done = 0;
  for (const item of items) {
    yield item;
    if (++done < next) continue;
    log(`Demo data: ${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${what}`);
    next += step;
  }
}
