import { DockKind } from "./dock.ts";
import type { Position } from "./geo.ts";
import { groupBy } from "./group-by.ts";
import { divideRounded } from "./money.ts";
import { isQuadkey, MAX_DEPTH } from "./quadkey.ts";
import { type ByteReader, ByteWriter } from "./tile-bytes.ts";
import { openSections, packSections } from "./tile-format.ts";
import { NATURAL } from "./tile-ints.ts";
import { DEGREE } from "./tile-positions.ts";

/** Another than any tile's, so that neither is taken for the other. */
export const SUMMARY_FORMAT = 129;

/** A summary tells apart the cells so many levels below it, 64 at most. */
const CELL_LEVELS = 3;

/** Ids of docks are unsigned 32-bit numbers. */
const MOST_ID = 2 ** 32 - 1;

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

/** A dock worth showing where there is no room for all. */
export interface SampleDock {
  id: number;
  name: string;
  kind: DockKind;
  lat: number;
  lon: number;
}

/** A part of the world that has too many docks for a tile: what its cells hold, and some docks. */
export interface TileSummary {
  quadkey: string;
  cells: SummaryCell[];
  sample: SampleDock[];
}

/** How deep the cells of a summary of a quadkey are. */
export function cellDepth(quadkey: string): number {
  return Math.min(MAX_DEPTH, quadkey.length + CELL_LEVELS);
}

/** Cells put together by those of a depth that they lie in; higher ones stay as they are. */
export function gatherCells(cells: readonly SummaryCell[], depth: number): SummaryCell[] {
  return [...groupBy(cells, ({ quadkey }) => quadkey.slice(0, depth))]
    .sort(([a], [b]) => a < b ? -1 : 1)
    .map(([quadkey, held]) => mergeCells(quadkey, held));
}

function mergeCells(quadkey: string, cells: readonly SummaryCell[]): SummaryCell {
  const [only] = cells;
  if (only && cells.length === 1) return only.quadkey === quadkey ? only : { ...only, quadkey };
  const kinds = DockKind.options.map(() => 0);
  const prices: NightPrices[] = [];
  let [count, lats, lons] = [0, 0, 0];
  for (const cell of cells) {
    count += cell.count;
    lats += Math.round(cell.lat * DEGREE) * cell.count;
    lons += Math.round(cell.lon * DEGREE) * cell.count;
    for (let kind = 0; kind < kinds.length; kind++) kinds[kind]! += cell.kinds[kind] ?? 0;
    for (const price of cell.prices) addPrices(prices, price);
  }
  return {
    quadkey,
    count,
    lat: divideRounded(lats, count) / DEGREE,
    lon: divideRounded(lons, count) / DEGREE,
    kinds,
    prices: prices.sort((x, y) => x.currency < y.currency ? -1 : 1),
  };
}

function addPrices(known: NightPrices[], { currency, leastMinor, mostMinor }: NightPrices): void {
  const same = known.find((price) => price.currency === currency);
  if (!same) known.push({ currency, leastMinor, mostMinor });
  else {
    same.leastMinor = Math.min(same.leastMinor, leastMinor);
    same.mostMinor = Math.max(same.mostMinor, mostMinor);
  }
}

/** A summary's bytes as they are sent, before gzip. */
export function encodeSummary(summary: TileSummary): Uint8Array<ArrayBuffer> {
  const cells = new ByteWriter();
  cells.text(summary.quadkey);
  cells.varint(summary.cells.length);
  for (const cell of summary.cells) {
    cells.text(cell.quadkey);
    cells.varint(cell.count);
    writePosition(cells, cell);
    for (const kind of cell.kinds) cells.varint(kind);
    cells.varint(cell.prices.length);
    for (const { currency, leastMinor, mostMinor } of cell.prices) {
      cells.text(currency);
      cells.varint(leastMinor);
      cells.varint(mostMinor - leastMinor);
    }
  }
  const sample = new ByteWriter();
  sample.varint(summary.sample.length);
  for (const dock of summary.sample) {
    sample.varint(dock.id);
    sample.varint(DockKind.options.indexOf(dock.kind));
    writePosition(sample, dock);
  }
  sample.texts(summary.sample.map(({ name }) => name));
  return packSections(SUMMARY_FORMAT, [cells.finish(), sample.finish()]);
}

function writePosition(writer: ByteWriter, { lat, lon }: Position): void {
  writer.signed(Math.round(lat * DEGREE));
  writer.signed(Math.round(lon * DEGREE));
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
  return { quadkey, cells: read, sample: readSample(sample) };
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
    ...readPosition(reader),
    kinds: DockKind.options.map(() => reader.upTo(NATURAL.max)),
    prices: Array.from({ length: reader.count() }, () => {
      const currency = reader.text();
      const leastMinor = reader.varint();
      return { currency, leastMinor, mostMinor: leastMinor + reader.varint() };
    }),
  };
}

function readPosition(reader: ByteReader): Position {
  return { lat: reader.signed() / DEGREE, lon: reader.signed() / DEGREE };
}

function readSample(reader: ByteReader): SampleDock[] {
  const docks = Array.from({ length: reader.count() }, () => ({
    id: reader.upTo(MOST_ID),
    kind: DockKind.options[reader.upTo(DockKind.options.length - 1)]!,
    ...readPosition(reader),
  }));
  const names = reader.texts();
  if (names.length !== docks.length) reader.fail("its sample has not as many names as docks");
  reader.finish();
  return docks.map((dock, i) => ({ ...dock, name: names[i]! }));
}
