import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText, spellingsOf, wordStarts } from "./place-text.ts";

test("plainText leaves letters and digits, in small letters without marks", () => {
  expect(plainText("  Ærøskøbing--Havn, Nº 2 ")).toBe("aeroskobing havn no 2");
  expect(plainText("São Tomé")).toBe("sao tome");
  expect(plainText("İzmir")).toBe("izmir");
  expect(plainText("Łódź")).toBe("lodz");
  expect(plainText("ΛΕΥΚΑΣ")).toBe(plainText("Λευκάς"));
  expect(plainText("Nuku\u02bbalofa")).toBe(plainText("Nuku'alofa"));
  expect(plainText("…")).toBe("");
});

test("plainText is plain already", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const plain = plainText(text);
    expect(plainText(plain)).toBe(plain);
    expect(plain).not.toMatch(/^ | {2}| $|\p{M}/u);
  }));
});

test("plainText of a name begins with that of its beginning, up to the last letter", () => {
  for (const name of ["Λευκάδα", "Vava'u", "Saint-Malo", "Ærøskøbing", "広島", "부산", "Kraków"]) {
    const letters = Array.from(name);
    for (let length = 1; length <= letters.length; length++) {
      expect(plainText(name).startsWith(plainText(letters.slice(0, length).join("")))).toBe(true);
    }
  }
});

test("spellingsOf gives what people type, the plain name first", () => {
  expect(spellingsOf("Hvar")).toEqual(["hvar"]);
  expect(spellingsOf("Vava'u")).toEqual(["vava u", "vavau"]);
  expect(spellingsOf("St. Peter's Port")).toEqual([
    "st peter s port",
    "st peters port",
    "saint peter s port",
    "saint peters port",
  ]);
  expect(spellingsOf("Mount Saint Mary")).toEqual(["mount saint mary", "mt st mary"]);
  expect(spellingsOf("!?")).toEqual([]);
});

test("wordStarts leaves out a single last letter", () => {
  expect(wordStarts("bras d or lake")).toEqual([0, 5, 7, 10]);
  expect(wordStarts("vava u")).toEqual([0]);
});
