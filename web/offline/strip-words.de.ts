import type * as en from "./strip-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: "Verbindung und Version",
  offline: "Keine Verbindung.",
  kept: (moment) => `Du siehst, was dieses Gerät gespeichert hat, Stand ${moment}.`,
  nothing: "Was du schon geöffnet hattest, ist noch da.",
  booking: "Zum Buchen braucht es eine Verbindung: Deine Eingaben bleiben so lange hier.",
  slow: (moment) =>
    `Die Verbindung ist schwach. Du siehst, was dieses Gerät gespeichert hat, Stand ${moment}.`,
  coasts: "Gespeicherte Küsten",
  hide: "Ausblenden",
  newer: "Eine neuere Version von Dokkerr ist da.",
  load: "Laden",
  typed: "Du hast hier etwas geschrieben, das nicht gesendet ist. Trotzdem laden?",
  loadAnyway: "Trotzdem laden",
  later: "Später",
} satisfies Translation<typeof en.words>;
