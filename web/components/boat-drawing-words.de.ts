import type * as en from "./boat-drawing-words.ts";
import type { Translation } from "../text/words.ts";

export const words = {
  label: "Das Boot maßstäblich, von der Seite und von vorn",
  loaCm: (text) => `Länge über alles ${text}`,
  beamCm: (text) => `Breite ${text}`,
  draftCm: (text) => `Tiefgang ${text}`,
  airDraftCm: (text) => `Durchfahrtshöhe ${text}`,
} satisfies Translation<typeof en.words>;
