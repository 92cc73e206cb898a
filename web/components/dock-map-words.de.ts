import type * as en from "./dock-map-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  zoomIn: "Näher heran",
  zoomOut: "Weiter weg",
  taken: (title) => `${title}: gerade vergeben`,
  many: (count) => `${count} Liegeplätze: anzeigen`,
} satisfies Translation<typeof en.words>;
