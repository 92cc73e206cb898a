import type * as en from "./waters-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  start: "Reviere für den Anfang",
  promises: [
    [
      "Gemessen, nicht geraten",
      "Länge, Breite, Tiefe bei Niedrigwasser, Brücken und Landstrom werden mit deinem Boot verglichen, jeweils mit Begründung.",
    ],
    [
      "Deiner heißt deiner",
      "Ein Liegeplatz wird nur einmal vergeben. Der gezeigte Preis ist der, den du zahlst, und der Kalender ist der echte.",
    ],
    [
      "Sprich mit dem Hafen",
      "Zu jedem Platz gehört ein Gastgeber, nur eine Nachricht entfernt, und antwortet er, ändert sich die Buchung vor deinen Augen.",
    ],
  ],
} satisfies Translation<typeof en.words>;
