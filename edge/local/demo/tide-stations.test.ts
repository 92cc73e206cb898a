import { stationsById } from "@neaps/tide-database";
import { expect, test } from "vitest";
import { CREDITS } from "../../../shared/credits.ts";
import { datumsAboveLat, usableTideStations } from "./tide-stations.ts";

const stations = usableTideStations();

test("usable stations may be used commercially, measure water levels and lie in a zone", () => {
  expect(stations.length).toBeGreaterThan(5_000);
  for (const { id, timeZone, datums, highCm } of stations) {
    const station = stationsById.get(id)!;
    expect(station.license.commercial_use).toBe(true);
    expect(station.kind).toBe("tide");
    expect(timeZone).not.toMatch(/^Etc\//);
    expect(datums.LAT).toBe(0);
    expect(highCm).toBe(datums.HAT);
    expect(highCm).toBeGreaterThan(0);
  }
});

test("a reference station's datums are its published heights less LAT", () => {
  const newport = stationsById.get("noaa/8452660")!;
  const { LAT, MLLW, MHW } = newport.datums;
  expect(datumsAboveLat(newport)).toMatchObject({
    LAT: 0,
    MLLW: Math.round((MLLW! - LAT!) * 100),
    MHW: Math.round((MHW! - LAT!) * 100),
  });
});

test("a subordinate station has its own range, not its reference's", () => {
  // 0.77 of Nawiliwili's heights above MLLW, by NOAA's table of subordinate stations.
  const nonopapa = stationsById.get("noaa/1610367")!;
  const { MLLW, MHW, MHHW } = nonopapa.datums;
  const latCm = nonopapa.astronomical_bounds!.lat * 100;
  const datums = datumsAboveLat(nonopapa)!;
  expect(datums.MLLW).toBeCloseTo(-latCm, -0.5);
  expect(Math.abs(datums.MHW! - ((MHW! - MLLW!) * 77 - latCm))).toBeLessThanOrEqual(0.5);
  expect(Math.abs(datums.MHHW! - ((MHHW! - MLLW!) * 77 - latCm))).toBeLessThanOrEqual(0.5);
  expect(datums.MSL).toBeGreaterThan(datums.MLW!);
  expect(datums.MSL).toBeLessThan(datums.MHW!);
});

test("levels stand in the order that their names say", () => {
  // Springs are left out: where one tide a day is the rule they need not be beyond the means.
  const order = ["MLLW", "MLW", "MSL", "MHW", "MHHW"] as const;
  let disordered = 0;
  for (const { datums } of stations) {
    const levels = order.flatMap((name) => datums[name] ?? []);
    if (levels.some((level, i) => i > 0 && level < levels[i - 1]! - 2)) disordered++;
  }
  expect(disordered / stations.length).toBeLessThan(0.005);
});

test("the credits name the source of every station", () => {
  const names = CREDITS.map((credit) => credit.name);
  const attributions = [...new Set(stations.map((station) => station.attribution))];
  expect(attributions.filter((text) => !text.startsWith("Neaps tide database"))).toEqual([]);
  const sources = attributions.flatMap((text) => /Source: (.*?)\. Licensed/.exec(text)?.[1] ?? []);
  expect(sources.length).toBeGreaterThan(1);
  expect(sources.filter((source) => !names.some((name) => source.includes(name)))).toEqual([]);
});
