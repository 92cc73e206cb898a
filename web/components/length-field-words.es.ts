import type * as en from "./length-field-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  m: "Escribe metros, por ejemplo 12,4",
  ft: "Escribe pies, por ejemplo 40 o 40′ 6″",
} satisfies Translation<typeof en.words>;
