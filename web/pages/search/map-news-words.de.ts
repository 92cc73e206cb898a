import type * as en from "./map-news-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  gone: "Gerade vergeben",
  taken: (name) => `${name} wurde gerade vergeben.`,
  nearest: "Der nächste, der passt:",
  nearestAny: "Der nächste freie:",
  away: (distance) => `${distance} entfernt`,
  none: "Nichts anderes in dieser Liste passt für diese Nächte.",
  freed: "In diesem Revier ist ein Liegeplatz frei geworden.",
  look: "Neu suchen",
  close: "Schließen",
} satisfies Translation<typeof en.words>;
