import type * as en from "./map-news-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  gone: "Acaba de ocuparse",
  taken: (name) => `${name} acaba de ocuparse.`,
  nearest: "El más cercano que sirve:",
  nearestAny: "El más cercano que está libre:",
  away: (distance) => `a ${distance}`,
  none: "Nada más en esta lista sirve para esas noches.",
  freed: "Ha quedado libre un amarre en estas aguas.",
  look: "Buscar de nuevo",
  close: "Cerrar",
} satisfies Translation<typeof en.words>;
