import { HullType, Plug } from "./boat.ts";
import { AMENITIES, type Outlet } from "./dock.ts";
import type { ByteReader, ByteWriter } from "./tile-bytes.ts";
import type { TileDock } from "./tile-dock.ts";
import { Listing, NATURAL, readInts, readPlaces, writeInts, writePlaces } from "./tile-ints.ts";
import { timeToMinutes } from "./zone.ts";

/** What a dock offers, and what it asks of boats and stays. */
export interface TraitColumns {
  /** INSTANT, INSURANCE, ONLINE, and from the bit FIRST_HULL on one for each hull that is taken. */
  flags: Int32Array;
  /** Bit n for `AMENITIES[n]`. */
  amenities: Int32Array;
  outletLists: Outlet[][];
  /** Places in `outletLists`. */
  outlets: Int32Array;
  minNights: Int32Array;
  maxNights: Int32Array;
  noticeHours: Int32Array;
  windowDays: Int32Array;
  /** Minutes after midnight. */
  checkIns: Int32Array;
}

export const INSTANT = 1;
export const INSURANCE = 2;
export const ONLINE = 4;
export const FIRST_HULL = 3;
const MOST_FLAGS = (1 << (FIRST_HULL + HullType.options.length)) - 1;
const ALL_AMENITIES = (1 << AMENITIES.length) - 1;

function hullFlag(hull: HullType): number {
  return 1 << (FIRST_HULL + HullType.options.indexOf(hull));
}

/** The bits of all hulls, from FIRST_HULL on. */
export const ALL_HULLS = (1 << HullType.options.length) - 1;

export function writeTraits(writer: ByteWriter, docks: readonly TileDock[]): void {
  const column = (valueOf: (dock: TileDock) => number) => writeInts(writer, docks.map(valueOf));
  column((dock) =>
    (dock.instantBook ? INSTANT : 0) | (dock.requiresInsurance ? INSURANCE : 0) |
    (dock.collection === "online" ? ONLINE : 0) |
    dock.hullTypes.reduce((bits, hull) => bits | hullFlag(hull), 0)
  );
  column((dock) => dock.amenities);
  const lists = new Listing<Outlet[]>((list) =>
    list.map(({ plug, volts, amps, phases }) => `${plug} ${volts} ${amps} ${phases}`).join()
  );
  const places = docks.map((dock) => lists.placeOf(dock.outlets));
  writer.varint(lists.items.length);
  for (const list of lists.items) {
    writer.varint(list.length);
    for (const { plug, volts, amps, phases } of list) {
      writer.varint(Plug.options.indexOf(plug));
      writer.varint(volts);
      writer.varint(amps);
      writer.varint(phases);
    }
  }
  writePlaces(writer, places);
  column((dock) => dock.minNights);
  column((dock) => dock.maxNights);
  column((dock) => dock.noticeHours);
  column((dock) => dock.windowDays);
  column((dock) => timeToMinutes(dock.checkInFrom));
}

export function readTraits(reader: ByteReader, count: number): TraitColumns {
  const flags = readInts(reader, count, { min: 0, max: MOST_FLAGS });
  const amenities = readInts(reader, count, { min: 0, max: ALL_AMENITIES });
  const outletLists = Array.from(
    { length: reader.count() },
    () => Array.from({ length: reader.count() }, () => readOutlet(reader)),
  );
  const outlets = readPlaces(reader, count, outletLists.length);
  const minNights = readInts(reader, count, SMALL);
  const maxNights = readInts(reader, count, SMALL);
  const noticeHours = readInts(reader, count, SMALL);
  const windowDays = readInts(reader, count, SMALL);
  const checkIns = readInts(reader, count, { min: 0, max: 24 * 60 - 1 });
  reader.finish();
  return {
    flags,
    amenities,
    outletLists,
    outlets,
    minNights,
    maxNights,
    noticeHours,
    windowDays,
    checkIns,
  };
}

/** What half of a number of an index holds. */
const SMALL = { min: 0, max: 2 ** 15 - 1 };

function readOutlet(reader: ByteReader): Outlet {
  const plug = Plug.options[reader.varint()] ?? reader.fail("there is no such plug");
  const volts = reader.upTo(NATURAL.max);
  const amps = reader.upTo(NATURAL.max);
  const phases = reader.varint();
  if (phases !== 1 && phases !== 3) reader.fail(`${phases} phases`);
  return { plug, volts, amps, phases };
}

type Traits = Pick<
  TileDock,
  | "instantBook"
  | "requiresInsurance"
  | "collection"
  | "hullTypes"
  | "amenities"
  | "outlets"
  | "minNights"
  | "maxNights"
  | "noticeHours"
  | "windowDays"
  | "checkInFrom"
>;

/** A dock's traits as its record has them. */
export function traitsAt(traits: TraitColumns, dock: number): Traits {
  const flags = traits.flags[dock]!;
  return {
    instantBook: (flags & INSTANT) !== 0,
    requiresInsurance: (flags & INSURANCE) !== 0,
    collection: (flags & ONLINE) === 0 ? "at_dock" : "online",
    hullTypes: HullType.options.filter((hull) => (flags & hullFlag(hull)) !== 0),
    amenities: traits.amenities[dock]!,
    outlets: traits.outletLists[traits.outlets[dock]!]!,
    minNights: traits.minNights[dock]!,
    maxNights: traits.maxNights[dock]!,
    noticeHours: traits.noticeHours[dock]!,
    windowDays: traits.windowDays[dock]!,
    checkInFrom: minutesToTime(traits.checkIns[dock]!),
  };
}

function minutesToTime(minutes: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
