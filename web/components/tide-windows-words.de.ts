import type * as en from "./tide-windows-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { arrival: "Einlaufen", departure: "Auslaufen" } satisfies Translation<
  typeof en.words
>;
