import { stationsById } from "@neaps/tide-database";
import type { TideHarmonics } from "../docks/tide-prediction.ts";
import type { Sql } from "../platform/sql.ts";
import { datumsAboveLat, harmonicsOf } from "./demo/tide-stations.ts";

/** Newport, RI: the station nearest to the harbours that tests make. */
export const NEWPORT_TIDE = "noaa/8452660";

/** A real station's constants; it must be one that the demo uses. */
export function testHarmonics(stationId: string): TideHarmonics {
  const harmonics = harmonicsOf(stationId);
  if (!harmonics) throw new Error(`no constants of ${stationId}`);
  return harmonics;
}

/** Puts a real station into a test's database, before the harbours that are to take it. */
export async function addTideStation(sql: Sql, stationId: string): Promise<void> {
  const station = stationsById.get(stationId)!;
  const datums = datumsAboveLat(station);
  if (datums?.HAT === undefined) throw new Error(`no datums of ${stationId}`);
  await sql.query(
    `INSERT INTO tide_station (id, name, lat, lon, datums, high_cm, attribution)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [
      station.id,
      station.name,
      station.latitude,
      station.longitude,
      JSON.stringify(datums),
      datums.HAT,
      station.attribution,
    ],
  );
  await sql.query(
    `INSERT INTO tide_harmonics (station, time_zone, harmonics) VALUES ($1, $2, $3)`,
    [station.id, station.timezone, JSON.stringify(testHarmonics(stationId))],
  );
}
