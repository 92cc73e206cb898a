import { mkdir, writeFile } from "node:fs/promises";
import process from "node:process";
import { parseArgs } from "node:util";
import type { TileContent } from "../../shared/tile-dock.ts";
import { decodeTile, encodeTile, tileBytes } from "../../shared/tile.ts";
import { checkWorld } from "./engine/check-world.ts";
import { compareEngines, nowOf, tileWorld } from "./engine/compare-engines.ts";
import { FlatbushPeer } from "./engine/flatbush-peer.ts";
import { measureBytes, measureReading } from "./engine/measure-bytes.ts";
import { measureGrowth } from "./engine/measure-growth.ts";
import { rollQuestions } from "./engine/questions.ts";
import { type BenchWorld, makeWorld } from "./engine/world.ts";

// The search's engine without HTTP: held against a packed R-tree with rows of bits, and its tiles
// against JSON. `--docks N` of the first comparison, `--large N` of the growth (0 leaves it out).

const { values } = parseArgs({
  options: {
    docks: { type: "string", default: "200000" },
    large: { type: "string", default: "1000000" },
    turns: { type: "string", default: "15" },
  },
});
const docks = Number(values.docks);
const large = Number(values.large);
const turns = Number(values.turns);
const today = Math.floor(Date.now() / 86_400_000);
const results: Record<string, unknown> = { docks, large, turns };

function ratio(name: string, value: number): void {
  console.log(`RATIO ${name} ${value.toFixed(2)}`);
  results[name] = value;
}

/** Tiles as a coast has them; few enough that tidying up the rest of the memory costs nothing. */
function fullTiles(world: BenchWorld): TileContent[] {
  return [...world.contents()].filter((content) => content.docks.length >= 256).slice(0, 40);
}

const reading = await measureReading(fullTiles(await makeWorld(20_000, today)), turns);
console.log("microseconds a tile:", reading);
ratio("search.engine.read-vs-json", reading.jsonUs / (reading.gunzipUs + reading.decodeUs));

console.log(`A world of ${docks} docks …`);
const world = await makeWorld(docks, today);
const contents: TileContent[] = [...world.contents()];
const all = contents.flatMap((content) => content.docks);
checkWorld(all);
const stations = contents.flatMap((content) => content.stations);
const tiles = contents.map((content) => decodeTile(encodeTile(content)));
const memory = tiles.reduce((sum, tile) => sum + tileBytes(tile), 0) / all.length;
console.log(`${tiles.length} tiles, up to ${memory.toFixed(0)} bytes a dock in memory`);

const bytes = await measureBytes(fullTiles(world));
console.log("bytes a dock, gzipped:", bytes);
ratio("search.engine.bytes.core", bytes.core);
ratio("search.engine.bytes.whole", bytes.whole);

const peer = new FlatbushPeer(all, stations, today - 2);
const tiled = tileWorld(world, tiles);
for (const [degrees, count] of [[0.5, 400], [10, 60]] as const) {
  const asked = rollQuestions(world, count, degrees, 3)
    .map((search) => ({ search, tiles: tiled.tilesIn(search) }));
  const compared = compareEngines(asked, peer, nowOf(world), turns);
  console.log(`${degrees}°, ${count} questions answered alike:`, compared);
  results[`${degrees}deg`] = compared;
  ratio(`search.engine.vs-flatbush.${degrees}deg`, compared.peerUs / compared.oursUs);
}

if (large > 0) {
  const growth = await measureGrowth(20_000, large, today, turns);
  console.log(`20000 and ${large} docks:`, growth);
  ratio("search.engine.growth", growth.largeUs / growth.smallUs);
}

const folder = new URL("../../.dokkerr/bench/", import.meta.url);
await mkdir(folder, { recursive: true });
await writeFile(
  new URL("search-engine.json", folder),
  JSON.stringify({ ...results, bytes, reading, memory }, null, 2),
);
process.exit(0);
