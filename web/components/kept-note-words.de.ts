import type * as en from "./kept-note-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  kept: (moment) =>
    `Von deinem Gerät, Stand ${moment}. Inzwischen können Nächte vergeben sein, und zum Buchen braucht es eine Verbindung.`,
  inPart: "Von diesem Revier ist hier nur ein Teil gespeichert.",
} satisfies Translation<typeof en.words>;
