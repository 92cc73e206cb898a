import type * as en from "./nothing-found-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  none: "Hier ist nichts, was passt",
  noneHint: "Versuch es mit einem größeren Revier, anderen Nächten oder weniger Filtern.",
  wider: "Im weiteren Umkreis suchen",
  dropFilters: "Filter entfernen",
} satisfies Translation<typeof en.words>;
