import fc from "fast-check";
import { expect, test } from "vitest";
import { type KeyRange, PrefixList } from "./prefix-list.ts";
import { walkTypos } from "./typo-walk.ts";

const word = fc.string({ unit: fc.constantFrom("a", "b", "c", "é", " "), maxLength: 6 });
const words = fc.array(word, { maxLength: 60 });

/** A list of whole texts, each with its place in the array as its owner. */
function listOf(texts: readonly string[]): PrefixList {
  const list = new PrefixList();
  const keys = texts.map((text, owner) => ({ text, starts: [0], owner }));
  // Some are sorted together, the others added to them.
  const middle = Math.ceil(keys.length / 2);
  list.append(keys.slice(0, middle));
  Array.from(list.sort());
  for (let at = middle; at < keys.length; at += 3) list.add(keys.slice(at, at + 3));
  return list;
}

function ownersIn(list: PrefixList, ranges: readonly KeyRange[]): number[] {
  return ranges.flatMap(({ from, to }) =>
    Array.from({ length: to - from }, (_, i) => list.ownerAt(from + i))
  ).sort((a, b) => a - b);
}

test("startingWith finds the keys that begin so, and no other", () => {
  fc.assert(fc.property(words, word, (texts, prefix) => {
    const list = listOf(texts);
    const wanted = texts.flatMap((text, i) => text.startsWith(prefix) ? [i] : []);
    expect(ownersIn(list, [list.startingWith(prefix)])).toEqual(wanted);
  }));
});

test("a text is found from each of its starts on", () => {
  const list = new PrefixList();
  const [at] = list.add([{ text: "point judith", starts: [0, 6], owner: 7 }]);
  expect(ownersIn(list, [list.startingWith("jud")])).toEqual([7]);
  const { from } = list.startingWith("jud");
  expect(list.keyAt(from)).toBe(at! + 6);
  expect(list.isTextStart(list.keyAt(from))).toBe(false);
  expect(list.isTextStart(at!)).toBe(true);
  expect(list.hasWord(at!, "ju")).toBe(true);
  expect(list.hasWord(at!, "udith")).toBe(false);
});

test("remove forgets an owner's keys and no other's", () => {
  fc.assert(fc.property(words, word, fc.nat(59), (texts, prefix, gone) => {
    const list = listOf(texts);
    list.remove(new Set([gone]));
    const wanted = texts.flatMap((text, i) => text.startsWith(prefix) && i !== gone ? [i] : []);
    expect(ownersIn(list, [list.startingWith(prefix)])).toEqual(wanted);
  }));
});

test("sort leaves equal, long and many texts in order", () => {
  const list = new PrefixList();
  const texts = Array.from(
    { length: 9_000 },
    (_, i) => "saint ".repeat(i % 4) + ((i * 7_919) % 997),
  );
  list.append(texts.map((text, owner) => ({ text, starts: [0], owner })));
  expect(Array.from(list.sort()).length).toBeGreaterThan(1);
  const sortedTexts = Array.from({ length: list.count }, (_, at) => texts[list.ownerAt(at)]!);
  expect(sortedTexts).toEqual(texts.toSorted());
});

test("walkTypos with one error finds exactly the keys with a beginning so near", () => {
  fc.assert(fc.property(words, word, (texts, text) => {
    const list = listOf(texts);
    const wanted = texts.flatMap((key, i) => nearestPrefix(key, text) <= 1 ? [i] : []);
    expect(ownersIn(list, walkTypos(list, text, 1))).toEqual(wanted);
  }));
});

test("walkTypos with two errors finds those of them that begin with the right letter", () => {
  fc.assert(fc.property(words, word.filter((text) => text.length > 2), (texts, text) => {
    const list = listOf(texts);
    const wanted = texts.flatMap((key, i) =>
      key[0] === text[0] && nearestPrefix(key, text) <= 2 ? [i] : []
    );
    expect(ownersIn(list, walkTypos(list, text, 2))).toEqual(wanted);
  }));
});

test("walkTypos says how many errors it forgave, and of how many letters", () => {
  const list = listOf(["newport", "newport news"]);
  expect(walkTypos(list, "newprot", 1)).toEqual([{ from: 0, to: 2, length: 7, edits: 1 }]);
});

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
