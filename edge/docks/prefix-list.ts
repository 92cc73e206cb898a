/** Keys from `from` up to, not with, `to` begin with a text, or resemble it. */
export interface KeyRange {
  from: number;
  to: number;
  /** How many of a key's letters match. */
  length: number;
  /** Typing errors in them. */
  edits: number;
}

/** A text that is found by what it begins with, from each of some letters on. */
export interface KeyText {
  text: string;
  starts: readonly number[];
  /** The number of what it names. */
  owner: number;
}

/** Ends a text: below every letter, so that the order of the keys is that of their texts. */
export const END = 0;

/** Fewer keys than these are put in order by insertion. */
const FEW_KEYS = 12;
const KEYS_A_STEP = 30_000;

/**
 * Texts in order, each with the number of what it names: prefixes are found by halving. A key is
 * the place of its first letter in one array of UTF-16 units, so that a hundred thousand of them
 * are three arrays and not a hundred thousand strings.
 */
export class PrefixList {
  // One END before the first text: each text has one before it.
  #letters = new Uint16Array(1_024);
  #lettersEnd = 1;
  #keys = new Uint32Array(256);
  #owners = new Uint32Array(256);
  #count = 0;

  /** The number of keys. */
  get count(): number {
    return this.#count;
  }

  ownerAt(at: number): number {
    return this.#owners[at]!;
  }

  keyAt(at: number): number {
    return this.#keys[at]!;
  }

  /** A key's letter, END after its last. */
  letterAt(at: number, depth: number): number {
    return this.#letters[this.#keys[at]! + depth]!;
  }

  /** Whether a key is a text from its first letter on. */
  isTextStart(key: number): boolean {
    return this.#letters[key - 1] === END;
  }

