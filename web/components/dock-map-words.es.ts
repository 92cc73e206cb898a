import type * as en from "./dock-map-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  zoomIn: "Más cerca",
  zoomOut: "Más lejos",
  taken: (title) => `${title}: acaba de ocuparse`,
  many: (count) => `${count} amarres: mostrarlos`,
} satisfies Translation<typeof en.words>;
