import fc from "fast-check";
import { expect, test } from "vitest";
import { PrefixList } from "./prefix-list.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", " "), maxLength: 6 });
const words = fc.array(word, { maxLength: 30 });

test("startingWith finds the keys that begin so, and no other", () => {
  fc.assert(fc.property(words, word, (keys, prefix) => {
    const list = new PrefixList(keys.map((key, i) => [key, i]));
    const { from, to } = list.startingWith(prefix);
    const found = Array.from({ length: to - from }, (_, i) => list.owner(from + i));
    const wanted = keys.flatMap((key, i) => key.startsWith(prefix) ? [i] : []);
    expect(sorted(found)).toEqual(wanted);
  }));
});

test("resembling with one error finds exactly the keys with a beginning so near", () => {
  fc.assert(fc.property(words, word, (keys, text) => {
    const list = new PrefixList(keys.map((key, i) => [key, i]));
    const found = list.resembling(text, 1).flatMap(({ from, to }) =>
      Array.from({ length: to - from }, (_, i) => list.owner(from + i))
    );
    const wanted = keys.flatMap((key, i) => nearestPrefix(key, text) <= 1 ? [i] : []);
    expect(sorted(found)).toEqual(wanted);
  }));
});

function sorted(numbers: number[]): number[] {
  return numbers.sort((a, b) => a - b);
}

/** By the definition of the distance (optimal string alignment), for every beginning of the key. */
function nearestPrefix(key: string, text: string): number {
  return Math.min(
    ...Array.from({ length: key.length + 1 }, (_, end) => distance(key.slice(0, end), text)),
  );
}

function distance(a: string, b: string): number {
  if (a === "" || b === "") return a.length + b.length;
  const swapped = a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1);
  return Math.min(
    distance(a.slice(0, -1), b) + 1,
    distance(a, b.slice(0, -1)) + 1,
    distance(a.slice(0, -1), b.slice(0, -1)) + (a.at(-1) === b.at(-1) ? 0 : 1),
    swapped ? distance(a.slice(0, -2), b.slice(0, -2)) + 1 : Infinity,
  );
}
