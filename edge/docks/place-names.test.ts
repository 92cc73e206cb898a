import { expect, test } from "vitest";
import { wordStarts } from "./place-names.ts";

test("wordStarts leaves out a single last letter", () => {
  expect(wordStarts("bras d or lake")).toEqual([0, 5, 7, 10]);
  expect(wordStarts("vava u")).toEqual([0]);
});
