import type { TileContent } from "../../../shared/tile-dock.ts";
import { decodeTile, encodeTile, tileBytes } from "../../../shared/tile.ts";
import { checkWorld } from "../engine/check-world.ts";
import { compareEngines, nowOf, tileWorld } from "../engine/compare-engines.ts";
import { FlatbushPeer } from "../engine/flatbush-peer.ts";
import { measureBytes, measureReading } from "../engine/measure-bytes.ts";
import { measureGrowth } from "../engine/measure-growth.ts";
import { rollQuestions } from "../engine/questions.ts";
import { type BenchWorld, makeWorld } from "../engine/world.ts";

export interface EngineBenchOptions {
  /** Of the world on which engines are compared. */
  docks: number;
  /** Of the world that is held against one of 20,000; 0 leaves that out. */
  large: number;
  today: number;
  turns: number;
  ratio: (name: string, value: number) => void;
}

/** Tiles as a coast has them; few enough that tidying up the rest of the memory costs nothing. */
function fullTiles(world: BenchWorld): TileContent[] {
  return [...world.contents()].filter((content) => content.docks.length >= 256).slice(0, 40);
}

/** The engine without HTTP: against a packed R-tree with rows of bits, its tiles against JSON. */
export async function benchEngine(options: EngineBenchOptions): Promise<object> {
  const { docks, large, today, turns, ratio } = options;
  const results: Record<string, unknown> = { docks, large, turns };
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

  return { ...results, bytes, reading, memory };
}
