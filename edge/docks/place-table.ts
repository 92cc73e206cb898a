import type { Place } from "../../shared/api.ts";
import type { Position } from "../../shared/geo.ts";
import { plainText } from "../../shared/fold.ts";
import { grown } from "./prefix-list.ts";

export type PlaceKind = Place["kind"];

/** A place with what it is ranked by. */
export interface RankedPlace {
  place: Place;
  /** ISO 3166-1, two letters; empty where it lies in several. */
  country: string;
  /** Logarithm of the people, or of the docks, that are there. */
  weight: number;
}

export const PLACE_KINDS: readonly PlaceKind[] = ["harbour", "city", "region", "country"];

const EARTH_RADIUS_M = 6_371_008.8;
/** What is nearer than that is where one looks. */
export const NEAR_M = 20_000;
/** What people say for a country beside its name and code. */
const OTHER_COUNTRY_WORDS: Record<string, string> = { GB: "uk", US: "usa", AE: "uae" };
/** How much of a place's weight each e-fold of distance takes: a village here before a city far. */
const DISTANCE_TAKES = 1.5;

/**
 * Places as columns: tens of thousands of objects would take ten times the memory. A place has the
 * number of its row, for as long as the process lives.
 */
export class PlaceTable {
  #count = 0;
  #kinds = new Uint8Array(256);
  /** The number in the id; of regions and countries, which have none, that of a text in #slugs. */
  #ids = new Uint32Array(256);
  #lats = new Float64Array(256);
  #lons = new Float64Array(256);
  /** Directions from the Earth's middle: a distance is then three products. */
  #directions = new Float32Array(3 * 256);
  #radii = new Float32Array(256);
  #weights = new Float32Array(256);
  #names = new Uint32Array(256);
  #contexts = new Uint32Array(256);

  readonly #nameText = new TextPool();
  readonly #slugs: string[] = [];
  /** Where places lie, each text once: hundreds of towns share a state. */
  readonly #contextTexts: { text: string; country: string; words: string }[] = [];
  readonly #contextNumbers = new Map<string, number>();
  readonly #numbersById: readonly Map<string | number, number>[] = PLACE_KINDS.map(() => new Map());

  get count(): number {
    return this.#count;
  }

  /** Writes a place, over an earlier one of the same id. `earlier` is what was there by that id. */
  put({ place, country, weight }: RankedPlace): {
    number: number;
    earlier: "none" | "same name" | "other name";
  } {
    const kind = PLACE_KINDS.indexOf(place.kind);
    const id = idIn(place.id);
    const numbers = this.#numbersById[kind]!;
    const known = numbers.get(id);
    const number = known ?? this.#count++;
    if (known === undefined) {
      this.#grow();
      numbers.set(id, number);
      this.#kinds[number] = kind;
      this.#ids[number] = typeof id === "number" ? id : this.#slugs.push(id) - 1;
    }
    const isSameName = known !== undefined && this.nameOf(number) === place.name;
    if (!isSameName) this.#names[number] = this.#nameText.add(place.name);
    this.#lats[number] = place.lat;
    this.#lons[number] = place.lon;
    const [x, y, z] = directionOf(place);
    this.#directions[3 * number] = x;
    this.#directions[3 * number + 1] = y;
    this.#directions[3 * number + 2] = z;
    this.#radii[number] = place.radiusM;
    this.#weights[number] = weight;
    this.#contexts[number] = this.#contextNumber(place.context, country);
    return {
      number,
      earlier: known === undefined ? "none" : isSameName ? "same name" : "other name",
    };
  }

  /** The number of an id, undefined where it is unknown. */
  numberOf(placeId: string): number | undefined {
    const kind = PLACE_KINDS.findIndex((name) => placeId.startsWith(`${name}:`));
    const number = this.#numbersById[kind]?.get(idIn(placeId));
    // "harbour:07" is no id.
    return number !== undefined && this.idOf(number) === placeId ? number : undefined;
  }

  placeOf(number: number): Place {
    return {
      id: this.idOf(number),
      kind: PLACE_KINDS[this.kindAt(number)]!,
      name: this.nameOf(number),
      context: this.#contextTexts[this.#contexts[number]!]!.text,
      lat: this.#lats[number]!,
      lon: this.#lons[number]!,
      radiusM: this.#radii[number]!,
    };
  }

  idOf(number: number): string {
    const id = this.#ids[number]!;
    const kind = this.kindAt(number);
    return `${PLACE_KINDS[kind]}:${
      PLACE_KINDS[kind] === "harbour" || PLACE_KINDS[kind] === "city" ? id : this.#slugs[id]
    }`;
  }

