import type { SearchAnswer, Sort } from "./api.ts";
import type { Currency, ExchangeRates } from "./money.ts";
import { Problem } from "./problem.ts";
import { toItem } from "./search-answer.ts";
import { addShown, readCursor, type SearchCursor, writeCursor } from "./search-cursor.ts";
import { findOutdated } from "./search-overlap.ts";
import { StayPricer } from "./search-price.ts";
import { type Question, toQuestion } from "./search-question.ts";
import { scanTile } from "./search-scan.ts";
import type { WaterSearch } from "./search-terms.ts";
import { type TopDock, TopDocks } from "./search-top.ts";
import { DEGREE } from "./tile-positions.ts";
import type { Tile } from "./tile.ts";

/** What prices of docks in different currencies are compared in, where the search names none. */
const COMMON_CURRENCY: Currency = "EUR";

export interface SearchContext {
  nowMs: number;
  rates: ExchangeRates;
}

/** A dock that a search found: where it is, and what of it depends on the question. */
export interface FoundDock {
  tile: Tile;
  /** Its place in the tile's columns. */
  dock: number;
  /** Whole metres from the area's middle. */
  distanceM: number;
  /** For the whole stay in the dock's own currency; undefined where it has no price. */
  totalMinor: number | undefined;
}

/** A page of a search's docks in order, before anything is written of them. */
export interface FoundDocks {
  docks: FoundDock[];
  /** Of every page. */
  total: number;
  nextCursor: string | null;
}

/**
 * The docks of some tiles that answer a search, a page of them in order. A dock is in it when it
 * lies in the area, sells the nights and has them free, is of a kind and has the amenities asked
 * for, bears the words, costs no more than asked, and nothing is known that keeps the boat out.
 * Equal keys are ordered by id; what has no price or rating comes last; prices of several
 * currencies are ordered as in `currency`, else in euros. Distances are from `near`, else from the
 * middle of the box. The total counts every page.
 *
 * @throws {Problem} `invalid` where the cursor is not of this order or of these exchange rates.
 */
export function findDocks(
  tiles: readonly Tile[],
  search: WaterSearch,
  context: SearchContext,
): FoundDocks {
  const { nowMs, rates } = context;
  const question = toQuestion(search, nowMs);
  const { sort, stay } = question;
  const after = search.cursor === undefined ? undefined : cursorOf(search.cursor, sort, rates);
  const top = new TopDocks(search.limit, after);
  const currency = search.currency ?? COMMON_CURRENCY;
  const pricer = stay &&
    new StayPricer(stay.fromDay, stay.toDay, search.vessel, currency, rates);
  const outdated = findOutdated(tiles);
  for (let i = 0; i < tiles.length; i++) {
    scanTile(tiles[i]!, i, question, search, pricer, outdated, top);
  }
  const chosen = top.take();
  const docks = chosen.map((found) => toFound(tiles[found.tile]!, found, question, pricer));
  const last = docks.at(-1);
  const key = chosen.at(-1)?.key;
  return {
    docks,
    total: top.total,
    nextCursor: last && key !== undefined && top.rest > docks.length
      ? writeCursor({
        sort,
        key,
        id: idOf(last),
        ratesVersion: rates.version,
        shown: addShown(after?.shown ?? [], docks.map(idOf)),
      })
      : null,
  };
}

/** `findDocks` with all that a list shows of each dock. */
export function searchTiles(
  tiles: readonly Tile[],
  search: WaterSearch,
  context: SearchContext & {
    /** The address of a picture by the key of its blob. */
    photoUrl: (key: string) => string;
  },
): SearchAnswer {
  const { docks, total, nextCursor } = findDocks(tiles, search, context);
  return {
    items: docks.map((found) => toItem(found, search, context.photoUrl)),
    total: { value: total, relation: "eq" },
    nextCursor,
  };
}

function idOf({ tile, dock }: FoundDock): number {
  return tile.positions.ids[dock]!;
}

function toFound(
  tile: Tile,
  { dock, total }: TopDock,
  { distanceTo }: Question,
  pricer: StayPricer | undefined,
): FoundDock {
  const { lats, lons } = tile.positions;
  let totalMinor = total;
  if (Number.isNaN(total) && pricer) {
    pricer.turnTo(tile);
    const place = tile.prices.classOf[dock]!;
    pricer.price(place);
    totalMinor = pricer.totals[place]!;
  }
  return {
    tile,
    dock,
    distanceM: Math.round(distanceTo(lats[dock]! / DEGREE, lons[dock]! / DEGREE)),
    totalMinor: Number.isNaN(totalMinor) ? undefined : totalMinor,
  };
}

function cursorOf(text: string, sort: Sort, rates: ExchangeRates): SearchCursor {
  const cursor = readCursor(text);
  if (!cursor || cursor.sort !== sort) {
    throw new Problem("invalid", "Cannot continue search: the cursor is of another search", {
      issues: [{ path: "cursor", message: "Not of this search" }],
    });
  }
  if (sort === "price" && cursor.ratesVersion !== rates.version) {
    throw new Problem("invalid", "Cannot continue search: exchange rates have changed", {
      issues: [{ path: "cursor", message: "Made with other exchange rates: search again" }],
    });
  }
  return cursor;
}
