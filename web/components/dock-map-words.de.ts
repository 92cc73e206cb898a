import type * as en from "./dock-map-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  zoomIn: "Näher heran",
  zoomOut: "Weiter weg",
  many: (count) => `${count} Liegeplätze: anzeigen`,
} satisfies Translation<typeof en.words>;
