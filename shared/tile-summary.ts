import type { Cluster } from "./api.ts";
import { DockKind } from "./dock.ts";
import { type Bbox, bboxHas } from "./geo.ts";
import { groupBy } from "./group-by.ts";
import { divideRounded, multiplyDivideRounded } from "./money.ts";
import { isQuadkey, MAX_DEPTH, positionToQuadkey } from "./quadkey.ts";
import { type ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";
import { openSections, packSections } from "./tile-format.ts";
import { NATURAL } from "./tile-ints.ts";
import { DEGREE } from "./tile-positions.ts";
import { decodeTile, encodeTile, type Tile, tileDocks, tileToContent } from "./tile.ts";

/** Another than any tile's, so that neither is taken for the other. */
export const SUMMARY_FORMAT = 129;

/** A summary tells apart the cells so many levels below it, 64 at most. */
const CELL_LEVELS = 3;
/** Docks of each cell that are kept whole: together fewer than a tile holds. */
const SAMPLE_A_CELL = 6;

/** What a stretch of the world holds. */
export interface SummaryCell {
  quadkey: string;
  count: number;
  /** The middle of its docks, on the plane. */
  lat: number;
  lon: number;
  /** How many there are of each of `DockKind.options`. */
  kinds: number[];
  /** Of each currency the least and the most that a night outside all seasons costs. */
  prices: NightPrices[];
}

/** Prices of a night for the longest boat that a berth takes, in minor units, before tax. */
export interface NightPrices {
  currency: string;
  leastMinor: number;
  mostMinor: number;
}

/**
 * A part of the world that has too many docks for a view: what its cells hold, and some docks of
 * each as a tile that can be searched. A view of the whole world then costs what a harbour does.
 */
export interface TileSummary {
  quadkey: string;
  cells: SummaryCell[];
  sample: Tile;
}

/** The summary of a leaf, from all of its tiles. */
export function summarizeLeaf(pages: readonly [Tile, ...Tile[]]): TileSummary {
  const [{ quadkey, asOf, baseDay }] = pages;
  const docks = pages.flatMap(tileDocks);
  const cells = byCell(quadkey, docks, positionToQuadkey)
    .map(([cell, held]) => mergeCells(cell, held.map(toCell)));
  return { quadkey, cells, sample: toSample({ quadkey, asOf, baseDay }, docks, pages) };
}

/** The summary of a part of the world from those of the parts that it consists of. */
export function mergeSummaries(
  quadkey: string,
  parts: readonly [TileSummary, ...TileSummary[]],
): TileSummary {
  const samples = parts.map(({ sample }) => sample);
  const cells = byCell(quadkey, parts.flatMap((part) => part.cells), (cell) => cell.quadkey)
    .map(([cell, held]) => mergeCells(cell, held));
  // As old as the oldest: whatever happened since may be missing.
  const asOf = samples.map((sample) => sample.asOf)
    .reduce((oldest, next) => Number(next) < Number(oldest) ? next : oldest);
  const baseDay = Math.max(...samples.map((sample) => sample.baseDay));
  return {
    quadkey,
    cells,
    sample: toSample({ quadkey, asOf, baseDay }, samples.flatMap(tileDocks), samples),
  };
}

/** The cells of a summary that lie in a box, with the docks of some kinds or, without any, of all. */
export function summaryToClusters(
  { cells }: TileSummary,
  box: Bbox,
  kinds: readonly DockKind[] = [],
): Cluster[] {
  const places = kinds.map((kind) => DockKind.options.indexOf(kind));
  return cells
    .filter((cell) => bboxHas(box, cell))
    .map(({ lat, lon, count, kinds: counts }) => ({
      lat,
      lon,
      count: places.length === 0
        ? count
        : places.reduce((sum, place) => sum + (counts[place] ?? 0), 0),
    }))
    .filter(({ count }) => count > 0);
}

function byCell<Item>(
  quadkey: string,
  items: readonly Item[],
  keyOf: (item: Item) => string,
): [string, Item[]][] {
  const depth = Math.min(MAX_DEPTH, quadkey.length + CELL_LEVELS);
  return [...groupBy(items, (item) => keyOf(item).slice(0, depth))]
    .sort(([a], [b]) => a < b ? -1 : 1);
}

function toCell({ lat, lon, kind, rate, maxLoaCm }: TileDock): Omit<SummaryCell, "quadkey"> {
  const isByLength = rate.basis === "per_length_night";
  const minor = isByLength ? multiplyDivideRounded(rate.minor, maxLoaCm, 100) : rate.minor;
  return {
    count: 1,
    lat,
    lon,
    kinds: DockKind.options.map((option) => option === kind ? 1 : 0),
    prices: [{ currency: rate.currency, leastMinor: minor, mostMinor: minor }],
  };
}

function mergeCells(
  quadkey: string,
  cells: readonly Omit<SummaryCell, "quadkey">[],
): SummaryCell {
  const count = cells.reduce((sum, cell) => sum + cell.count, 0);
  const middle = (axis: "lat" | "lon") => {
    const sum = cells.reduce((all, cell) => all + Math.round(cell[axis] * DEGREE) * cell.count, 0);
    return divideRounded(sum, count) / DEGREE;
  };
  const prices = groupBy(cells.flatMap((cell) => cell.prices), ({ currency }) => currency);
  return {
    quadkey,
    count,
    lat: middle("lat"),
    lon: middle("lon"),
    kinds: DockKind.options.map((_, kind) =>
      cells.reduce((sum, { kinds }) => sum + (kinds[kind] ?? 0), 0)
    ),
    prices: Array.from(prices, ([currency, ranges]) => ({
      currency,
      leastMinor: ranges.reduce((least, range) => Math.min(least, range.leastMinor), Infinity),
      mostMinor: ranges.reduce((most, range) => Math.max(most, range.mostMinor), 0),
    })).sort((a, b) => a.currency < b.currency ? -1 : 1),
  };
}

/** The docks of each cell that are rated best; of equals those that a hash of their ids picks. */
function toSample(
  of: Pick<Tile, "quadkey" | "asOf" | "baseDay">,
  docks: readonly TileDock[],
  sources: readonly Tile[],
): Tile {
  const chosen = byCell(of.quadkey, docks, positionToQuadkey).flatMap(([, held]) =>
    held
      .toSorted((a, b) =>
        (b.rating ?? 0) - (a.rating ?? 0) || hashOf(a.id) - hashOf(b.id) || a.id - b.id
      )
      .slice(0, SAMPLE_A_CELL)
  );
  const sorted = chosen.sort((a, b) => a.id - b.id);
  const known = sources.flatMap(({ tides }) => tides.stations.map((one) => [one.id, one] as const));
  const stations = [...new Map(known).values()];
  return decodeTile(encodeTile({ ...of, page: 0, pages: 1, docks: sorted, stations }));
}

function hashOf(id: number): number {
  const mixed = Math.imul(id ^ (id >>> 16), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

/** A summary's bytes as they are stored and sent, before gzip. */
export function encodeSummary(summary: TileSummary): Uint8Array<ArrayBuffer> {
  const cells = new ByteWriter();
  cells.text(summary.quadkey);
  cells.varint(summary.cells.length);
  for (const { quadkey, count, lat, lon, kinds, prices } of summary.cells) {
    cells.text(quadkey);
    cells.varint(count);
    cells.signed(Math.round(lat * DEGREE));
    cells.signed(Math.round(lon * DEGREE));
    for (const kind of kinds) cells.varint(kind);
    cells.varint(prices.length);
    for (const { currency, leastMinor, mostMinor } of prices) {
      cells.text(currency);
      cells.varint(leastMinor);
      cells.varint(mostMinor - leastMinor);
    }
  }
  const sample = encodeTile(tileToContent(summary.sample));
  return packSections(SUMMARY_FORMAT, [cells.finish(), sample]);
}

/**
 * The summary of `encodeSummary`'s bytes.
 *
 * @throws {TileDamaged} where the bytes are cut short, altered, or of another format.
 */
export function decodeSummary(bytes: Uint8Array): TileSummary {
  const { cells, sample } = openSections(bytes, SUMMARY_FORMAT, ["cells", "sample"]);
  const quadkey = readQuadkey(cells);
  const read = Array.from({ length: cells.count() }, () => readCell(cells));
  cells.finish();
  return { quadkey, cells: read, sample: decodeTile(sample.bytes(sample.left)) };
}

function readQuadkey(reader: ByteReader): string {
  const quadkey = reader.text();
  if (!isQuadkey(quadkey)) reader.fail("it has no quadkey");
  return quadkey;
}

function readCell(reader: ByteReader): SummaryCell {
  return {
    quadkey: readQuadkey(reader),
    count: reader.upTo(NATURAL.max),
    lat: reader.signed() / DEGREE,
    lon: reader.signed() / DEGREE,
    kinds: DockKind.options.map(() => reader.upTo(NATURAL.max)),
    prices: Array.from({ length: reader.count() }, () => {
      const currency = reader.text();
      const leastMinor = reader.varint();
      return { currency, leastMinor, mostMinor: leastMinor + reader.varint() };
    }),
  };
}
