import type * as en from "./dock-card-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  from: "pour le séjour",
  night: (price) => `${price} la nuit`,
  maxLoa: (length) => `jusqu’à ${length}`,
  deep: (depth) => `${depth} de fond`,
  instant: "Réservation immédiate",
  why: "Pourquoi",
} satisfies Translation<typeof en.words>;
