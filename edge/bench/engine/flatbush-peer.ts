import Flatbush from "flatbush";
import { amenitiesToBits } from "../../../shared/dock.ts";
import { fitVerdict, type Water } from "../../../shared/fit.ts";
import { convertMinor, type ExchangeRates } from "../../../shared/money.ts";
import { isFree } from "../../../shared/occupied.ts";
import { priceTotal } from "../../../shared/quote.ts";
import type { Rate } from "../../../shared/rate.ts";
import type { WaterSearch } from "../../../shared/search-terms.ts";
import { dateToDay, type Stay } from "../../../shared/stay.ts";
import { tideDaysOf, waterOverDays } from "../../../shared/tide.ts";
import { stayFault } from "../../../shared/stay-terms.ts";
import type { TileDock, TileStation } from "../../../shared/tile-dock.ts";
import { createZoneClock } from "../../../shared/zone.ts";

/** What an engine says of a search, short enough to be compared. */
export interface ShortAnswer {
  ids: number[];
  totals: (number | undefined)[];
  total: number;
}

const NIGHTS = 576;
const WORDS = NIGHTS / 32;

/**
 * The engine that one would put together from parts: a packed R-tree of all docks, a row of bits
 * for each dock's taken nights, columns of numbers for what keeps most docks out, and the
 * product's own rules over its records for the rest. Prices of a rate are worked out once a search.
 */
export class FlatbushPeer {
  readonly #docks: readonly TileDock[];
  readonly #index: Flatbush;
  readonly #baseDay: number;
  readonly #taken: Int32Array;
  readonly #isQuay: Uint8Array;
  readonly #maxLoas: Int32Array;
  readonly #amenities: Int32Array;
  readonly #mask = new Int32Array(WORDS);
  readonly #stations: ReadonlyMap<string, TileStation>;

  constructor(docks: readonly TileDock[], stations: readonly TileStation[], baseDay: number) {
    this.#stations = new Map(stations.map((station) => [station.id, station]));
    this.#docks = docks;
    this.#baseDay = baseDay;
    this.#index = new Flatbush(docks.length);
    for (const { lat, lon } of docks) this.#index.add(lon, lat);
    this.#index.finish();
    this.#taken = new Int32Array(docks.length * WORDS);
    this.#isQuay = Uint8Array.from(docks, (dock) => dock.lengthCm === null ? 0 : 1);
    this.#maxLoas = Int32Array.from(docks, (dock) => dock.maxLoaCm);
    this.#amenities = Int32Array.from(docks, (dock) => dock.amenities);
    for (const [i, { occupied, lengthCm }] of docks.entries()) {
      for (let at = 0; lengthCm === null && at < occupied.length; at += 4) {
        setBits(this.#taken, i * NIGHTS, occupied[at]! - baseDay, occupied[at + 1]! - baseDay);
      }
    }
  }

  /** The first page of a search in a box, sorted by price. */
  search(search: WaterSearch, nowMs: number, rates: ExchangeRates): ShortAnswer {
    const { area, stay, vessel, maxPriceMinor, instantOnly } = search;
    if (!("bbox" in area) || !stay) throw new Error("the peer answers boxes with nights");
    const { west, south, east, north } = area.bbox;
    const fromDay = dateToDay(stay.from);
    const toDay = dateToDay(stay.to);
    const mask = this.#mask.fill(0);
    setBits(mask, 0, fromDay - this.#baseDay, toDay - this.#baseDay);
    const firstWord = (fromDay - this.#baseDay) >>> 5;
    const lastWord = (toDay - 1 - this.#baseDay) >>> 5;
    const clock = createZoneClock(nowMs);
    const amenities = amenitiesToBits(search.amenities);
    const loaCm = vessel.loaCm ?? 0;
    const currency = search.currency ?? "EUR";
    const prices = { online: new Map<Rate, number | undefined>(), at_dock: new Map() };
    const waters = new Map<string, Water>();
    const found: { id: number; total: number | undefined; key: number }[] = [];
    for (const i of this.#index.search(west, south, east, north)) {
      if (this.#maxLoas[i]! < loaCm) continue;
      if ((this.#amenities[i]! & amenities) !== amenities) continue;
      let taken = 0;
      for (let word = firstWord; word <= lastWord; word++) {
        taken |= this.#taken[i * WORDS + word]! & mask[word]!;
      }
      if (taken !== 0) continue;
      const dock = this.#docks[i]!;
      if (search.kinds.length > 0 && !search.kinds.includes(dock.kind)) continue;
      if (instantOnly && !dock.instantBook) continue;
      if (stayFault(dock, fromDay, toDay, clock)) continue;
      if (this.#isQuay[i] === 1 && !isFree(dock, fromDay, toDay, vessel.loaCm)) continue;
      const verdict = fitVerdict(dock, vessel, this.#waterOf(dock, stay, waters), stay.to);
      if (verdict === "no" || (instantOnly && verdict === "unknown")) continue;
      const total = this.#priceOf(dock, fromDay, toDay, vessel, prices[dock.collection]);
      const key = total === undefined
        ? undefined
        : convertMinor(total, dock.rate.currency, currency, rates);
      if (maxPriceMinor !== undefined && !(key !== undefined && key <= maxPriceMinor)) continue;
      found.push({ id: dock.id, total, key: key ?? Infinity });
    }
    found.sort((a, b) => a.key === b.key ? a.id - b.id : a.key < b.key ? -1 : 1);
    const page = found.slice(0, search.limit);
    return {
      ids: page.map(({ id }) => id),
      totals: page.map(({ total }) => total),
      total: found.length,
    };
  }

  /** A stay's water at a dock, worked out once a search for each station and zone. */
  #waterOf(dock: TileDock, stay: Stay, waters: Map<string, Water>): Water | undefined {
    if (dock.tideStation === null) return undefined;
    const { highCm, table } = this.#stations.get(dock.tideStation)!;
    const isOtherZone = table !== null && table.timeZone !== dock.timeZone;
    const key = isOtherZone ? `${dock.tideStation} ` : dock.tideStation;
    let water = waters.get(key);
    if (!water) {
      const { first, last } = tideDaysOf(stay, isOtherZone);
      water = (table && waterOverDays(table.days, first, last)) ?? { lowCm: 0, highCm };
      waters.set(key, water);
    }
    return water;
  }

  #priceOf(
    dock: TileDock,
    fromDay: number,
    toDay: number,
    vessel: WaterSearch["vessel"],
    prices: Map<Rate, number | undefined>,
  ): number | undefined {
    const { rate } = dock;
    if (rate.basis === "per_length_night" && rate.billable === "max_loa_berth") {
      return priceTotal(rate, fromDay, toDay, vessel, dock);
    }
    let total = prices.get(rate);
    if (total === undefined && !prices.has(rate)) {
      total = priceTotal(rate, fromDay, toDay, vessel, dock);
      prices.set(rate, total);
    }
    return total;
  }
}

function setBits(bits: Int32Array, start: number, from: number, to: number): void {
  for (let night = Math.max(0, from); night < Math.min(NIGHTS, to); night++) {
    bits[(start + night) >>> 5]! |= 1 << (night & 31);
  }
}
