import type * as en from "./quote-lines-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { total: "Total", deposit: "Caution, rendue" } satisfies Translation<
  typeof en.words
>;
