import type * as en from "./tide-windows-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { arrival: "Entrer", departure: "Sortir" } satisfies Translation<
  typeof en.words
>;
