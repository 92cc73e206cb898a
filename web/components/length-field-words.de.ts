import type * as en from "./length-field-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  m: "Bitte Meter eingeben, etwa 12,4",
  ft: "Bitte Fuß eingeben, etwa 40 oder 40′ 6″",
} satisfies Translation<typeof en.words>;
