import type * as en from "./not-found-page-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  title: "Kein Liegeplatz unter dieser Adresse",
  text:
    "Die Seite ist vielleicht umgezogen, oder der Adresse ging unterwegs ein Buchstabe verloren.",
  home: "Liegeplatz suchen",
} satisfies Translation<typeof en.words>;
