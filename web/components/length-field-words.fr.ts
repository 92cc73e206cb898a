import type * as en from "./length-field-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  m: "Indiquez des mètres, par exemple 12,4",
  ft: "Indiquez des pieds, par exemple 40 ou 40′ 6″",
} satisfies Translation<typeof en.words>;
