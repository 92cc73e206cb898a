import fc from "fast-check";
import { expect, test } from "vitest";
import { plainText, spellingsOf, wordBeginnings, wordsText } from "./fold.ts";

test("plainText leaves letters and digits, in small letters without marks", () => {
  expect(plainText("  Ærøskøbing--Havn, Nº 2 ")).toBe("aeroskobing havn no 2");
  expect(plainText("São Tomé")).toBe("sao tome");
  expect(plainText("İzmir")).toBe("izmir");
  expect(plainText("Łódź")).toBe("lodz");
  expect(plainText("ΛΕΥΚΑΣ")).toBe(plainText("Λευκάς"));
  expect(plainText("Nuku\u02bbalofa")).toBe(plainText("Nuku'alofa"));
  expect(plainText("…")).toBe("");
  // Greek's numeral sign is an apostrophe only once Unicode has taken it apart.
  expect(plainText("A\u0374B")).toBe("a b");
});

test("plainText is plain already", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const plain = plainText(text);
      expect(plainText(plain)).toBe(plain);
      expect(plain).not.toMatch(/^ | {2}| $|\p{M}/u);
    }),
    { numRuns: 2_000 },
  );
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
  expect(spellingsOf("Grömitz")).toEqual(["gromitz", "groemitz"]);
  expect(spellingsOf("Gro\u0308mitz")).toEqual(["gromitz", "groemitz"]);
  expect(spellingsOf("ÅLBORG")).toEqual(["alborg", "aalborg"]);
  expect(spellingsOf("Bodø")).toEqual(["bodo", "bodoe"]);
  expect(spellingsOf("!?")).toEqual([]);
});

/** Whether each word of a text begins one of a name's. */
function bears(name: string, text: string): boolean {
  const words = wordsText(name);
  return wordBeginnings(text).every((beginning) => words.includes(beginning));
}

test("a name bears the beginnings of its words, however people write them", () => {
  const borne: [name: string, ...texts: string[]][] = [
    ["Môle d'Estienne", "mole", "MÔL", "d'est", "d’Estienne", "destienne", "estienne mole"],
    ["Saint-Tropez", "saint-tropez", "saint tro", "st tropez", "St. Tropez", "tropez"],
    ["St. Malo", "saint malo", "st malo", "ST MALO"],
    ["Ærøskøbing Havn", "aeroskobing", "ærø", "havn", "aeroeskoebing"],
    ["Großer Kai", "grosser", "GROSS", "großer"],
    ["İzmir Kadıköy", "izmir", "IZM", "kadikoy", "KADIKÖY", "kadıköy"],
    ["Łódź", "lodz", "łódź", "LOD"],
    ["Λευκάς", "ΛΕΥΚΑΣ", "λευκασ", "Λευκάς", "λευκ"],
    ["Oﬃce Œuvre Ǆ", "office", "oeuvre", "dz"],
    ["Þorlákshöfn", "thorlak", "þorl", "thorlakshoefn"],
    ["広島港", "広島", "港", "島港"],
    ["ท่าเรือภูเก็ต", "ภูเก็ต", "ท่า"],
    ["부산항", "부산", "부사"],
    ["Pier B A12", "a12", "A1", "12", "b 12"],
    ["Vava'u", "vavau", "vava", "vava'u", "Vavaʻu"],
  ];
  for (const [name, ...texts] of borne) {
    for (const text of texts) expect([name, text, bears(name, text)]).toEqual([name, text, true]);
  }
});

test("a name bears no middles and ends of its words", () => {
  const foreign: [name: string, ...texts: string[]][] = [
    ["Tórshavn", "havn", "orshavn", "torshavn quay"],
    ["Saint-Tropez", "ropez", "int", "sainttropez"],
    ["Pier B A12", "b12", "2", "ier"],
    ["부산항", "항"],
    ["Berth 120", "20"],
  ];
  for (const [name, ...texts] of foreign) {
    for (const text of texts) expect([name, text, bears(name, text)]).toEqual([name, text, false]);
  }
  expect(bears("Anything", " ,.- ")).toBe(true);
});

test("a name bears the beginnings of its own words", () => {
  const names = fc.array(fc.string({ unit: "grapheme", minLength: 1 }), { minLength: 1 })
    .map((words) => words.join(" "));
  fc.assert(fc.property(names, fc.nat(), (name, from) => {
    const words = plainText(name).split(" ");
    const word = words[from % words.length]!;
    for (const end of [1, word.length - 1, word.length]) {
      expect(bears(name, word.slice(0, end))).toBe(true);
    }
  }));
});