  /** Whether a word of the text at a position begins with some letters. */
  hasWord(textAt: number, word: string): boolean {
    const letters = this.#letters;
    for (let at = textAt; letters[at] !== END; at++) {
      if ((at === textAt || letters[at - 1] === 32) && this.#beginsWith(at, word)) return true;
    }
    return false;
  }

  /** Adds texts in their order and answers where each begins. */
  add(texts: readonly KeyText[]): number[] {
    const before = this.#count;
    const textsAt = this.append(texts);
    const keys = this.#keys.slice(before, this.#count);
    const owners = this.#owners.slice(before, this.#count);
    const order = Uint32Array.from(keys, (_, i) => i)
      .sort((a, b) => this.#compare(keys[a]!, keys[b]!));
    // From the back, so that each key that is there moves once, to its last place.
    let to = before;
    for (let i = order.length - 1; i >= 0; i--) {
      const key = keys[order[i]!]!;
      const at = this.#firstNotBelow((other) => this.#compare(other, key), to);
      this.#keys.copyWithin(at + i + 1, at, to);
      this.#owners.copyWithin(at + i + 1, at, to);
      this.#keys[at + i] = key;
      this.#owners[at + i] = owners[order[i]!]!;
      to = at;
    }
    return textsAt;
  }

  /** Adds many texts, which are found after `sort`, and answers where each begins. */
  append(texts: readonly KeyText[]): number[] {
    return texts.map(({ text, starts, owner }) => {
      const textAt = this.#write(text);
      this.#keys = grown(this.#keys, this.#count + starts.length);
      this.#owners = grown(this.#owners, this.#count + starts.length);
      for (const start of starts) {
        this.#keys[this.#count] = textAt + start;
        this.#owners[this.#count++] = owner;
      }
      return textAt;
    });
  }

  /**
   * Puts all keys in order, in steps of a few milliseconds: quicksort by one letter at a time
   * (Bentley and Sedgewick, Fast Algorithms for Sorting and Searching Strings, 1997).
   */
  *sort(): Generator<void, void> {
    const parts = [{ from: 0, to: this.#count, depth: 0 }];
    let done = 0;
    for (let part = parts.pop(); part; part = parts.pop()) {
      const { from, to, depth } = part;
      if (to - from <= FEW_KEYS) {
        this.#sortFew(from, to);
        continue;
      }
      const pivot = this.#middleLetter(from, to, depth);
      let below = from;
      let above = to;
      for (let at = from; at < above;) {
        const letter = this.letterAt(at, depth);
        if (letter < pivot) this.#swap(at++, below++);
        else if (letter > pivot) this.#swap(at, --above);
        else at++;
      }
      parts.push({ from, to: below, depth }, { from: above, to, depth });
      if (pivot !== END) parts.push({ from: below, to: above, depth: depth + 1 });
      done += to - from;
      if (done < KEYS_A_STEP) continue;
      done = 0;
      yield;
    }
  }

  #sortFew(from: number, to: number): void {
    for (let i = from + 1; i < to; i++) {
      for (let at = i; at > from && this.#compare(this.#keys[at - 1]!, this.#keys[at]!) > 0; at--) {
        this.#swap(at, at - 1);
      }
    }
  }

  #middleLetter(from: number, to: number, depth: number): number {
    const a = this.letterAt(from, depth);
    const b = this.letterAt((from + to) >> 1, depth);
    const c = this.letterAt(to - 1, depth);
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  #swap(a: number, b: number): void {
    const [key, owner] = [this.#keys[a]!, this.#owners[a]!];
    this.#keys[a] = this.#keys[b]!;
    this.#owners[a] = this.#owners[b]!;
    this.#keys[b] = key;
    this.#owners[b] = owner;
  }

  /** Forgets the keys of some owners. Their letters stay: renaming is rare. */
  remove(owners: ReadonlySet<number>): void {
    let kept = 0;
    for (let at = 0; at < this.#count; at++) {
      if (owners.has(this.#owners[at]!)) continue;
      this.#keys[kept] = this.#keys[at]!;
      this.#owners[kept++] = this.#owners[at]!;
    }
    this.#count = kept;
  }

  /** The keys that begin with a text. */
  startingWith(prefix: string): KeyRange {
    const from = this.#firstNotBelow((key) => this.#compareText(key, prefix), this.#count);
    let [low, high] = [from, this.#count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#beginsWith(this.#keys[middle]!, prefix)) low = middle + 1;
      else high = middle;
    }
    return { from, to: low, length: prefix.length, edits: 0 };
  }

  #write(text: string): number {
    const at = this.#lettersEnd;
    this.#letters = grown(this.#letters, at + text.length + 1);
    for (let i = 0; i < text.length; i++) this.#letters[at + i] = text.charCodeAt(i);
    this.#letters[at + text.length] = END;
    this.#lettersEnd = at + text.length + 1;
    return at;
  }

  /** The first key before `to` of which an order, that of the keys, does not say that it is below. */
  #firstNotBelow(order: (key: number) => number, to: number): number {
    let low = 0;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(this.#keys[middle]!) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compare(a: number, b: number): number {
    const letters = this.#letters;
    for (let i = 0;; i++) {
      const letter = letters[a + i]!;
      const difference = letter - letters[b + i]!;
      if (difference !== 0) return difference;
      if (letter === END) return a - b;
    }
  }

  #compareText(key: number, text: string): number {
    for (let i = 0; i < text.length; i++) {
      const difference = this.#letters[key + i]! - text.charCodeAt(i);
      if (difference !== 0) return difference;
    }
    return 0;
  }

  #beginsWith(key: number, text: string): boolean {
    return this.#compareText(key, text) === 0;
  }
}

/** The same numbers in an array of at least that length; twice as long where it must grow. */
export function grown<
  T extends Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array,
>(
  array: T,
  length: number,
): T {
  if (length <= array.length) return array;
  const longer = new (array.constructor as new (length: number) => T)(
    Math.max(length, array.length * 2),
  );
  longer.set(array);
  return longer;
}
