import type { ByteReader, ByteWriter } from "./tile-bytes.ts";

/** In columns of whole numbers: not known. */
export const NONE = -(2 ** 31);

const MOST_INT = 2 ** 31 - 1;

/** A column's number as records have it. */
export function orNull(value: number): number | null {
  return value === NONE ? null : value;
}

/** How a column's numbers are written: each by itself, or as places in a list of them. */
const PLAIN = 0;
const LISTED = 1;
const MOST_LISTED = 256;

export interface IntRange {
  min: number;
  max: number;
  /** Whether NONE may be among them. */
  none?: boolean;
}

/** A column of 32-bit whole numbers or NONE; few different ones in a byte each. */
export function writeInts(writer: ByteWriter, values: ArrayLike<number>): void {
  const distinct = new Set<number>();
  for (let i = 0; i < values.length; i++) distinct.add(values[i]!);
  if (distinct.size > MOST_LISTED || distinct.size * 3 > values.length) {
    writer.byte(PLAIN);
    for (let i = 0; i < values.length; i++) writer.signed(fold(values[i]!));
    return;
  }
  const list = [...distinct].sort((a, b) => a - b);
  const places = new Map(list.map((value, place) => [value, place]));
  writer.byte(LISTED);
  writer.varint(list.length);
  let before = 0;
  for (const value of list) {
    writer.signed(fold(value) - before);
    before = fold(value);
  }
  // One of one value says all there is to say.
  if (list.length === 1) return;
  for (let i = 0; i < values.length; i++) writer.byte(places.get(values[i]!)!);
}

/** The column of `writeInts`, each of its numbers within a range. */
export function readInts(reader: ByteReader, count: number, range: IntRange): Int32Array {
  const values = reader.ints(count);
  if (reader.byte() === PLAIN) {
    if (count > reader.left) reader.fail("it ends too early");
    const { min, max } = range;
    for (let i = 0; i < count; i++) {
      const value = unfold(reader.signed());
      values[i] = value >= min && value <= max ? value : within(reader, value, range);
    }
    return values;
  }
  const size = reader.upTo(MOST_LISTED);
  const list = reader.ints(size);
  let folded = 0;
  for (let place = 0; place < size; place++) {
    folded += reader.signed();
    list[place] = within(reader, unfold(folded), range);
  }
  if (size === 1) return values.fill(list[0]!);
  const places = reader.bytes(count);
  for (let i = 0; i < count; i++) {
    const place = places[i]!;
    if (place >= size) reader.fail(`place ${place} of a list of ${size}`);
    values[i] = list[place]!;
  }
  return values;
}

/** What is not known becomes 0, near what is. */
function fold(value: number): number {
  return value === NONE ? 0 : value >= 0 ? value + 1 : value;
}

function unfold(folded: number): number {
  return folded === 0 ? NONE : folded > 0 ? folded - 1 : folded;
}

function within(reader: ByteReader, value: number, { min, max, none }: IntRange): number {
  const isFine = value === NONE ? none === true : value >= min && value <= max;
  if (!isFine) reader.fail(`${value} is not from ${min} to ${max}`);
  return value;
}

/** Any whole number that a column of 32 bits holds. */
export const ANY_INT: IntRange = { min: NONE + 1, max: MOST_INT };
export const NATURAL: IntRange = { min: 0, max: MOST_INT };

/**
 * Places in a list whose items are there in the order of first use: how far back from the newest,
 * which is near where neighbours share what they have.
 */
export function writePlaces(writer: ByteWriter, places: ArrayLike<number>): void {
  const backs = new Int32Array(places.length);
  let used = 0;
  for (let i = 0; i < places.length; i++) {
    backs[i] = used - places[i]!;
    used = Math.max(used, places[i]! + 1);
  }
  writeInts(writer, backs);
}

/** The places of `writePlaces` in a list of `size` items. */
export function readPlaces(reader: ByteReader, count: number, size: number): Int32Array {
  const places = readInts(reader, count, { min: 0, max: size });
  let used = 0;
  for (let i = 0; i < count; i++) {
    const place = used - places[i]!;
    if (place < 0 || place >= size) reader.fail(`place ${place} of a list of ${size}`);
    places[i] = place;
    if (place === used) used++;
  }
  return places;
}

/** A list of different things in the order of first use, and where each of some is in it. */
export class Listing<Item> {
  readonly items: Item[] = [];
  readonly #places = new Map<string, number>();
  readonly #keyOf: (item: Item) => string;

  constructor(keyOf: (item: Item) => string) {
    this.#keyOf = keyOf;
  }

  placeOf(item: Item): number {
    const key = this.#keyOf(item);
    let place = this.#places.get(key);
    if (place === undefined) {
      place = this.items.length;
      this.#places.set(key, place);
      this.items.push(item);
    }
    return place;
  }
}
