import { describe, expect, test } from "vitest";
import { words as de } from "../pages/search/search-words.de.ts";
import { words as es } from "../pages/search/search-words.es.ts";
import { words as fr } from "../pages/search/search-words.fr.ts";
import { words as en } from "../pages/search/search-words.ts";
import { plural } from "./plural.ts";

describe("plural", () => {
  test("takes the form of the number, and writes it as the language does", () => {
    const forms = { one: "# night", other: "# nights" };
    expect(plural(1, forms, "en-GB")).toBe("1 night");
    expect(plural(12_345, forms, "en-GB")).toBe("12,345 nights");
    expect(plural(0, { one: "# nuit", other: "# nuits" }, "fr")).toBe("0 nuit");
  });

  test("falls back to the form that every language has", () => {
    expect(plural(3, { other: "# nights" }, "pl")).toBe("3 nights");
  });
});

test.each(
  [
    ["en-GB", en, ["No docks", "1 dock", "2 docks", "1,200 docks", "More than 1,000,000 docks"]],
    ["de", de, [
      "Keine Liegeplätze",
      "1 Liegeplatz",
      "2 Liegeplätze",
      "1.200 Liegeplätze",
      "Mehr als 1.000.000 Liegeplätze",
    ]],
    ["fr", fr, [
      "Aucun poste",
      "1 poste",
      "2 postes",
      "1\u202f200 postes",
      "Plus de 1\u202f000\u202f000 de postes",
    ]],
    ["es", es, [
      "Ningún amarre",
      "1 amarre",
      "2 amarres",
      "1200 amarres",
      "Más de 1.000.000 de amarres",
    ]],
  ] as const,
)("counts of docks in %s", (locale, words, expected) => {
  const count = (value: number, relation: "eq" | "gte" = "eq") =>
    words.count({ value, relation }, locale);
  expect([count(0), count(1), count(2), count(1_200), count(1_000_000, "gte")]).toEqual(expected);
});
