import type { ExchangeRates } from "../../../shared/money.ts";
import { findDocks } from "../../../shared/search.ts";
import { writeAnswer } from "../../../shared/search-answer.ts";
import { areaToBbox, type WaterSearch } from "../../../shared/search-terms.ts";
import type { Tile } from "../../../shared/tile.ts";
import { createLeafDirectory } from "../../docks/leaf-directory.ts";
import { DEMO_PER_EURO } from "../../local/demo/exchange-rates.ts";
import type { FlatbushPeer, ShortAnswer } from "./flatbush-peer.ts";
import { mean, timeInTurns } from "./timing.ts";
import type { BenchWorld } from "./world.ts";

const RATES: ExchangeRates = { version: 1, perEuro: DEMO_PER_EURO };

/** A world's tiles, found by box. */
export interface TiledWorld {
  world: BenchWorld;
  tilesIn(search: WaterSearch): Tile[];
}

export function tileWorld(world: BenchWorld, tiles: readonly Tile[]): TiledWorld {
  const byLeaf = Map.groupBy(tiles, ({ quadkey }) => quadkey);
  const directory = createLeafDirectory(1, world.leaves.leaves);
  return {
    world,
    tilesIn: ({ area }) =>
      directory.leavesIn(areaToBbox(area)).flatMap(({ quadkey }) => byLeaf.get(quadkey) ?? []),
  };
}

/** Noon of a world's first day. */
export function nowOf({ today }: BenchWorld): number {
  return (today + 0.5) * 86_400_000;
}

/** A question with the tiles that answer it. */
export interface Asked {
  search: WaterSearch;
  tiles: Tile[];
}

export function askOurs({ search, tiles }: Asked, nowMs: number): ShortAnswer {
  const { docks, total } = findDocks(tiles, search, { nowMs, rates: RATES });
  return {
    ids: docks.map(({ tile, dock }) => tile.positions.ids[dock]!),
    totals: docks.map(({ totalMinor }) => totalMinor),
    total,
  };
}

export interface Comparison {
  /** Microseconds a question, the median of all turns. */
  oursUs: number;
  writtenUs: number;
  peerUs: number;
  docksRead: number;
  found: number;
  answerBytes: number;
}

/**
 * Our engine, ours with the answer written, and the peer, on the same questions in turns. Throws
 * where any answer differs.
 */
export function compareEngines(
  asked: readonly Asked[],
  peer: FlatbushPeer,
  nowMs: number,
  turns: number,
): Comparison {
  let found = 0;
  for (const one of asked) {
    const ours = askOurs(one, nowMs);
    const theirs = peer.search(one.search, nowMs, RATES);
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      throw new Error(
        `the engines differ on ${JSON.stringify(one.search)}: ${JSON.stringify({ ours, theirs })}`,
      );
    }
    found += ours.total;
  }
  const context = { nowMs, rates: RATES };
  const photoUrl = (key: string) => `/api/photos/${key}`;
  let bytes = 0;
  const [oursUs = 0, peerUs = 0, writtenUs = 0] = timeInTurns(turns, asked.length, [
    () => {
      for (const { search, tiles } of asked) findDocks(tiles, search, context);
    },
    () => {
      for (const { search } of asked) peer.search(search, nowMs, RATES);
    },
    () => {
      bytes = 0;
      for (const { search, tiles } of asked) {
        bytes += writeAnswer(findDocks(tiles, search, context), search, photoUrl).length;
      }
    },
  ]);
  return {
    oursUs,
    peerUs,
    writtenUs,
    docksRead: mean(asked.map(({ tiles }) => tiles.reduce((sum, { count }) => sum + count, 0))),
    found: found / asked.length,
    answerBytes: bytes / asked.length,
  };
}
