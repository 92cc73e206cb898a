import type * as en from "./not-found-page-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  title: "Aucun poste à cette adresse",
  text: "La page a peut-être déménagé, ou l’adresse a perdu une lettre en route.",
  home: "Chercher un poste",
} satisfies Translation<typeof en.words>;
