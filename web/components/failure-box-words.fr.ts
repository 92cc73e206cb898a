import type * as en from "./failure-box-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { again: "Réessayer", home: "Vers la recherche" } satisfies Translation<
  typeof en.words
>;
