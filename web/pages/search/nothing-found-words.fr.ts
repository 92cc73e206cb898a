import type * as en from "./nothing-found-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  none: "Rien ici qui convienne",
  noneHint: "Essayez un plan d’eau plus large, d’autres nuits ou moins de filtres.",
  wider: "Chercher plus loin autour",
  dropFilters: "Retirer les filtres",
} satisfies Translation<typeof en.words>;
