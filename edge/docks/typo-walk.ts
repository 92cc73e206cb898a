import { END, type KeyRange, type PrefixList } from "./prefix-list.ts";

/** The last letter of Latin: what is typed in it is no error for a letter of another script. */
const LATIN_END = 0x24f;
/** Of so few keys it is quicker to look at each than to look for letters. */
const FEW_KEYS = 6;

/**
 * The keys of a list that begin with something at most `most` edits (Damerau–Levenshtein, adjacent
 * letters swapped count one) away from a text. The sorted list serves as a trie: one row of the
 * distance table a letter, of which only the cells within reach of its diagonal are kept, and a
 * whole subtree is left as soon as no cell of its row is within reach. With two errors allowed the
 * first letter must be right, or every text resembles many.
 */
export function walkTypos(list: PrefixList, text: string, most: number): KeyRange[] {
  const length = text.length;
  const width = length + 2;
  const beyond = most + 1;
  const rows = new Uint8Array((length + most + 2) * width).fill(beyond);
  for (let i = 0; i <= Math.min(length, most); i++) rows[i] = i;
  const path = new Uint16Array(length + most + 1);
  const found: KeyRange[] = [];
  walk(0, list.count, 0, 0);
  return found;

  function walk(from: number, to: number, depth: number, least: number): void {
    const edits = rows[depth * width + length]!;
    if (edits <= most) {
      found.push({ from, to, length: depth, edits });
      return;
    }
    if (depth === 0 && most > 1) {
      follow(from, to, 0, text.charCodeAt(0));
    } else if (least === most && to - from > FEW_KEYS) {
      // No error is left: only a letter of the text near here can come next.
      const first = Math.max(0, depth - most - 1);
      const last = Math.min(length - 1, depth + most);
      for (let i = first; i <= last; i++) {
        const letter = text.charCodeAt(i);
        let isFirst = true;
        for (let j = first; j < i; j++) if (text.charCodeAt(j) === letter) isFirst = false;
        if (isFirst) follow(from, to, depth, letter);
      }
    } else {
      const isLatin = depth === 0 && text.charCodeAt(0) <= LATIN_END;
      let at = list.letterAt(from, depth) === END ? endOfLetter(from, to, depth, END) : from;
      while (at < to) {
        const letter = list.letterAt(at, depth);
        if (isLatin && letter > LATIN_END) break;
        const end = endOfLetter(at, to, depth, letter);
        step(at, end, depth, letter);
        at = end;
      }
    }
  }

  function follow(from: number, to: number, depth: number, letter: number): void {
    const at = from < to && list.letterAt(from, depth) >= letter
      ? from
      : endOfLetter(from, to, depth, letter - 1);
    if (at < to && list.letterAt(at, depth) === letter) {
      step(at, endOfLetter(at, to, depth, letter), depth, letter);
    }
  }

  /** Goes on with the keys of [from, to), which have a letter next. */
  function step(from: number, to: number, depth: number, letter: number): void {
    path[depth] = letter;
    const above = depth * width;
    const row = above + width;
    const first = Math.max(0, depth + 1 - most);
    const last = Math.min(length, depth + 1 + most);
    if (first > 0) rows[row + first - 1] = beyond;
    let least = beyond;
    for (let i = first; i <= last; i++) {
      let best = rows[above + i]! + 1;
      if (i > 0) {
        const isSame = text.charCodeAt(i - 1) === letter;
        best = Math.min(best, rows[row + i - 1]! + 1, rows[above + i - 1]! + (isSame ? 0 : 1));
        const isSwapped = depth > 0 && i > 1 && text.charCodeAt(i - 1) === path[depth - 1] &&
          text.charCodeAt(i - 2) === letter;
        if (isSwapped) best = Math.min(best, rows[above - width + i - 2]! + 1);
      }
      best = Math.min(best, beyond);
      rows[row + i] = best;
      if (best < least) least = best;
    }
    if (last < length) rows[row + last + 1] = beyond;
    if (least <= most) walk(from, to, depth + 1, least);
  }

  /** The first key in [from, to) with a letter after that one: near, as a rule, so by leaps. */
  function endOfLetter(from: number, to: number, depth: number, letter: number): number {
    let low = from;
    let leap = 1;
    while (low + leap < to && list.letterAt(low + leap, depth) <= letter) {
      low += leap;
      leap *= 2;
    }
    let high = Math.min(to, low + leap);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list.letterAt(middle, depth) <= letter) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