  nameOf(number: number): string {
    return this.#nameText.read(this.#names[number]!);
  }

  /** Its place in `PLACE_KINDS`. */
  kindAt(number: number): number {
    return this.#kinds[number]!;
  }

  weightAt(number: number): number {
    return this.#weights[number]!;
  }

  /** How far a place is from a position, given as `directionOf`: in a straight line. */
  metresAt(number: number, from: Direction): number {
    const at = 3 * number;
    const dx = this.#directions[at]! - from[0];
    const dy = this.#directions[at + 1]! - from[1];
    const dz = this.#directions[at + 2]! - from[2];
    return EARTH_RADIUS_M * Math.sqrt(dx * dx + dy * dy + dz * dz);
  }

  /** How much a place matters to who looks at a position so far from it: at most its weight. */
  relevanceAt(number: number, metres: number): number {
    // Waters and countries are where they reach, towns and harbours where they are.
    const beyond = this.#kinds[number]! < 2 ? metres : Math.max(0, metres - this.#radii[number]!);
    return this.#weights[number]! - DISTANCE_TAKES * Math.log(1 + beyond / NEAR_M);
  }

  /** The number of where it lies: equal numbers, equal words. */
  contextAt(number: number): number {
    return this.#contexts[number]!;
  }

  /** Whether a word of where a place lies begins with some letters. */
  contextHasWord(context: number, word: string): boolean {
    return this.#contextTexts[context]!.words.includes(` ${word}`);
  }

  /** Where the places of a kind are, by country. */
  positionsByCountry(kind: PlaceKind): Map<string, Position[]> {
    const wanted = PLACE_KINDS.indexOf(kind);
    const positions = new Map<string, Position[]>();
    for (let number = 0; number < this.#count; number++) {
      if (this.#kinds[number] !== wanted) continue;
      const { country } = this.#contextTexts[this.#contexts[number]!]!;
      const position = { lat: this.#lats[number]!, lon: this.#lons[number]! };
      const known = positions.get(country);
      if (known) known.push(position);
      else positions.set(country, [position]);
    }
    return positions;
  }

  #contextNumber(text: string, country: string): number {
    const key = `${country}:${text}`;
    const known = this.#contextNumbers.get(key);
    if (known !== undefined) return known;
    const words = ` ${plainText(text)} ${plainText(country)} ${OTHER_COUNTRY_WORDS[country] ?? ""}`;
    const number = this.#contextTexts.push({ text, country, words }) - 1;
    this.#contextNumbers.set(key, number);
    return number;
  }

  #grow(): void {
    this.#kinds = grown(this.#kinds, this.#count);
    this.#ids = grown(this.#ids, this.#count);
    this.#lats = grown(this.#lats, this.#count);
    this.#lons = grown(this.#lons, this.#count);
    this.#directions = grown(this.#directions, 3 * this.#count);
    this.#radii = grown(this.#radii, this.#count);
    this.#weights = grown(this.#weights, this.#count);
    this.#names = grown(this.#names, this.#count);
    this.#contexts = grown(this.#contexts, this.#count);
  }
}

export type Direction = readonly [x: number, y: number, z: number];

/** A position as a direction from the Earth's middle, of length 1. */
export function directionOf({ lat, lon }: Position): Direction {
  const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
  return [
    Math.cos(phi) * Math.cos(lambda),
    Math.cos(phi) * Math.sin(lambda),
    Math.sin(phi),
  ];
}

/** The part of an id after its kind, as a number where it is one. */
function idIn(placeId: string): string | number {
  const text = placeId.slice(placeId.indexOf(":") + 1);
  return /^\d{1,10}$/.test(text) ? Number(text) : text;
}

/** Short texts in one array of UTF-16 units, each with its length before it. */
class TextPool {
  #units = new Uint16Array(1_024);
  #end = 0;

  /** Keeps a text, of which 65,535 units count, and answers where it is. */
  add(text: string): number {
    const at = this.#end;
    const length = Math.min(text.length, 0xffff);
    this.#units = grown(this.#units, at + 1 + length);
    this.#units[at] = length;
    for (let i = 0; i < length; i++) this.#units[at + 1 + i] = text.charCodeAt(i);
    this.#end = at + 1 + length;
    return at;
  }

  read(at: number): string {
    return String.fromCharCode(...this.#units.subarray(at + 1, at + 1 + this.#units[at]!));
  }
}
