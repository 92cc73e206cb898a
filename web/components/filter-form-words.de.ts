import type * as en from "./filter-form-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  kind: "Art des Liegeplatzes",
  amenities: "Das muss es geben",
  price: "Höchstpreis für den Aufenthalt",
  priceHint: "Bitte zuerst die Nächte wählen",
  currency: "Währung",
  instant: "Sofort buchbar",
  instantHint: "Der Gastgeber muss nicht erst antworten",
  clear: "Alle entfernen",
  done: "Liegeplätze zeigen",
} satisfies Translation<typeof en.words>;
