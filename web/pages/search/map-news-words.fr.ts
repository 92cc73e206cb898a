import type * as en from "./map-news-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  gone: "Vient d’être pris",
  taken: (name) => `${name} vient d’être pris.`,
  nearest: "Le plus proche qui convient :",
  nearestAny: "Le plus proche qui est libre :",
  away: (distance) => `à ${distance}`,
  none: "Rien d’autre dans cette liste ne convient pour ces nuits.",
  freed: "Un poste s’est libéré dans ce plan d’eau.",
  look: "Relancer la recherche",
  close: "Fermer",
} satisfies Translation<typeof en.words>;
