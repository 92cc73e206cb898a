import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock, TileStation } from "./tile-dock.ts";
import { Listing, NONE, readInts, readPlaces, writeInts, writePlaces } from "./tile-ints.ts";

/** What a harbour gives to its docks. */
export interface TileHarbour {
  id: number;
  name: string;
  country: string;
  timeZone: string;
  /** Its tide station's place in the tile's, NONE where it has none. */
  station: number;
}

/**
 * Names in parts that neighbours share: "Berth A12" is the pattern "Berth A#" with 12. A pattern's
 * HARBOUR stands for the harbour's name, its NUMBER for the dock's number.
 */
export interface NameColumns {
  harbours: TileHarbour[];
  zones: string[];
  /** Each harbour's place in `zones`. */
  zoneOf: Int32Array;
  /** Places in `harbours`. */
  harbourOf: Int32Array;
  patterns: string[];
  /** Places in `patterns`. */
  patternOf: Int32Array;
  /** How much further each number is than the one before it of its harbour and pattern. */
  steps: Int32Array;
  /** Added up once a name is asked for. */
  numbers: Int32Array | undefined;
}

const HARBOUR = "\u0001";
const NUMBER = "\u0002";
/** First of a pattern that stands for nothing but itself. */
const RAW = "\u0003";

function hasSpecial(text: string): boolean {
  return [HARBOUR, NUMBER, RAW].some((special) => text.includes(special));
}

function splitName(name: string, harbour: string): { pattern: string; number: number } {
  if (hasSpecial(name)) return { pattern: RAW + name, number: 0 };
  const general = harbour === "" || hasSpecial(harbour)
    ? name
    : name.replace(harbour, () => HARBOUR);
  const [, before, digits, after] = /^(.*?)([1-9]\d{0,7}|0)(\D*)$/su.exec(general) ?? [];
  // A digit before it would run into the number's.
  if (before === undefined || /\d$/.test(before)) return { pattern: general, number: 0 };
  return { pattern: before + NUMBER + after, number: Number(digits) };
}

function joinName(pattern: string, number: number, harbour: string): string {
  if (pattern.startsWith(RAW)) return pattern.slice(1);
  return pattern.replace(NUMBER, () => String(number)).replace(HARBOUR, () => harbour);
}

export function writeNames(
  harbours: ByteWriter,
  names: ByteWriter,
  docks: readonly TileDock[],
  stations: readonly TileStation[],
): void {
  const placeOfStation = new Map(stations.map(({ id }, place) => [id, place]));
  const list = new Listing<TileHarbour>((harbour) => JSON.stringify(harbour));
  const harbourOf = docks.map((dock) =>
    list.placeOf({
      id: dock.harbourId,
      name: dock.harbourName,
      country: dock.country,
      timeZone: dock.timeZone,
      station: dock.tideStation === null ? NONE : placeOfStation.get(dock.tideStation) ?? NaN,
    })
  );
  if (list.items.some(({ station }) => Number.isNaN(station))) {
    throw new RangeError("Cannot write tile: a dock's tide station is missing");
  }
  const zones = new Listing<string>(String);
  const countries = new Listing<string>(String);
  const zoneOf = list.items.map(({ timeZone }) => zones.placeOf(timeZone));
  const countryOf = list.items.map(({ country }) => countries.placeOf(country));
  harbours.texts(zones.items);
  harbours.texts(countries.items);
  harbours.texts(list.items.map(({ name }) => name));
  let last = 0;
  for (const { id } of list.items) {
    harbours.signed(id - last);
    last = id;
  }
  writePlaces(harbours, zoneOf);
  writePlaces(harbours, countryOf);
  writeInts(harbours, list.items.map(({ station }) => station));
  writePlaces(harbours, harbourOf);

  const patterns = new Listing<string>(String);
  const lasts = new Map<string, number>();
  const parts = docks.map((dock, i) => {
    const { pattern, number } = splitName(dock.name, dock.harbourName);
    // Berths of one sort are counted through in each harbour.
    const key = `${harbourOf[i]} ${pattern}`;
    const step = number - (lasts.get(key) ?? 0);
    lasts.set(key, number);
    return { place: patterns.placeOf(pattern), step };
  });
  names.texts(patterns.items);
  writePlaces(names, parts.map(({ place }) => place));
  writeInts(names, parts.map(({ step }) => step));
}

const MOST_ID = 2 ** 32 - 1;
const MOST_NUMBER = 99_999_999;

/** `stations`: how many the tile has. */
export function readNames(
  harbours: ByteReader,
  names: ByteReader,
  count: number,
  stations: number,
): NameColumns {
  const zones = harbours.texts();
  const countries = harbours.texts();
  const harbourNames = harbours.texts();
  const size = harbourNames.length;
  let id = 0;
  const ids = harbourNames.map(() => {
    id += harbours.signed();
    if (id < 0 || id > MOST_ID) harbours.fail(`${id} is no id`);
    return id;
  });
  const zoneOf = readPlaces(harbours, size, zones.length);
  const countryOf = readPlaces(harbours, size, countries.length);
  const stationOf = readInts(harbours, size, { min: 0, max: stations - 1, none: true });
  const harbourOf = readPlaces(harbours, count, size);
  harbours.finish();

  const patterns = names.texts();
  const patternOf = readPlaces(names, count, patterns.length);
  const steps = readInts(names, count, { min: -MOST_NUMBER, max: MOST_NUMBER });
  names.finish();
  return {
    harbours: harbourNames.map((name, i) => ({
      id: ids[i]!,
      name,
      country: countries[countryOf[i]!]!,
      timeZone: zones[zoneOf[i]!]!,
      station: stationOf[i]!,
    })),
    zones,
    zoneOf,
    harbourOf,
    patterns,
    patternOf,
    steps,
    numbers: undefined,
  };
}

function addUp({ harbourOf, patternOf, steps }: NameColumns): Int32Array {
  const lasts = new Map<number, number>();
  return steps.map((step, dock) => {
    const key = harbourOf[dock]! * 65_536 + patternOf[dock]!;
    const number = (lasts.get(key) ?? 0) + step;
    lasts.set(key, number);
    return number;
  });
}

/** A dock's name. */
export function nameAt(names: NameColumns, dock: number): string {
  return joinName(
    names.patterns[names.patternOf[dock]!]!,
    (names.numbers ??= addUp(names))[dock]!,
    names.harbours[names.harbourOf[dock]!]!.name,
  );
}
