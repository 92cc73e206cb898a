import type * as en from "./tide-windows-words.ts";
import type { Translation } from "../text/words.ts";

export const words = { arrival: "Entrar", departure: "Salir" } satisfies Translation<
  typeof en.words
>;
