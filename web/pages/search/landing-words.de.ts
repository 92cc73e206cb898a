import type * as en from "./landing-words.ts";
import type { Translation } from "../../text/words.ts";

export const words = {
  hero: "Finde einen Liegeplatz, der passt.",
  heroText:
    "Nenn uns das Revier, die Nächte und dein Boot. Du siehst, welche Plätze frei sind, ob es dort auch bei Niedrigwasser sicher liegt und was es bis zur letzten Zeile kostet.",
} satisfies Translation<typeof en.words>;
