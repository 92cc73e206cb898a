import type * as en from "./kept-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  title: "Auf diesem Gerät gespeichert",
  intro:
    "Gespeicherte Küsten lassen sich ohne Empfang durchsuchen: für alle Nächte und Boote, mit Preisen und Passung.",
  none: "Noch keine Küste gespeichert",
  noneText: "Such ein Revier und wähl dann „Diese Küste speichern“ unter den Liegeplätzen.",
  find: "Zur Suche",
  asOf: (moment) => `Stand ${moment}`,
  search: "Durchsuchen",
  renew: "Auffrischen",
  forget: "Entfernen",
  forgetSure: "Diese Küste vom Gerät entfernen?",
  seen: (size) =>
    `Was du nebenbei angesehen hast, belegt weitere ${size}; das Älteste geht zuerst.`,
  keep: "Diese Küste speichern",
  keepHint: "Später ohne Empfang durchsuchen.",
  keeping: (done, of) => `Wird geholt: ${done} von ${of} Teilen`,
  starting: "Wird geholt …",
  stop: "Anhalten",
  done: "Diese Küste ist gespeichert.",
  toKept: "Alle gespeicherten Küsten",
  faults: {
    "offline":
      "Die Verbindung ist abgerissen. Was schon da ist, wird erst gezeigt, wenn alles da ist.",
    "too-wide":
      "Das ist zu viel Küste auf einmal. Geh auf der Karte näher heran und speichere sie in Teilen.",
    "no-room": "Auf diesem Gerät ist kein Platz mehr, oder es lässt Seiten nichts speichern.",
  },
} satisfies Translation<typeof en.words>;
