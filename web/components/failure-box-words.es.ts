import type * as en from "./failure-box-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { again: "Intentar de nuevo", home: "Ir a la búsqueda" } satisfies Translation<
  typeof en.words
>;
