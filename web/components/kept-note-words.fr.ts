import type * as en from "./kept-note-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  kept: (moment) =>
    `Depuis votre appareil, état du ${moment}. Des nuits ont pu être prises depuis, et réserver demande une connexion.`,
  inPart: "Seule une partie de ce plan d’eau est gardée ici.",
} satisfies Translation<typeof en.words>;
