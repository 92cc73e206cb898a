import type { FitDock } from "./fit.ts";
import { isQuadkey } from "./quadkey.ts";
import type { TileWords } from "./search-words.ts";
import { type ByteReader, ByteWriter } from "./tile-bytes.ts";
import { MOST_DOCKS, type TileContent, type TileDock } from "./tile-dock.ts";
import { type ExtraColumns, readExtras, writeExtras } from "./tile-extras.ts";
import { openSections, packSections } from "./tile-format.ts";
import { toIndex } from "./tile-index.ts";
import { nameAt, type NameColumns, readNames, writeNames } from "./tile-names.ts";
import { type NightBits, nightsToOccupied, readNights, writeNights } from "./tile-nights.ts";
import { DEGREE, type PositionColumns, readPositions, writePositions } from "./tile-positions.ts";
import { PLAN_SIZE, type PriceTable, toPriceTable } from "./tile-prices.ts";
import { type QuaySpans, readQuays, spansToOccupied, writeQuays } from "./tile-quays.ts";
import { rateAt, type RateTable, readRates, writeRates } from "./tile-rates.ts";
import { readSizes, type SizeColumns, sizesAt, writeSizes } from "./tile-sizes.ts";
import { readTides, type TideColumns, tidesBytes, writeTides } from "./tile-tides.ts";
import { readTraits, type TraitColumns, traitsAt, writeTraits } from "./tile-traits.ts";

/** Changes with every change of what `encodeTile` writes; part of each URL and key of a tile. */
export const TILE_FORMAT = 3;

/**
 * The docks of a leaf of the world, ready to be searched: a column for each thing that is known of
 * a dock, in the order of ids. Nothing of it changes but `memo`: a change makes another tile.
 */
export interface Tile {
  /** Another for each tile that this process made. */
  readonly serial: number;
  readonly quadkey: string;
  readonly page: number;
  readonly pages: number;
  readonly asOf: string;
  readonly baseDay: number;
  readonly count: number;
  /** What a search reads: see tile-index.ts. */
  readonly index: Int32Array;
  readonly positions: PositionColumns;
  readonly sizes: SizeColumns;
  readonly nights: NightBits;
  readonly quays: QuaySpans;
  readonly rates: RateTable;
  readonly prices: PriceTable;
  readonly traits: TraitColumns;
  readonly names: NameColumns;
  readonly tides: TideColumns;
  readonly extras: ExtraColumns;
  /** Docks that have left since it was loaded, with the versions that they left at. */
  readonly gone: ReadonlyMap<number, number>;
  readonly memo: TileMemo;
}

/** What of a dock's item in an answer does not depend on the question. */
export interface ShownDock {
  /** The item's JSON up to its price, without an end. */
  text: string;
  currency: string;
  fit: FitDock;
}

/** What was worked out from a tile when it was first asked for. */
export interface TileMemo {
  /** Docks that were shown, ready to be shown again. */
  shown: (ShownDock | undefined)[];
  /** How the addresses of their pictures were made. */
  photoUrl: ((key: string) => string) | undefined;
  /** Words of its names. */
  words: TileWords | undefined;
}

/** The parts of a tile's bytes, in their order; those that others refer to are read before them. */
export const TILE_SECTIONS = [
  "head",
  "ids",
  "positions",
  "sizes",
  "nights",
  "quays",
  "prices",
  "traits",
  "rates",
  "harbours",
  "names",
  "extras",
  "tides",
] as const;

/**
 * A tile's bytes as they are stored and sent, before gzip. Its docks must be in the order of ids;
 * nights outside the horizon are left out.
 *
 * @throws {RangeError} where it has more docks than a tile holds, or a value that no dock has.
 */
export function encodeTile(content: TileContent): Uint8Array<ArrayBuffer> {
  const { docks, baseDay } = content;
  if (docks.length > MOST_DOCKS) {
    throw new RangeError(`Cannot write tile: ${docks.length} docks are more than ${MOST_DOCKS}`);
  }
  const entries = TILE_SECTIONS.map((name) => [name, new ByteWriter()] as const);
  // Each name has its entry: they were just made from the names.
  const to = Object.fromEntries(entries) as Record<typeof TILE_SECTIONS[number], ByteWriter>;
  to.head.text(content.quadkey);
  to.head.varint(content.page);
  to.head.varint(content.pages);
  to.head.text(content.asOf);
  to.head.varint(baseDay);
  to.head.varint(docks.length);
  writePositions(to.ids, to.positions, docks);
  writeSizes(to.sizes, docks);
  writeNights(to.nights, docks, baseDay);
  writeQuays(to.quays, docks, baseDay);
  writeRates(to.rates, to.prices, docks);
  writeTraits(to.traits, docks);
  writeTides(to.tides, content);
  writeNames(to.harbours, to.names, docks, content.stations);
  writeExtras(to.extras, docks);
  return packSections(TILE_FORMAT, TILE_SECTIONS.map((name) => to[name].finish()));
}

