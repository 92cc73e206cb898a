import type * as en from "./failure-box-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { again: "Noch einmal versuchen", home: "Zur Suche" } satisfies Translation<
  typeof en.words
>;
