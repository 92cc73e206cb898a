import type * as en from "./range-calendar-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  previous: "Mois précédent",
  next: "Mois suivant",
  taken: "pris",
  arrival: "arrivée",
  departure: "départ",
} satisfies Translation<typeof en.words>;
