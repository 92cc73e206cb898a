import type * as en from "./dock-map-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  zoomIn: "Plus près",
  zoomOut: "Plus loin",
  taken: (title) => `${title} : vient d’être pris`,
  many: (count) => `${count} postes : les afficher`,
} satisfies Translation<typeof en.words>;
