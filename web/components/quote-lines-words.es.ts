import type * as en from "./quote-lines-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { total: "Total", deposit: "Fianza, se devuelve" } satisfies Translation<
  typeof en.words
>;
