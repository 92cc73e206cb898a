import type { TileContent } from "../../../shared/tile-dock.ts";
import { sliceSections } from "../../../shared/tile-format.ts";
import { decodeTile, encodeTile, TILE_FORMAT, TILE_SECTIONS } from "../../../shared/tile.ts";
import { gunzip, gzip } from "../../platform/gzip.ts";
import { mean, median } from "./timing.ts";

/** Ids, positions, sizes, nights (also those of quays), base prices, amenities and the like. */
const CORE = ["ids", "positions", "sizes", "nights", "quays", "prices", "traits"] as const;

export interface BytesADock {
  core: number;
  whole: number;
  json: number;
  /** Of each section by itself, gzipped. */
  sections: Record<string, number>;
}

/** Bytes a dock, gzipped. */
export async function measureBytes(contents: readonly TileContent[]): Promise<BytesADock> {
  const docks = contents.reduce((sum, content) => sum + content.docks.length, 0);
  const sums = { core: 0, whole: 0, json: 0 };
  const sections: Record<string, number> = {};
  for (const content of contents) {
    const bytes = encodeTile(content);
    const parts = sliceSections(bytes, TILE_FORMAT, TILE_SECTIONS);
    sums.whole += (await gzip(bytes)).length;
    sums.core += (await gzip(joined(CORE.map((name) => parts[name])))).length;
    sums.json += (await gzip(new TextEncoder().encode(JSON.stringify(content)))).length;
    for (const name of TILE_SECTIONS) {
      const size = (await gzip(joined([parts[name]]))).length;
      sections[name] = (sections[name] ?? 0) + size / docks;
    }
  }
  return {
    core: sums.core / docks,
    whole: sums.whole / docks,
    json: sums.json / docks,
    sections,
  };
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export interface ReadingTimes {
  /** Microseconds a tile, medians of all turns. */
  jsonUs: number;
  gunzipUs: number;
  decodeUs: number;
  docksATile: number;
}

/** Reading tiles: `JSON.parse` of the same docks, against gunzip and decode, in turns. */
export async function measureReading(
  contents: readonly TileContent[],
  turns: number,
): Promise<ReadingTimes> {
  const texts = contents.map((content) => JSON.stringify(content));
  const plain = contents.map(encodeTile);
  const zipped = await Promise.all(plain.map(gzip));
  const times = { json: [] as number[], gunzip: [] as number[], decode: [] as number[] };
  for (let turn = -turns; turn < turns; turn++) {
    let start = performance.now();
    for (const text of texts) JSON.parse(text);
    const parsed = performance.now() - start;
    start = performance.now();
    for (const bytes of zipped) await gunzip(bytes);
    const unzipped = performance.now() - start;
    start = performance.now();
    for (const bytes of plain) decodeTile(bytes);
    const decoded = performance.now() - start;
    // The first half is for the compiler: a process reads tiles all its life.
    if (turn < 0) continue;
    times.json.push(parsed);
    times.gunzip.push(unzipped);
    times.decode.push(decoded);
  }
  const usATile = (ms: readonly number[]) => (median(ms) * 1_000) / contents.length;
  return {
    jsonUs: usATile(times.json),
    gunzipUs: usATile(times.gunzip),
    decodeUs: usATile(times.decode),
    docksATile: mean(contents.map(({ docks }) => docks.length)),
  };
}