/**
 * The tile of `encodeTile`'s bytes, ready to be searched.
 *
 * @throws {TileDamaged} where the bytes are cut short, altered, or of another format.
 */
export function decodeTile(bytes: Uint8Array): Tile {
  const from = openSections(bytes, TILE_FORMAT, TILE_SECTIONS);
  const head = readHead(from.head);
  const { count } = head;
  const positions = readPositions(from.ids, from.positions, count);
  const sizes = readSizes(from.sizes, count);
  const nights = readNights(from.nights, count);
  const quays = readQuays(from.quays, count);
  const rates = readRates(from.rates, from.prices, count);
  const traits = readTraits(from.traits, count);
  const tides = readTides(from.tides, head.baseDay);
  const names = readNames(from.harbours, from.names, count, tides.stations.length);
  const extras = readExtras(from.extras, count);
  const prices = toPriceTable(rates, sizes.maxLoas, traits.flags);
  return assembleTile({
    ...head,
    index: toIndex({ positions, sizes, traits, names, prices, tides }),
    positions,
    sizes,
    nights,
    quays,
    rates,
    prices,
    traits,
    names,
    tides,
    extras,
    gone: new Map(),
  });
}

let lastSerial = 0;

/** A tile of its own from columns that others may share. */
export function assembleTile(parts: Omit<Tile, "serial" | "memo">): Tile {
  const memo = { shown: [], photoUrl: undefined, words: undefined };
  return { ...parts, serial: ++lastSerial, memo };
}

function readHead(reader: ByteReader) {
  const quadkey = reader.text();
  if (!isQuadkey(quadkey)) reader.fail("it has no quadkey");
  const page = reader.varint();
  const pages = reader.varint();
  if (page >= pages) reader.fail(`page ${page} of ${pages}`);
  const asOf = reader.text();
  if (!/^\d{1,20}$/.test(asOf)) reader.fail("it has no horizon");
  const baseDay = reader.upTo(MOST_DAY);
  const count = reader.upTo(MOST_DOCKS);
  reader.finish();
  return { quadkey, page, pages, asOf, baseDay, count };
}

/** Up to here a calendar of ours may begin: the year 2243. */
const MOST_DAY = 100_000;

/** A tile's dock as a record. */
export function dockAt(tile: Tile, dock: number): TileDock {
  const { positions, extras, baseDay } = tile;
  const sizes = sizesAt(tile.sizes, dock);
  const harbour = tile.names.harbours[tile.names.harbourOf[dock]!]!;
  return {
    id: positions.ids[dock]!,
    version: positions.versions[dock]!,
    lat: positions.lats[dock]! / DEGREE,
    lon: positions.lons[dock]! / DEGREE,
    name: nameAt(tile.names, dock),
    harbourId: harbour.id,
    harbourName: harbour.name,
    country: harbour.country,
    timeZone: harbour.timeZone,
    tideStation: tile.tides.stations[harbour.station]?.id ?? null,
    ...sizes,
    ...traitsAt(tile.traits, dock),
    rate: rateAt(tile.rates, dock),
    rating: extras.ratings[extras.ratingOf[dock]!]!,
    photo: extras.photos[extras.photoOf[dock]!]!,
    occupied: sizes.lengthCm === null
      ? nightsToOccupied(tile.nights, dock, baseDay)
      : spansToOccupied(tile.quays, dock, baseDay),
  };
}

/** All of a tile's docks as records, by id. */
export function tileDocks(tile: Tile): TileDock[] {
  return Array.from({ length: tile.count }, (_, dock) => dockAt(tile, dock));
}

/** Where in a tile's columns a dock is; -1 where it is not. */
export function placeOfDock({ positions: { ids } }: Tile, id: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}

/** The version that a tile knows of a dock, also of one that has left it; 0 where it knows none. */
export function versionOfDock(tile: Tile, id: number): number {
  const dock = placeOfDock(tile, id);
  return dock >= 0 ? tile.positions.versions[dock]! : tile.gone.get(id) ?? 0;
}

/** What a tile was made from, with what has changed since. */
export function tileToContent(tile: Tile): TileContent {
  const { quadkey, page, pages, asOf, baseDay, tides: { stations } } = tile;
  return { quadkey, page, pages, asOf, baseDay, docks: tileDocks(tile), stations };
}

/** What a tile's texts, lists and the items that answers keep of it come to, in bytes a dock. */
const LOOSE_BYTES = 700;

/** About how much memory a tile takes once all its docks have been in an answer. */
export function tileBytes(tile: Tile): number {
  const { index, nights, quays, rates, tides } = tile;
  return tile.count * LOOSE_BYTES + index.byteLength + rates.records.byteLength +
    rates.plans.length * PLAN_SIZE * 2 + nights.taken.byteLength + quays.spans.byteLength +
    tidesBytes(tides);
}
