import type * as en from "./range-calendar-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  previous: "Vorheriger Monat",
  next: "Nächster Monat",
  taken: "belegt",
  arrival: "Ankunft",
  departure: "Abreise",
} satisfies Translation<typeof en.words>;
