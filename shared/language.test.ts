import { describe, expect, test } from "vitest";
import { pickLanguage } from "./language.ts";

describe("pickLanguage", () => {
  test.each([
    ["", "", "en"],
    ["", "de-DE,de;q=0.9,en;q=0.8", "de"],
    ["", "nl,fr-CH;q=0.7,en;q=0.5", "fr"],
    ["", "en;q=0.3, es-419 ; q=0.8", "es"],
    ["", "fr;q=0, en;q=0.1", "en"],
    ["", "de;q=nonsense, es;q=0.1", "es"],
    ["", "nl, ja", "en"],
    ["", "*", "en"],
  ])("cookie %j and Accept-Language %j give %s", (cookie, accept, expected) => {
    expect(pickLanguage(cookie, accept)).toBe(expected);
  });

  test("what was chosen outweighs what the browser asks for", () => {
    expect(pickLanguage("session=x; lang=es; theme=y", "de")).toBe("es");
    expect(pickLanguage("lang=en", "de")).toBe("en");
  });

  test("a choice that is no language here counts for nothing", () => {
    expect(pickLanguage("lang=xx", "de")).toBe("de");
    expect(pickLanguage("language=es", "de")).toBe("de");
    expect(pickLanguage("lang=__proto__", "fr")).toBe("fr");
  });
});
