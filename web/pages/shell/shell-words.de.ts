import type * as en from "./shell-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  skip: "Zum Inhalt",
  home: "Dokkerr: Start",
  main: "Hauptmenü",
  search: "Suche",
  stays: "Aufenthalte",
  messages: "Nachrichten",
  host: "Vermieten",
  menu: "Konto und Einstellungen",
  signIn: "Anmelden",
  credits: "Daten und Quellen",
  notNavigation: "Die Karte zeigt, wo Liegeplätze sind. Sie ist nicht zur Navigation bestimmt.",
  broken: "Diese Seite ist kaputtgegangen",
  brokenText: "Das war unser Fehler, und nichts, was du anderswo eingegeben hast, ist verloren.",
  reload: "Neu laden",
  outOfDate: "Es gibt eine neuere Version von Dokkerr, oder die Verbindung ist weg.",
} satisfies Translation<typeof en.words>;
