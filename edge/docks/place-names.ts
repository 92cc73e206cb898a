import { plainText, spellingsOf } from "../../shared/fold.ts";
import { END, grown, type KeyRange, type KeyText, PrefixList } from "./prefix-list.ts";
import { walkTypos } from "./typo-walk.ts";

/** What a place is called. */
export interface Names {
  /** The name that is shown. */
  shown: string;
  /** In other languages and scripts. */
  others: readonly string[];
}

/** What part of a place's names begins as a text does. */
export interface NamePart {
  /** Of the name that is shown, and not of another. */
  isShown: boolean;
  /** 0 a whole name, 1 the beginning of the one that is shown, 2 of another word or another name. */
  tier: number;
}

/** Other names of fewer letters are airports' codes, and mostly the beginning of something. */
const WHOLE_OTHER_NAME_LETTERS = 4;

/** Names of numbered places, found by the beginnings of all their words. */
export class PlaceNames {
  readonly #list = new PrefixList();
  /** By the place's number, where the spellings of the shown name are: they stand together. */
  #shownFrom = new Uint32Array(256);
  #shownTo = new Uint32Array(256);

  /** Makes names known; a place's earlier ones are forgotten only by `remove`. */
  add(names: ReadonlyMap<number, Names>): void {
    this.#write(names, (texts) => this.#list.add(texts));
  }

  /** As `add`, for very many: they are found after `sort`. */
  append(names: ReadonlyMap<number, Names>): void {
    this.#write(names, (texts) => this.#list.append(texts));
  }

  /** Puts all names in order, in steps of a few milliseconds. */
  sort(): Iterable<void> {
    return this.#list.sort();
  }

  remove(places: ReadonlySet<number>): void {
    this.#list.remove(places);
  }

  /** What begins with a plain text. */
  startingWith(text: string): KeyRange {
    return this.#list.startingWith(text);
  }

  /** What ends with a plain text, or is it. */
  endingWith(text: string): KeyRange {
    const range = this.#list.startingWith(text + String.fromCharCode(END));
    return { ...range, length: text.length };
  }

  /** What begins with something at most `most` typing errors away from a plain text. */
  resembling(text: string, most: number): KeyRange[] {
    return walkTypos(this.#list, text, most);
  }

  /** The number of the place of a find. */
  placeAt(at: number): number {
    return this.#list.ownerAt(at);
  }

  /** Says of a find, of which so many letters match, what part of the place's names it is. */
  partAt(at: number, length: number, part: NamePart): void {
    const key = this.#list.keyAt(at);
    const place = this.#list.ownerAt(at);
    const isText = this.#list.isTextStart(key);
    const isWhole = isText && this.#list.letterAt(at, length) === END;
    part.isShown = key >= this.#shownFrom[place]! && key < this.#shownTo[place]!;
    if (isWhole && (part.isShown || length >= WHOLE_OTHER_NAME_LETTERS)) part.tier = 0;
    else part.tier = isWhole || (isText && part.isShown) ? 1 : 2;
  }

  /** Whether a word of the name that is shown begins with some letters. */
  shownHasWord(place: number, word: string): boolean {
    return this.#list.hasWord(this.#shownFrom[place]!, word);
  }

  #write(
    names: ReadonlyMap<number, Names>,
    add: (texts: readonly KeyText[]) => readonly number[],
  ): void {
    const texts: KeyText[] = [];
    const shownCounts: number[] = [];
    for (const [owner, { shown, others }] of names) {
      const spellings = spellingsOf(shown);
      const all = new Set([...spellings, ...others.map(plainText)]);
      all.delete("");
      shownCounts.push(spellings.length);
      for (const text of all) texts.push({ text, starts: wordStarts(text), owner });
    }
    const textsAt = add(texts);
    let at = 0;
    let i = 0;
    for (const owner of names.keys()) {
      const shownCount = shownCounts[i++]!;
      this.#shownFrom = grown(this.#shownFrom, owner + 1);
      this.#shownTo = grown(this.#shownTo, owner + 1);
      this.#shownFrom[owner] = textsAt[at] ?? 0;
      const last = at + shownCount - 1;
      // A name of signs alone is found by others only.
      this.#shownTo[owner] = shownCount > 0 ? textsAt[last]! + texts[last]!.text.length : 0;
      while (texts[at]?.owner === owner) at++;
    }
  }
}

/** Where the texts begin that a plain name is found by: the name from each of its words on. */
export function wordStarts(plain: string): number[] {
  const starts = [0];
  for (let at = plain.indexOf(" "); at >= 0; at = plain.indexOf(" ", at + 1)) {
    // One letter alone finds too much and helps nobody.
    if (plain.length - at > 2) starts.push(at + 1);
  }
  return starts;
}
