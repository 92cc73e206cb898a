import { expect, test } from "vitest";
import { forgottenWords, stringsIn } from "./shown-text.ts";

test("words outside of brackets are forgotten ones, data and dates are not", () => {
  const data = stringsIn({ items: [{ name: "Berth A12", timeZone: "America/New_York" }] });
  expect(forgottenWords([
    "⟦Search~~~⟧",
    "⟦Docks near ⟦Newport~~~⟧~~~⟧, ⟦open~~⟧",
    "Berth A12 · America/New York",
    "Sat 3 Jul – Sunday 4 September",
    "12.4 m, 3 NM, 250 EUR",
    "Search again",
    "⟦Depth~~⟧ below chart",
  ], data)).toEqual(["Search again", "⟦Depth~~⟧ below chart"]);
});
