import type * as en from "./boat-drawing-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: "Le bateau à l’échelle, de profil et de face",
  loaCm: (text) => `longueur hors tout ${text}`,
  beamCm: (text) => `largeur ${text}`,
  draftCm: (text) => `tirant d’eau ${text}`,
  airDraftCm: (text) => `tirant d’air ${text}`,
} satisfies Translation<typeof en.words>;
