import type * as en from "./not-found-page-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  title: "Ningún amarre en esta dirección",
  text: "Puede que la página se haya mudado o que la dirección perdiera una letra por el camino.",
  home: "Buscar un amarre",
} satisfies Translation<typeof en.words>;
