import { type Bbox, bboxHas } from "../../../shared/geo.ts";
import { findDocks } from "../../../shared/search.ts";
import { areaToBbox } from "../../../shared/search-terms.ts";
import { DEGREE } from "../../../shared/tile-positions.ts";
import { decodeTile, encodeTile, type Tile } from "../../../shared/tile.ts";
import { DEMO_PER_EURO } from "../../local/demo/exchange-rates.ts";
import { type Asked, nowOf, type TiledWorld, tileWorld } from "./compare-engines.ts";
import { rollQuestions } from "./questions.ts";
import { mean, timeInTurns } from "./timing.ts";
import { makeWorld } from "./world.ts";

const QUESTIONS = 200;
const SIZES = [0.1, 0.25, 0.5, 1, 2, 4, 8];
/** Docks in the boxes that are compared: as many in the one world as in the other. */
const LEAST_DOCKS = 150;
const MOST_DOCKS = 400;

export interface Growth {
  smallUs: number;
  largeUs: number;
  smallDocks: number;
  largeDocks: number;
  /** Docks of the tiles that the views were answered from. */
  smallRead: number;
  largeRead: number;
}

/** What a view costs in a small and in a large world that has as many docks in it, in turns. */
export async function measureGrowth(
  small: number,
  large: number,
  today: number,
  turns: number,
): Promise<Growth> {
  const worlds = [await readWorld(small, today), await readWorld(large, today)];
  const asked = worlds.map(chooseViews);
  const rates = { version: 1, perEuro: DEMO_PER_EURO };
  const [smallUs = NaN, largeUs = NaN] = timeInTurns(
    turns,
    QUESTIONS,
    worlds.map((tiled, i) => () => {
      const context = { nowMs: nowOf(tiled.world), rates };
      // With what finding its tiles costs.
      for (const { search } of asked[i]!) findDocks(tiled.tilesIn(search), search, context);
    }),
  );
  const [smallDocks = NaN, largeDocks = NaN] = asked.map((views) =>
    mean(views.map(({ search, tiles }) => docksIn(areaToBbox(search.area), tiles)))
  );
  const [smallRead = NaN, largeRead = NaN] = asked.map((views) =>
    mean(views.map(({ tiles }) => tiles.reduce((sum, { count }) => sum + count, 0)))
  );
  return { smallUs, largeUs, smallDocks, largeDocks, smallRead, largeRead };
}

async function readWorld(docks: number, today: number): Promise<TiledWorld> {
  const world = await makeWorld(docks, today);
  const tiles: Tile[] = [];
  for (const content of world.contents()) tiles.push(decodeTile(encodeTile(content)));
  return tileWorld(world, tiles);
}

function chooseViews(tiled: TiledWorld): Asked[] {
  const views: Asked[] = [];
  for (let seed = 1; views.length < QUESTIONS; seed++) {
    if (seed > 200) throw new Error("there are too few views with as many docks in them");
    for (const size of SIZES) {
      for (const search of rollQuestions(tiled.world, 40, size, seed)) {
        const tiles = tiled.tilesIn(search);
        const docks = docksIn(areaToBbox(search.area), tiles);
        if (docks >= LEAST_DOCKS && docks <= MOST_DOCKS) views.push({ search, tiles });
      }
    }
  }
  return views.slice(0, QUESTIONS);
}

function docksIn(box: Bbox, tiles: readonly Tile[]): number {
  let docks = 0;
  for (const { positions: { lats, lons } } of tiles) {
    for (let i = 0; i < lats.length; i++) {
      if (bboxHas(box, { lat: lats[i]! / DEGREE, lon: lons[i]! / DEGREE })) docks++;
    }
  }
  return docks;
}
