import type * as en from "./quote-lines-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  total: "Summe",
  deposit: "Kaution, wird zurückgegeben",
} satisfies Translation<typeof en.words>;
